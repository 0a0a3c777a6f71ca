namespace PyRelationAL.Experiments;

/// <summary>The scores of one strategy's runs in one setting.</summary>
internal sealed record StrategyScores(
    string Strategy, IReadOnlyDictionary<(int Fold, long Seed), double> IpaucByRun, SampleStatistics Ipauc, RunResult[] Runs, string Metric, int FailedCount)
{
    /// <summary>Null where no run has the metric.</summary>
    public static StrategyScores? Of(string strategy, RunResult[] runs, string metric)
    {
        RunResult[] scored =
            [.. runs.Where(run => run.Status == RunStatus.Succeeded && run.Scores(metric) is { Count: > 0 })];
        if (scored.Length == 0)
        {
            return null;
        }

        var ipauc = scored.DistinctBy(Key).ToDictionary(Key, run => CurveMeasures.Ipauc([.. run.Scores(metric)!]));
        return new StrategyScores(
            strategy, ipauc, SampleStatistics.Of([.. ipauc.Values]), scored, metric, runs.Count(run => run.Status == RunStatus.Failed));
    }

    public StrategySummary Summary(Standing standing) => new(
        Strategy,
        Ipauc,
        SampleStatistics.Of([.. Runs.Select(run => CurveMeasures.MeanOverRounds([.. Scores(run)]))]),
        SampleStatistics.Of([.. Runs.Select(run => Scores(run)[^1])]),
        Curve(),
        FailedCount,
        Runs.Average(run => run.Timings?.Total),
        standing);

    private static (int Fold, long Seed) Key(RunResult run) => (run.Spec.Fold, run.Spec.Seed);

    private IReadOnlyList<double> Scores(RunResult run) => run.Scores(Metric)!;

    // Folds may differ by an item, and so by a round: beyond the shortest run the mean would be over other runs than before.
    private CurvePoint[] Curve() =>
    [
        .. Enumerable.Range(0, Runs.Min(run => Scores(run).Count)).Select(round => new CurvePoint(
            Runs.Average(run => run.LabelsPaid(round)),
            SampleStatistics.Of([.. Runs.Select(run => Scores(run)[round])]))),
    ];
}
