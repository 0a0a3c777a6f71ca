using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// The median number of labels to a target when some runs never reached it, from the product-limit estimate of the share of runs still short of it,
/// S(t) = ∏ (1 − reached at tᵢ / still short before tᵢ) over all tᵢ ≤ t (Kaplan and Meier, 1958, J. American Statistical Association 53).
/// </summary>
/// <remarks>
/// Leaving out the runs that did not reach the target, or counting them with their last number, makes a strategy look better than it is. It is assumed that
/// where a run ended has nothing to do with how far it was from the target: plans that stop after a number of rounds are fine, stopping rules that look at the
/// score are not.
/// </remarks>
public static class KaplanMeier
{
    private const double Half = 0.5 + 1e-12;

    /// <summary>The smallest t with S(t) ≤ ½.</summary>
    /// <param name="runs">At least one run.</param>
    /// <returns>A number of labels; +∞ where more than half of the runs may never reach the target. O(n log n).</returns>
    /// <exception cref="ArgumentException">There are no runs.</exception>
    public static double Median(ReadOnlySpan<LabelsToTarget> runs)
    {
        if (runs.IsEmpty)
        {
            throw new ArgumentException("A median needs at least one run.", nameof(runs));
        }

        LabelsToTarget[] sorted = runs.ToArray();

        // A run that ended at t was still short of the target when others reached it at t.
        Array.Sort(sorted, (a, b) => a.Labelled != b.Labelled ? a.Labelled.CompareTo(b.Labelled) : b.IsReached.CompareTo(a.IsReached));
        double survival = 1;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (!sorted[i].IsReached)
            {
                continue;
            }

            survival *= 1 - (1.0 / (sorted.Length - i));
            if (survival <= Half)
            {
                return sorted[i].Labelled;
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>The median with a percentile bootstrap interval over runs.</summary>
    /// <param name="runs">At least one run.</param>
    /// <param name="random">Where the resamples come from; it does not advance.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <returns>The median; estimate and ends may be +∞.</returns>
    /// <exception cref="ArgumentException">There are no runs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ConfidenceInterval MedianInterval(
        ReadOnlySpan<LabelsToTarget> runs, RandomStream random, int resamples = Bootstrap.DefaultResamples, double level = 0.95)
    {
        double estimate = Median(runs);
        LabelsToTarget[] all = runs.ToArray();
        return Interval(estimate, all.Length, positions => Median(At(all, positions)), random, resamples, level);
    }

    /// <summary>How many labels a strategy saves at the median: the median of a baseline's runs less the median of the strategy's.</summary>
    /// <param name="strategy">The strategy's runs; at least one.</param>
    /// <param name="baseline">The baseline's runs, usually random queries, in the same order of folds and seeds.</param>
    /// <param name="random">Where the resamples come from; it does not advance.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <returns>
    /// The labels saved, negative where the strategy needs more, with a percentile bootstrap interval over pairs. +∞ where only the baseline's median is not
    /// reached, −∞ where only the strategy's is not, NaN where neither is; a resample with neither counts as −∞ for the lower end and as +∞ for the upper.
    /// </returns>
    /// <exception cref="ArgumentException">There are no runs, or their numbers differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ConfidenceInterval SavedInterval(
        ReadOnlySpan<LabelsToTarget> strategy,
        ReadOnlySpan<LabelsToTarget> baseline,
        RandomStream random,
        int resamples = Bootstrap.DefaultResamples,
        double level = 0.95)
    {
        Guard.SameLength(strategy.Length, baseline.Length, "The paired runs", nameof(baseline));
        double estimate = Median(baseline) - Median(strategy);
        LabelsToTarget[] ofStrategy = strategy.ToArray(), ofBaseline = baseline.ToArray();
        return Interval(
            estimate, ofStrategy.Length, positions => Median(At(ofBaseline, positions)) - Median(At(ofStrategy, positions)), random, resamples, level);
    }

    private static LabelsToTarget[] At(LabelsToTarget[] runs, ReadOnlySpan<int> positions)
    {
        var chosen = new LabelsToTarget[positions.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = runs[positions[i]];
        }

        return chosen;
    }

    /// <summary>Order statistics and no interpolation: half-way to infinity there is nothing.</summary>
    private static ConfidenceInterval Interval(
        double estimate, int count, Func<ReadOnlySpan<int>, double> statistic, RandomStream random, int resamples, double level)
    {
        ArgumentNullException.ThrowIfNull(random);
        Guard.Positive(resamples);
        ConfidenceInterval.CheckLevel(level);
        if (count == 1)
        {
            return new ConfidenceInterval(estimate, double.NaN, double.NaN, level);
        }

        double[] least = new double[resamples], most = new double[resamples];
        Bootstrap.Resample(count, random, resamples, (b, positions) =>
        {
            double replicate = statistic(positions);
            bool isKnown = !double.IsNaN(replicate);
            (least[b], most[b]) = (isKnown ? replicate : double.NegativeInfinity, isKnown ? replicate : double.PositiveInfinity);
        });
        Array.Sort(least);
        Array.Sort(most);
        double tail = (1 - level) / 2 * (resamples - 1);
        return new ConfidenceInterval(estimate, least[(int)Math.Floor(tail)], most[resamples - 1 - (int)Math.Floor(tail)], level);
    }
}
