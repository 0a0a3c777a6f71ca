using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// Several strategies compared in pairs by the Wilcoxon signed-rank test with Holm's correction, as Benavoli, Corani and Mangili, 2016, JMLR 17, recommend
/// instead of mean ranks. Cost: O(N³) for each pair up to 100 blocks.
/// </summary>
public static class StrategyComparisons
{
    /// <summary>Compares each strategy with each other one; corrected for all k (k − 1) / 2 pairs.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="zeros">What the test does with blocks on which two strategies do not differ.</param>
    /// <returns>The comparisons, (first, second) in the order of the table.</returns>
    public static IReadOnlyList<StrategyComparison> AllPairs(ScoreTable scores, ZeroDifferences zeros = ZeroDifferences.Wilcox)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int count = scores.Strategies.Count;
        return Compare(scores, [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i + 1, count - i - 1).Select(j => (i, j)))], zeros);
    }

    /// <summary>Compares each strategy with one that was chosen beforehand; corrected for k − 1 pairs only, and so more powerful.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="control">
    /// The strategy to compare with, for example random queries. Not the best one of the table: who is picked for its scores has to be compared by
    /// <see cref="AllPairs"/>.
    /// </param>
    /// <param name="zeros">What the test does with blocks on which two strategies do not differ.</param>
    /// <returns>The comparisons in the order of the table; the control is second.</returns>
    /// <exception cref="ArgumentException">There is no strategy of that name.</exception>
    public static IReadOnlyList<StrategyComparison> Against(ScoreTable scores, string control, ZeroDifferences zeros = ZeroDifferences.Wilcox)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(control);
        string[] names = [.. scores.Strategies];
        int position = Array.IndexOf(names, control);
        if (position < 0)
        {
            throw new ArgumentException(NearestName.UnknownMessage("strategy", control, names), nameof(control));
        }

        return Compare(scores, [.. Enumerable.Range(0, names.Length).Where(i => i != position).Select(i => (i, position))], zeros);
    }

    private static StrategyComparison[] Compare(ScoreTable scores, (int First, int Second)[] pairs, ZeroDifferences zeros)
    {
        double[][] columns = [.. Enumerable.Range(0, scores.Strategies.Count).Select(scores.ScoresOf)];
        WilcoxonResult[] tests = Array.ConvertAll(pairs, pair => WilcoxonSignedRank.Test(columns[pair.First], columns[pair.Second], zeros));
        double[] adjusted = HolmCorrection.Adjust(Array.ConvertAll(tests, test => test.PValue));
        return
        [
            .. pairs.Select((pair, i) => new StrategyComparison(
                scores.Strategies[pair.First],
                scores.Strategies[pair.Second],
                scores.HigherIsBetter,
                tests[i],
                adjusted[i],
                HodgesLehmann.Shift(columns[pair.First], columns[pair.Second]),
                WinTieLoss.Of(columns[pair.First], columns[pair.Second], scores.HigherIsBetter))),
        ];
    }
}
