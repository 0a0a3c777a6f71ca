using Microsoft.Data.Analysis;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Adapters.DataFrames;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class DataFrameExtensionsTests
{
    private static ActiveLearningPipeline Run()
    {
        var task = new BenchmarkTask(Iris.Source, new ColdStart(), FoldIndex: 0);
        var pipeline = new ActiveLearningPipeline(task.CreateDataManager(seed: 1), new LogisticRegression(), new MarginalConfidenceStrategy(), seed: 1);
        pipeline.Run(rounds: 3, batchSize: 2);
        return pipeline;
    }

    [Test]
    public void A_summary_is_the_same_table()
    {
        RunSummary summary = Run().Summary();
        DataFrame frame = summary.ToDataFrame();
        Assert.That(frame.Columns.Select(c => c.Name), Is.EqualTo(summary.Columns));
        Assert.That(frame.Rows.Count, Is.EqualTo(4));
        for (int r = 0; r < 4; r++)
        {
            Assert.That(
                Enumerable.Range(0, summary.Columns.Count).Select(c => Convert.ToDouble(frame[r, c])), Is.EqualTo(summary.Rows[r].Select(v => v!.Value)));
        }
    }

    [Test]
    public void A_history_has_a_row_for_each_round()
    {
        ActiveLearningPipeline pipeline = Run();
        DataFrame frame = pipeline.History.ToDataFrame();
        Assert.That(frame["round"].Cast<int?>(), Is.EqualTo(new int?[] { 0, 1, 2, 3 }));
        Assert.That(frame["queried"].Cast<int?>(), Is.EqualTo(new int?[] { 2, 2, 2, 0 }));
        Assert.That(
            frame[MetricNames.BalancedAccuracy].Cast<double?>(), Is.EqualTo(pipeline.History.Select(r => (double?)r.Metrics[MetricNames.BalancedAccuracy])));
        Assert.That(frame["labelled_by"][3], Is.Null);
        Assert.That(frame["hit_ratio"].NullCount, Is.EqualTo(4));
    }

    [Test]
    public void Queried_items_have_a_row_each()
    {
        ActiveLearningPipeline pipeline = Run();
        DataFrame frame = pipeline.History.ToQueriedDataFrame();
        Assert.That(frame["index"].Cast<int?>(), Is.EqualTo(pipeline.History.SelectMany(r => r.Queried).Select(i => (int?)i)));
        Assert.That(frame["rank"].Cast<int?>(), Is.EqualTo(new int?[] { 0, 1, 0, 1, 0, 1 }));
        Assert.That(frame["score"].Cast<double?>(), Is.EqualTo(pipeline.History.SelectMany(r => r.Scores ?? []).Select(s => (double?)s)));
    }

    [Test]
    public void Failed_runs_have_a_row_without_numbers()
    {
        RunResult succeeded = Result("one", 0.5, 0.75), failed = Result("two") with
        {
            Status = RunStatus.Failed,
            Error = new RunError("System.Exception", "broke", null),
            LabelledCounts = [],
            Metrics = new Dictionary<string, IReadOnlyList<double>>(),
        };
        DataFrame frame = new[] { succeeded, failed }.ToDataFrame();
        Assert.That(frame["strategy"].Cast<string>(), Is.EqualTo(new[] { "one", "one", "two" }));
        Assert.That(frame["labelled"].Cast<int?>(), Is.EqualTo(new int?[] { 10, 11, null }));
        Assert.That(frame[MetricNames.Accuracy].Cast<double?>(), Is.EqualTo(new double?[] { 0.5, 0.75, null }));
        Assert.That(frame["error"].Cast<string?>(), Is.EqualTo(new[] { null, null, "broke" }));
        Assert.That(frame["seed"][0], Is.EqualTo(5_000_000_000L));
    }

    [Test]
    public void Summaries_of_an_experiment_have_a_row_for_each_strategy()
    {
        DataFrame frame = ExperimentSummary.Of([Result("one", 0.5, 0.75), Result("two", 0.25, 1)], [MetricNames.Accuracy]).ToDataFrame();
        Assert.That(frame["strategy"].Cast<string>(), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(frame["final"].Cast<double?>(), Is.EqualTo(new double?[] { 0.75, 1 }));
        Assert.That(frame["final_half_width"].NullCount, Is.EqualTo(2), "one run has no interval");
        Assert.That(frame["runs"].Cast<int?>(), Is.EqualTo(new int?[] { 1, 1 }));
    }

    private static RunResult Result(string strategy, params double[] accuracy) => new()
    {
        Index = 0,
        Spec = new RunSpec
        {
            Dataset = "toy",
            Start = "cold",
            Strategy = strategy,
            Model = "m",
            Fold = 0,
            FoldCount = 5,
            Seed = 5_000_000_000,
            Rounds = 2,
            BatchSize = 1,
            Standardise = false,
            Shuffle = true,
        },
        Task = TaskKinds.Classification,
        Status = RunStatus.Succeeded,
        LabelledCounts = [.. Enumerable.Range(10, accuracy.Length)],
        Metrics = new Dictionary<string, IReadOnlyList<double>> { [MetricNames.Accuracy] = accuracy },
        Version = "0",
    };
}
