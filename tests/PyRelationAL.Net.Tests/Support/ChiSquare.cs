namespace PyRelationAL.Tests;

/// <summary>
/// Goodness of fit at a false-alarm rate of 1e-4. Every use has a fixed seed, so a test that passes once always passes; the rate says how likely a
/// right implementation with
/// another generator would have been to fail.
/// </summary>
internal static class ChiSquare
{
    public static double Statistic(IReadOnlyList<double> observed, IReadOnlyList<double> expected) =>
        observed.Zip(expected, (o, e) => (o - e) * (o - e) / e).Sum();

    /// <summary>The quantile at 1 − 1e-4, by Wilson and Hilferty's cube root: at most 5 % above the exact value.</summary>
    public static double Critical(int degreesOfFreedom)
    {
        const double Z = 3.719016485455680;
        double k = 2.0 / (9 * degreesOfFreedom);
        return degreesOfFreedom * Math.Pow(1 - k + (Z * Math.Sqrt(k)), 3);
    }
}
