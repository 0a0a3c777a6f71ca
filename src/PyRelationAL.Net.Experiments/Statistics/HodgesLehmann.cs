using PyRelationAL.Numerics;
using Normal = MathNet.Numerics.Distributions.Normal;

namespace PyRelationAL.Experiments;

/// <summary>
/// The Hodges–Lehmann shift between paired values (Hodges and Lehmann, 1963, Annals of Mathematical Statistics 34): the effect size that belongs to
/// <see cref="WilcoxonSignedRank"/>, in the metric's own unit.
/// </summary>
public static class HodgesLehmann
{
    /// <summary>
    /// The median of the means (dᵢ + dⱼ) / 2, i ≤ j, of the differences first − second, with the interval that the signed-rank test does not reject.
    /// </summary>
    /// <param name="first">At least one value, all finite.</param>
    /// <param name="second">The values that they are paired with, in the same order.</param>
    /// <param name="level">The least level, in (0, 1).</param>
    /// <returns>
    /// The shift and its interval: the c-th mean from either end, with the largest c for which P(W⁺ &lt; c) ≤ (1 − level) / 2 (Tukey; Bauer, 1972, J. American
    /// Statistical Association 67). Too few pairs for the level, for example five for 95 %, have the whole line as their interval.
    /// </returns>
    /// <remarks>
    /// Assumes differences that are independent and symmetric about the shift. Exact up to 100 pairs without ties, conservative with them; by the normal
    /// approximation beyond. O(n² log n) time and O(n²) memory.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no values, their numbers differ, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not in (0, 1).</exception>
    public static ConfidenceInterval Shift(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95)
    {
        ConfidenceInterval.CheckLevel(level);
        double[] differences = Paired.Differences(first, second);
        var means = new double[differences.Length * (differences.Length + 1) / 2];
        for (int i = 0, next = 0; i < differences.Length; i++)
        {
            for (int j = i; j < differences.Length; j++)
            {
                means[next++] = (differences[i] + differences[j]) / 2;
            }
        }

        Array.Sort(means);
        double estimate = (means[(means.Length - 1) / 2] + means[means.Length / 2]) / 2;
        int c = CriticalCount(differences.Length, (1 - level) / 2);
        return c == 0
            ? new ConfidenceInterval(estimate, double.NegativeInfinity, double.PositiveInfinity, level)
            : new ConfidenceInterval(estimate, means[c - 1], means[^c], level);
    }

    private static int CriticalCount(int n, double tail)
    {
        if (n > SignedRankDistribution.MostExact)
        {
            double mean = n * (n + 1.0) / 4, deviation = Math.Sqrt(n * (n + 1.0) * ((2.0 * n) + 1) / 24);
            return Math.Max(0, (int)Math.Floor(mean + (Normal.InvCDF(0, 1, tail) * deviation)));
        }

        double[] probabilities = SignedRankDistribution.Probabilities(Enumerable.Range(1, n));
        int c = 0;
        for (double sum = probabilities[0]; sum <= tail; sum += probabilities[c])
        {
            c++;
        }

        return c;
    }
}
