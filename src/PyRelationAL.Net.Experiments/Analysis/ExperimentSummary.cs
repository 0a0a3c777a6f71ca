using PyRelationAL.Evaluation;

namespace PyRelationAL.Experiments;

/// <summary>Sums up the runs of an experiment by setting and strategy.</summary>
public static class ExperimentSummary
{
    /// <summary>Sums up results.</summary>
    /// <param name="runs">The runs, in the order of the plan; failed ones count as failed and enter no average.</param>
    /// <param name="metrics">The metrics to judge by, by preference; by default each task's own.</param>
    /// <returns>One summary for each setting that has a run that did not fail, in the order of the plan.</returns>
    public static IReadOnlyList<SettingSummary> Of(IEnumerable<RunResult> runs, IReadOnlyList<string>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [.. runs.GroupBy(run => run.Spec.Setting).Select(setting => Summarise([.. setting], metrics ?? [])).OfType<SettingSummary>()];
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
        StrategyScores? best = scores.Where(s => double.IsFinite(s.Ipauc.Mean))
            .MaxBy(s => higherIsBetter ? s.Ipauc.Mean : -s.Ipauc.Mean);
        RunSpec spec = succeeded[0].Spec;
        return new SettingSummary(
            spec.Dataset, spec.Start, spec.Model, succeeded[0].Task, metric, higherIsBetter, [.. scores.Select(s => s.Summary(StandingOf(s, best)))])
        {
            Scenario = spec.Scenario,
        };
    }

    private static Standing StandingOf(StrategyScores scores, StrategyScores? best)
    {
        if (best is null || !double.IsFinite(scores.Ipauc.Mean))
        {
            return Standing.Unknown;
        }

        if (scores.Ipauc.Mean.Equals(best.Ipauc.Mean))
        {
            return Standing.Best;
        }

        double[] differences =
        [
            .. scores.IpaucByRun.Where(run => best.IpaucByRun.ContainsKey(run.Key)).Select(run => run.Value - best.IpaucByRun[run.Key]),
        ];
        if (differences.Length < 2)
        {
            return Standing.Unknown;
        }

        SampleStatistics difference = SampleStatistics.Of(differences);
        return Math.Abs(difference.Mean) <= difference.HalfWidth ? Standing.TiedWithBest : Standing.Worse;
    }
}
