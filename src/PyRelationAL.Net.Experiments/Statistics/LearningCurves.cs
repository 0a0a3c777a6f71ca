using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>Learning curves of several runs with a bootstrap interval for each round.</summary>
/// <remarks>
/// The intervals are for each round by itself: 19 of 20 rounds contain the true mean, not 19 of 20 curves. All rounds see the same resampled runs. Curves end
/// where the shortest run does, since beyond it the mean would be over other runs than before. Cost: O(rounds · resamples · runs).
/// </remarks>
public static class LearningCurves
{
    /// <summary>The mean over runs, by round.</summary>
    /// <param name="runs">The scores of each run by round, at least one run; for example <c>run.Metrics[metric]</c> of each.</param>
    /// <param name="random">Where the resamples come from; it does not advance.</param>
    /// <param name="method">How the intervals are made.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <returns>One interval for each round that all runs reach.</returns>
    /// <exception cref="ArgumentException">There are no runs, or a score is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static IReadOnlyList<ConfidenceInterval> MeanIntervals(
        IReadOnlyList<IReadOnlyList<double>> runs,
        RandomStream random,
        BootstrapMethod method = BootstrapMethod.BiasCorrectedAccelerated,
        int resamples = Bootstrap.DefaultResamples,
        double level = 0.95) =>
        [.. Rounds(runs).Select(scores => Bootstrap.MeanInterval(scores, random, method, resamples, level))];

    /// <summary>The mean difference of two strategies on the same folds and seeds, first − second, by round.</summary>
    /// <param name="first">The scores of each run of the one strategy by round.</param>
    /// <param name="second">Those of the other's runs, in the same order of folds and seeds.</param>
    /// <param name="random">Where the resamples come from; it does not advance.</param>
    /// <param name="method">How the intervals are made.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <returns>One interval for each round that all runs of both reach.</returns>
    /// <exception cref="ArgumentException">There are no runs, their numbers differ, or a score is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static IReadOnlyList<ConfidenceInterval> DifferenceIntervals(
        IReadOnlyList<IReadOnlyList<double>> first,
        IReadOnlyList<IReadOnlyList<double>> second,
        RandomStream random,
        BootstrapMethod method = BootstrapMethod.BiasCorrectedAccelerated,
        int resamples = Bootstrap.DefaultResamples,
        double level = 0.95)
    {
        double[][] ofFirst = Rounds(first), ofSecond = Rounds(second);
        Guard.SameLength(first.Count, second.Count, "The paired runs", nameof(second));
        return
        [
            .. ofFirst.Zip(ofSecond, (a, b) => Bootstrap.PairedDifferenceInterval(a, b, random, method, resamples, level)),
        ];
    }

    /// <summary>The scores of all runs, by round.</summary>
    private static double[][] Rounds(IReadOnlyList<IReadOnlyList<double>> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0)
        {
            throw new ArgumentException("A learning curve needs at least one run.", nameof(runs));
        }

        return [.. Enumerable.Range(0, runs.Min(run => run.Count)).Select(round => runs.Select(run => run[round]).ToArray())];
    }
}
