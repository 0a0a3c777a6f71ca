using Microsoft.Data.Analysis;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Experiments;

namespace PyRelationAL.Adapters.DataFrames;

/// <summary>Histories, summaries and results as data frames.</summary>
public static class DataFrameExtensions
{
    /// <summary>The table of a run's summary: one row for each round, the columns of the summary; null where a round has no value.</summary>
    /// <param name="summary">The summary.</param>
    /// <returns>A new frame.</returns>
    public static DataFrame ToDataFrame(this RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new DataFrame(summary.Columns.Select((name, c) => c < 2
            ? Frames.Whole(name, summary.Rows.Select(row => (int?)row[c]))
            : Frames.Real(name, summary.Rows.Select(row => row[c]))));
    }

    /// <summary>
    /// A run's history, one row for each round: <c>round</c>, <c>labelled</c>, <c>unlabelled</c>, each metric, <c>queried</c> (how many), <c>hit_ratio</c>,
    /// <c>labelled_by</c>, and seconds in <c>train</c>, <c>evaluate</c>, <c>suggest</c> and <c>oracle</c>.
    /// </summary>
    /// <param name="history">The history of a pipeline.</param>
    /// <returns>A new frame.</returns>
    public static DataFrame ToDataFrame(this IReadOnlyList<RoundRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        IEnumerable<string> metrics = history.SelectMany(r => r.Metrics.Keys).Distinct(StringComparer.Ordinal);
        return new DataFrame(
        [
            Frames.Whole("round", history.Select(r => (int?)r.Round)),
            Frames.Whole("labelled", history.Select(r => (int?)r.LabelledCount)),
            Frames.Whole("unlabelled", history.Select(r => (int?)r.UnlabelledCount)),
            .. metrics.Select(m => Frames.Real(m, history.Select(r => r.Metrics.TryGetValue(m, out double value) ? value : (double?)null))),
            Frames.Whole("queried", history.Select(r => (int?)r.Queried.Count)),
            Frames.Real("hit_ratio", history.Select(r => r.HitRatio)),
            Frames.Text("labelled_by", history.Select(r => r.LabelledBy)),
            Frames.Real("train", history.Select(r => (double?)r.Timings.Train.TotalSeconds)),
            Frames.Real("evaluate", history.Select(r => (double?)r.Timings.Evaluate.TotalSeconds)),
            Frames.Real("suggest", history.Select(r => (double?)r.Timings.Suggest.TotalSeconds)),
            Frames.Real("oracle", history.Select(r => (double?)r.Timings.Oracle.TotalSeconds)),
        ]);
    }

    /// <summary>What a run queried, one row for each item: <c>round</c>, <c>rank</c> (0 is best), <c>index</c> into the dataset, <c>score</c>,
    /// <c>labelled_by</c>.</summary>
    /// <param name="history">The history of a pipeline.</param>
    /// <returns>A new frame.</returns>
    public static DataFrame ToQueriedDataFrame(this IReadOnlyList<RoundRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        (RoundRecord Round, int Rank)[] items = [.. history.SelectMany(r => r.Queried.Select((_, rank) => (r, rank)))];
        return new DataFrame(
            Frames.Whole("round", items.Select(i => (int?)i.Round.Round)),
            Frames.Whole("rank", items.Select(i => (int?)i.Rank)),
            Frames.Whole("index", items.Select(i => (int?)i.Round.Queried[i.Rank])),
            Frames.Real("score", items.Select(i => i.Round.Scores?[i.Rank])),
            Frames.Text("labelled_by", items.Select(i => i.Round.LabelledBy)));
    }

