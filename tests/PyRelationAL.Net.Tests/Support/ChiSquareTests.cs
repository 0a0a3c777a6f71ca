namespace PyRelationAL.Tests;

public sealed class ChiSquareTests
{
    // Exact quantiles from scipy.stats.chi2.isf(1e-4, k).
    [TestCase(2, 18.4207)]
    [TestCase(5, 25.7448)]
    [TestCase(11, 37.3670)]
    [TestCase(63, 113.5050)]
    public void Critical_values_are_near_the_exact_ones(int degreesOfFreedom, double exact) =>
        Assert.That(ChiSquare.Critical(degreesOfFreedom), Is.EqualTo(exact).Within(5).Percent.And.AtLeast(exact));

    [Test]
    public void A_wrong_distribution_is_noticed() =>
        Assert.That(ChiSquare.Statistic([1100, 900, 1000, 1000], [1000, 1000, 1000, 1000]), Is.EqualTo(20));
}
