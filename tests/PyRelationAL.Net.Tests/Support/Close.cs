using System.Globalization;

namespace PyRelationAL.Tests;

/// <summary>The one place for tolerances: |actual − expected| ≤ tolerance · max(1, |expected|). NaN and infinities must agree exactly.</summary>
internal static class Close
{
    public const double Tolerance = 1e-12;

    /// <summary>For numbers that are given with six decimals.</summary>
    public const double SixDecimals = 1e-6;

    public static bool Are(double actual, double expected, double tolerance = Tolerance) =>
        double.IsFinite(expected) && double.IsFinite(actual)
            ? Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected))
            : actual.Equals(expected);

    /// <summary>Purely relative, for numbers far below 1.</summary>
    public static bool AreRelatively(double actual, double expected, double tolerance = Tolerance) =>
        double.IsFinite(expected) && double.IsFinite(actual)
            ? Math.Abs(actual - expected) <= tolerance * Math.Abs(expected)
            : actual.Equals(expected);

    public static void Check(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double tolerance = Tolerance, string what = "values")
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), what + ": length");
        for (int i = 0; i < actual.Length; i++)
        {
            if (!Are(actual[i], expected[i], tolerance))
            {
                Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture, $"{what}[{i}] is {actual[i]:R}, expected {expected[i]:R} (tolerance {tolerance}, scaled)."));
            }
        }
    }

    public static void Check(double actual, double expected, double tolerance = Tolerance, string what = "value") =>
        Check([actual], [expected], tolerance, what);
}
