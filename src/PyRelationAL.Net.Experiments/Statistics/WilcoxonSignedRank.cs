using MathNet.Numerics;
using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// The Wilcoxon signed-rank test (Wilcoxon, 1945, Biometrics Bulletin 1): do paired values differ in location? Demšar, 2006, JMLR 7, recommends it for two
/// learners over several data sets.
/// </summary>
/// <remarks>
/// <para>
/// The sizes of the differences are ranked; W⁺ is the sum of the ranks of the positive ones. Under the null hypothesis the differences are independent and
/// symmetric about 0. Up to 100 pairs that differ the p-value is exact, with ties too: from the distribution of W⁺ over all signs, given the ranks. Beyond, it
/// is from the normal approximation with mean Σ rᵢ / 2, variance Σ rᵢ² / 4, which contains the correction for ties, and a continuity correction of ½.
/// </para>
/// <para>With n pairs p is at least 2¹⁻ⁿ: five folds of one seed can never be significant at 5 %.</para>
/// </remarks>
public static class WilcoxonSignedRank
{
    /// <summary>Tests whether paired values differ, two-sided.</summary>
    /// <param name="first">At least one value, all finite.</param>
    /// <param name="second">The values that they are paired with, in the same order.</param>
    /// <param name="zeros">What is done with pairs that do not differ.</param>
    /// <returns>The test's outcome; differences are first − second. O(n³) up to 100 pairs, O(n log n) beyond.</returns>
    /// <exception cref="ArgumentException">There are no values, their numbers differ, or one is not finite.</exception>
    public static WilcoxonResult Test(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ZeroDifferences zeros = ZeroDifferences.Wilcox) =>
        Test(Paired.Differences(first, second), zeros);

    /// <summary>Tests whether differences lie about 0, two-sided.</summary>
    /// <param name="differences">At least one difference, all finite.</param>
    /// <param name="zeros">What is done with those that are 0.</param>
    /// <returns>The test's outcome.</returns>
    /// <exception cref="ArgumentException">There are no differences, or one is not finite.</exception>
    public static WilcoxonResult Test(ReadOnlySpan<double> differences, ZeroDifferences zeros = ZeroDifferences.Wilcox)
    {
        Paired.CheckValues(differences, nameof(differences));
        double[] kept = [.. differences.ToArray().Where(d => zeros == ZeroDifferences.Pratt || d != 0)];
        double[] ranks = MidRanks.Of(Array.ConvertAll(kept, Math.Abs));
        double positive = 0, negative = 0;
        var counted = new List<double>(kept.Length);
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i] != 0)
            {
                counted.Add(ranks[i]);
                (positive, negative) = kept[i] > 0 ? (positive + ranks[i], negative) : (positive, negative + ranks[i]);
            }
        }

        bool isExact = counted.Count <= SignedRankDistribution.MostExact;
        double least = Math.Min(positive, negative);
        double p = isExact ? ExactPValue(counted, least) : NormalPValue(counted, least);
        return new WilcoxonResult(differences.Length, differences.Length - counted.Count, positive, negative, p, isExact);
    }

    private static double ExactPValue(List<double> ranks, double least)
    {
        // Shared ranks may be halves: twice them are integers.
        int scale = ranks.TrueForAll(double.IsInteger) ? 1 : 2;
        double[] probabilities = SignedRankDistribution.Probabilities(ranks.Select(rank => (int)(scale * rank)));
        double tail = 0;
        for (int w = 0; w <= scale * least; w++)
        {
            tail += probabilities[w];
        }

        return Math.Min(1, 2 * tail);
    }

    private static double NormalPValue(List<double> ranks, double least)
    {
        double distance = (ranks.Sum() / 2) - least, deviation = Math.Sqrt(ranks.Sum(r => r * r) / 4);
        return SpecialFunctions.Erfc(Math.Max(0, distance - 0.5) / deviation / Constants.Sqrt2);
    }
}
