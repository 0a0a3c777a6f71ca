using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;

namespace PyRelationAL.Experiments;

/// <summary>Sums up the runs of an experiment by setting and strategy.</summary>
public static class ExperimentSummary
{
    /// <summary>The chance that chance alone makes one strategy of a setting or more look worse than the best.</summary>
    private const double Significance = 0.05;

    /// <summary>Sums up results.</summary>
    /// <param name="runs">The runs, in the order of the plan; failed ones count as failed and enter no average.</param>
    /// <param name="metrics">The metrics to judge by, by preference; by default each task's own.</param>
    /// <returns>
    /// One summary for each setting that has a run that did not fail, in the order of the plan; none for the full start, which has no curve.
    /// </returns>
    public static IReadOnlyList<SettingSummary> Of(IEnumerable<RunResult> runs, IReadOnlyList<string>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return
        [
            .. runs.Where(run => run.Spec.Start != FullStart.FullName).GroupBy(run => run.Spec.Setting)
                .Select(setting => Summarise([.. setting], metrics ?? [])).OfType<SettingSummary>(),
        ];
    }

    private static SettingSummary? Summarise(RunResult[] runs, IReadOnlyList<string> preferred)
    {
        RunResult[] succeeded = [.. runs.Where(run => run.Status == RunStatus.Succeeded && run.LabelledCounts.Count > 0)];
        if (succeeded.Length == 0)
        {
            return null;
        }

        // What is not among the metrics, the time of queries, is there only for who asks for it.
        string[] available = [.. succeeded[0].Metrics.Keys.Union(preferred.Where(name => succeeded[0].Scores(name) is not null))];
        if (MetricChoice.Choose(succeeded[0].Task, available, preferred) is not { } metric)
        {
            return null;
        }

        bool higherIsBetter = MetricNames.HigherIsBetter(metric);
        StrategyScores[] scores =
        [
            .. runs.GroupBy(run => run.Spec.Strategy).Select(strategy => StrategyScores.Of(strategy.Key, [.. strategy], metric)).OfType<StrategyScores>(),
        ];
        RunSpec spec = succeeded[0].Spec;
        StrategySummary[] strategies = [.. scores.Zip(Standings(scores, higherIsBetter), (s, standing) => s.Summary(standing))];
        return new SettingSummary(spec.Dataset, spec.Start, spec.Model, succeeded[0].Task, metric, higherIsBetter, strategies) { Scenario = spec.Scenario };
    }

    /// <summary>
    /// Which one is the best is seen from the same scores, so any pair might have been the one to compare: all pairs are the family that Holm's correction is
    /// for.
    /// </summary>
    private static Standing[] Standings(StrategyScores[] scores, bool higherIsBetter)
    {
        (int First, int Second, double PValue)[] pairs =
        [
            .. from i in Enumerable.Range(0, scores.Length)
               from j in Enumerable.Range(i + 1, scores.Length - i - 1)
               let pValue = PairedPValue(scores[i], scores[j])
               where pValue is not null
               select (i, j, pValue.Value),
        ];
        double[] adjusted = HolmCorrection.Adjust(Array.ConvertAll(pairs, pair => pair.PValue));
        int[] comparable = [.. Enumerable.Range(0, scores.Length).Where(i => double.IsFinite(scores[i].Ipauc.Mean))];
        if (comparable.Length == 0)
        {
            return [.. scores.Select(_ => Standing.Unknown)];
        }

        int best = comparable.MaxBy(i => higherIsBetter ? scores[i].Ipauc.Mean : -scores[i].Ipauc.Mean);
        return [.. Enumerable.Range(0, scores.Length).Select(i =>
        {
            if (scores[i].Ipauc.Mean.Equals(scores[best].Ipauc.Mean))
            {
                return Standing.Best;
            }

            int pair = Array.FindIndex(pairs, p => (p.First, p.Second) == (Math.Min(i, best), Math.Max(i, best)));
            return pair < 0 ? Standing.Unknown : adjusted[pair] > Significance ? Standing.TiedWithBest : Standing.Worse;
        })];
    }

    /// <summary>Null where there are too few runs in common to tell.</summary>
    private static double? PairedPValue(StrategyScores first, StrategyScores second)
    {
        if (!double.IsFinite(first.Ipauc.Mean) || !double.IsFinite(second.Ipauc.Mean))
        {
            return null;
        }

        double[] differences =
        [
            .. first.IpaucByRun.Where(run => second.IpaucByRun.ContainsKey(run.Key)).Select(run => run.Value - second.IpaucByRun[run.Key]),
        ];
        return differences.Length < 2 ? null : Paired.StudentPValue(differences);
    }
}
