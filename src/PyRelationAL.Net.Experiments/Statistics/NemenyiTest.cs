using MathNet.Numerics;
using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// The Nemenyi test: which of k strategies differ in mean rank over N blocks, all pairs at once, after <see cref="FriedmanTest"/> has found that some do
/// (Nemenyi, 1963, Distribution-free multiple comparisons; Demšar, 2006, JMLR 7).
/// </summary>
/// <remarks>
/// A pair's verdict depends on which other strategies are in the table (Benavoli, Corani and Mangili, 2016, JMLR 17), and the test is conservative:
/// <see cref="StrategyComparisons"/> asks about each pair by itself.
/// </remarks>
public static class NemenyiTest
{
    /// <summary>CD = q √(k (k + 1) / (6 N)), q the 1 − α quantile of the studentised range over √2; mean ranks at least so far apart differ.</summary>
    /// <param name="strategies">The number of strategies, k; at least 2.</param>
    /// <param name="blocks">The number of blocks, N; at least 1.</param>
    /// <param name="significance">The chance of one false alarm or more, α, in (0, 1).</param>
    /// <returns>The critical difference, in ranks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double CriticalDifference(int strategies, int blocks, double significance = 0.05)
    {
        Guard.Positive(blocks);
        return StudentisedRange.Quantile(1 - CheckSignificance(significance), strategies) / Constants.Sqrt2 * StandardError(strategies, blocks);
    }

    /// <summary>The p-value of a difference of mean ranks, corrected for all pairs.</summary>
    /// <param name="rankDifference">The difference of two mean ranks; its sign does not matter.</param>
    /// <param name="strategies">The number of strategies, k; at least 2.</param>
    /// <param name="blocks">The number of blocks, N; at least 1.</param>
    /// <returns>The p-value; at most the significance where the difference is at least critical.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double PValue(double rankDifference, int strategies, int blocks)
    {
        Guard.Finite(rankDifference);
        Guard.Positive(blocks);
        return 1 - StudentisedRange.Cumulative(Math.Abs(rankDifference) / StandardError(strategies, blocks) * Constants.Sqrt2, strategies);
    }

    internal static double CheckSignificance(double significance) => significance is > 0 and < 1
        ? significance
        : throw new ArgumentOutOfRangeException(
            nameof(significance), significance, Guard.Text($"significance is {significance}; it must lie in (0, 1), for example 0.05."));

    private static double StandardError(int strategies, int blocks) => Math.Sqrt(strategies * (strategies + 1.0) / (6.0 * blocks));
}
