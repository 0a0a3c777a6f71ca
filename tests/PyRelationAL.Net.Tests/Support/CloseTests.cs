namespace PyRelationAL.Tests;

public sealed class CloseTests
{
    [TestCase(1.0, 1.0 + 1e-13, true)]
    [TestCase(1.0, 1.0 + 1e-11, false)]
    [TestCase(1e6, 1e6 + 1e-7, true)]
    [TestCase(1e6, 1e6 + 1e-5, false)]
    [TestCase(0.0, 1e-13, true)]
    [TestCase(0.0, 1e-11, false)]
    [TestCase(double.NaN, double.NaN, true)]
    [TestCase(double.NaN, 0.0, false)]
    [TestCase(0.0, double.NaN, false)]
    [TestCase(double.PositiveInfinity, double.PositiveInfinity, true)]
    [TestCase(double.PositiveInfinity, double.NegativeInfinity, false)]
    [TestCase(double.PositiveInfinity, double.MaxValue, false)]
    [TestCase(1.0, double.PositiveInfinity, false)]
    public void The_tolerance_is_scaled_and_specials_are_exact(double actual, double expected, bool close) =>
        Assert.That(Close.Are(actual, expected), Is.EqualTo(close));

    [TestCase(1e-200, 1e-200 * (1 + 1e-13), true)]
    [TestCase(1e-200, 2e-200, false)]
    [TestCase(0.0, 1e-300, false)]
    [TestCase(0.0, 0.0, true)]
    [TestCase(double.NaN, 1.0, false)]
    public void The_relative_tolerance_does_not_forgive_small_numbers(double actual, double expected, bool close) =>
        Assert.That(Close.AreRelatively(actual, expected), Is.EqualTo(close));

    [Test]
    public void A_difference_a_wrong_length_and_a_NaN_fail_the_test()
    {
        Assert.That(() => Close.Check([1, 2], [1, 2]), Throws.Nothing);
        using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
        {
            Assert.That(() => Close.Check([1, 2], [1, 3]), Throws.TypeOf<AssertionException>());
            Assert.That(() => Close.Check([1, 2], [1, 2, 3]), Throws.TypeOf<AssertionException>());
            Assert.That(() => Close.Check([double.NaN], [1]), Throws.TypeOf<AssertionException>());
        }
    }
}
