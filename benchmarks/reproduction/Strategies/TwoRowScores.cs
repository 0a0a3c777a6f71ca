namespace PyRelationAL.Reproduction.Strategies;

/// <summary>
/// The regression scores of PyRelationAL in 2022, which took the ends of an interval, (μ − z σ, μ + z σ), for two samples of the posterior.
/// </summary>
internal static class TwoRowScores
{
    /// <summary>The half-width of the interval in standard deviations: the two-sided 95 % point of the normal distribution, rounded.</summary>
    public const double Z = 1.96;

    /// <summary>Least confidence: the standard deviation of the two, with divisor 1: √2 z σ.</summary>
    public static double LeastConfidence(double mean, double deviation) => Math.Sqrt(Variance(mean, deviation));

    /// <summary>BALD (greedy): ½ ln(1 + v), v their variance with divisor 1.</summary>
    public static double Bald(double mean, double deviation) => 0.5 * Math.Log(1 + Variance(mean, deviation));

    /// <summary>Expected improvement: the mean of max(x − best, 0) over the two.</summary>
    public static double ExpectedImprovement(double mean, double deviation, double best) =>
        (Math.Max(mean - (Z * deviation) - best, 0) + Math.Max(mean + (Z * deviation) - best, 0)) / 2;

    private static double Variance(double mean, double deviation)
    {
        double low = mean - (Z * deviation), high = mean + (Z * deviation);
        double centre = (low + high) / 2;
        return ((low - centre) * (low - centre)) + ((high - centre) * (high - centre));
    }
}