    /// <summary>
    /// The runs of an experiment, one row for each run and round: <c>dataset</c>, <c>start</c>, <c>model</c>, <c>strategy</c>, <c>fold</c>, <c>seed</c>,
    /// <c>status</c>, <c>round</c>, <c>labelled</c> and each metric. A failed run is one row without numbers, its message in <c>error</c>.
    /// </summary>
    /// <param name="runs">The runs.</param>
    /// <returns>A new frame.</returns>
    public static DataFrame ToDataFrame(this IEnumerable<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        (RunResult Run, int? Round)[] rows =
        [
            .. runs.SelectMany(run => run.LabelledCounts.Count == 0
                ? [(run, (int?)null)]
                : Enumerable.Range(0, run.LabelledCounts.Count).Select(round => (run, (int?)round))),
        ];
        IEnumerable<string> metrics = rows.SelectMany(r => r.Run.Metrics.Keys).Distinct(StringComparer.Ordinal);
        return new DataFrame(
        [
            Frames.Text("dataset", rows.Select(r => r.Run.Spec.Dataset)),
            Frames.Text("start", rows.Select(r => r.Run.Spec.Start)),
            Frames.Text("model", rows.Select(r => r.Run.Spec.Model)),
            Frames.Text("strategy", rows.Select(r => r.Run.Spec.Strategy)),
            Frames.Whole("fold", rows.Select(r => (int?)r.Run.Spec.Fold)),
            new Int64DataFrameColumn("seed", rows.Select(r => (long?)r.Run.Spec.Seed)),
            Frames.Text("status", rows.Select(r => r.Run.Status.ToString())),
            Frames.Whole("round", rows.Select(r => r.Round)),
            Frames.Whole("labelled", rows.Select(r => r.Round is { } round ? r.Run.LabelledCounts[round] : (int?)null)),
            .. metrics.Select(m => Frames.Real(
                m, rows.Select(r => r.Round is { } round && r.Run.Metrics.TryGetValue(m, out IReadOnlyList<double>? curve) ? curve[round] : (double?)null))),
            Frames.Text("error", rows.Select(r => r.Run.Error?.Message)),
        ]);
    }

    /// <summary>
    /// The summaries of an experiment, one row for each setting and strategy: <c>dataset</c>, <c>start</c>, <c>model</c>, <c>metric</c>, <c>strategy</c>,
    /// <c>runs</c>, <c>failed</c>; <c>ipauc</c>, <c>mean</c> and <c>final</c>, each with half the width of its 95 % interval (null where there is one run);
    /// <c>seconds</c>, <c>standing</c>.
    /// </summary>
    /// <param name="settings">The summaries (<see cref="ExperimentSummary.Of"/>).</param>
    /// <returns>A new frame.</returns>
    public static DataFrame ToDataFrame(this IEnumerable<SettingSummary> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (SettingSummary Setting, StrategySummary Strategy)[] rows = [.. settings.SelectMany(s => s.Strategies.Select(strategy => (s, strategy)))];
        return new DataFrame(
        [
            Frames.Text("dataset", rows.Select(r => r.Setting.Dataset)),
            Frames.Text("start", rows.Select(r => r.Setting.Start)),
            Frames.Text("model", rows.Select(r => r.Setting.Model)),
            Frames.Text("metric", rows.Select(r => r.Setting.Metric)),
            Frames.Text("strategy", rows.Select(r => r.Strategy.Strategy)),
            Frames.Whole("runs", rows.Select(r => (int?)r.Strategy.Final.Count)),
            Frames.Whole("failed", rows.Select(r => (int?)r.Strategy.FailedCount)),
            .. Statistics("ipauc", rows.Select(r => r.Strategy.Ipauc)),
            .. Statistics("mean", rows.Select(r => r.Strategy.MeanOverRounds)),
            .. Statistics("final", rows.Select(r => r.Strategy.Final)),
            Frames.Real("seconds", rows.Select(r => r.Strategy.MeanSeconds)),
            Frames.Text("standing", rows.Select(r => r.Strategy.Standing.ToString())),
        ]);
    }

    private static DataFrameColumn[] Statistics(string name, IEnumerable<SampleStatistics> statistics) =>
    [
        Frames.Real(name, statistics.Select(s => (double?)s.Mean)),
        Frames.Real(name + "_half_width", statistics.Select(s => (double?)s.HalfWidth)),
    ];
}
