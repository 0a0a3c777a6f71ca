using System.Diagnostics;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ComparisonRunnerTests
{
    public static ComparisonOptions Small { get; } = new()
    {
        Model = Fixtures.Linear,
        Strategies = [Fixtures.Margin],
        FoldCount = 3,
        Seeds = [0, 1],
        Rounds = 4,
        BatchSize = 3,
        TimeBudget = null,
    };

    [Test]
    public void ItRunsAllAndAnswersOnAnyNumberOfThreads()
    {
        var plan = ComparisonPlan.For(Iris.Source, Small);
        ComparisonResults one = ComparisonRunner.Run(plan, new ComparisonRunOptions { MaxDegreeOfParallelism = 1 });
        ComparisonResults four = ComparisonRunner.Run(plan, new ComparisonRunOptions { MaxDegreeOfParallelism = 4 });
        Assert.That((one.Experiment.Runs.Count, one.IsOutOfTime, one.Experiment.WasCancelled), Is.EqualTo((30, false, false)));
        Assert.That(one.Experiment.Runs.Select(ResultComparer.Canonical), Is.EqualTo(four.Experiment.Runs.Select(ResultComparer.Canonical)));
        Assert.That(one.Answer!.Sentences, Is.EqualTo(four.Answer!.Sentences));
        Assert.That(one.Answer.Starts.Select(s => (s.Start, s.RunCount)), Is.EqualTo(new[] { ("cold", 6), ("warm:0.03", 6) }));
    }

    [Test]
    public void AShardNeedsAFolderAndNoTimeBudget()
    {
        var options = new ComparisonRunOptions { Shard = new Shard(1, 2), Folder = new ExperimentFolder(Fixtures.TemporaryFolder()) };
        var plan = ComparisonPlan.For(Iris.Source, Small);
        Assert.That(() => ComparisonRunner.Run(plan, options with { Folder = null }), Throws.ArgumentException.With.Message.Contains("needs a folder"));
        var timed = ComparisonPlan.For(Iris.Source, Small with { TimeBudget = TimeSpan.FromSeconds(9) });
        Assert.That(() => ComparisonRunner.Run(timed, options), Throws.ArgumentException.With.Message.Contains("without a time budget"));
        Assert.That(ComparisonRunner.Run(plan, options) is { Answer: null, Experiment: { PlannedRuns: 30, WasCancelled: false, Runs.Count: 15 } }, Is.True);
    }

    [Test]
    public void TheFullPerformanceIsThatOfThePipeline()
    {
        var plan = ComparisonPlan.For(Iris.Source, Small);
        ComparisonAnswer answer = ComparisonRunner.Run(plan).Answer!;
        double expected = Small.Seeds!.SelectMany(seed => BenchmarkTask.ForAllFolds(Iris.Source, new ColdStart(), 3).Select(task =>
            new ActiveLearningPipeline(task.CreateDataManager(seed), Fixtures.Linear.Create(Iris.Load().Task), new RandomAcquisitionStrategy())
                .ComputeTheoreticalPerformance()["balanced_accuracy"])).Average();
        Assert.That(answer.FullScore, Is.EqualTo(expected).Within(1e-12));
        Assert.That(answer.TrainCount, Is.EqualTo(100));
    }

    [Test]
    public void WhatWasStoppedGoesOnInItsFolder()
    {
        var plan = ComparisonPlan.For(Iris.Source, Small);
        var folder = new ExperimentFolder(Fixtures.TemporaryFolder());
        using var stop = new CancellationTokenSource();
        var options = new ComparisonRunOptions { MaxDegreeOfParallelism = 1, Folder = folder, Command = "this" };
        ComparisonResults first = ComparisonRunner.Run(plan, options with { Progress = new StopAfter(7, stop) }, stop.Token);
        Assert.That((first.Experiment.WasCancelled, first.IsOutOfTime, first.Experiment.PlannedRuns), Is.EqualTo((true, false, 30)));
        int done = folder.ReadResults().Runs.Count;
        Assert.That(done, Is.InRange(7, 9));
        ComparisonResults second = ComparisonRunner.Run(plan, options);
        Assert.That(folder.ReadResults().Runs, Has.Count.EqualTo(30));
        Assert.That(second.Answer!.Sentences, Is.EqualTo(ComparisonRunner.Run(plan).Answer!.Sentences));
        Assert.That(folder.ReadManifest()!.Choice!.Strategies, Is.EqualTo(new[] { "RandomAcquisition", "MarginalConfidence" }));
        HtmlReport.Write(folder);
        Assert.That(File.ReadAllText(folder.ReportFile), Does.Contain("The answer").And.Contain("<dt>Starts</dt><dd>cold, warm:0.03</dd>"));
        Assert.That(
            File.ReadAllText(folder.ReportFile), Does.Contain("cold and warm:0.03 start, 3 folds, 2 seeds: 24 runs, and 6 runs on all training items."));
        Assert.That(
            () => ComparisonRunner.Run(ComparisonPlan.For(Iris.Source, Small with { BatchSize = 2 }), options), Throws.TypeOf<ExperimentConflictException>());
    }

    [Test]
    public void ATimeBudgetIsKeptAndStrategiesStopSideBySide()
    {
        ComparisonResults results = InTime(TimeSpan.FromMilliseconds(20), out List<string> notices);
        Assert.That(results.IsOutOfTime, Is.True);
        Assert.That(results.Choice.Strategies, Is.EqualTo(new[] { "RandomAcquisition", "MarginalConfidence", "Slow" }));
        Assert.That(notices, Has.Some.StartsWith("Timing 3 strategies").And.Some.StartsWith("Comparing RandomAcquisition, MarginalConfidence, Slow"));
        var counts = results.Experiment.Runs.Where(r => r.Spec.Start != FullStart.FullName).CountBy(r => r.Spec.Strategy).ToDictionary();
        Assert.That(counts.Values.Max() - counts.Values.Min(), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void AStrategyTooSlowForTheBudgetIsLeftOutAndThatIsSaid()
    {
        ComparisonResults results = InTime(TimeSpan.FromSeconds(10), out List<string> notices);
        Assert.That(results.Choice.Strategies, Is.EqualTo(new[] { "RandomAcquisition", "MarginalConfidence" }));

        // A busy machine may leave out a start too.
        Assert.That(results.Notices, Does.Contain("Left out, since two queries took too long for the time budget: Slow."));
        Assert.That(notices, Is.SupersetOf(results.Notices));
        Assert.That(results.Answer, Is.Not.Null);
    }

    [Test]
    public void ABudgetThatIsTooShortIsAnErrorThatSaysSo()
    {
        StrategyDescription slow = Fixtures.Custom("Slow", () => new Waiting(TimeSpan.FromSeconds(30)));
        var plan = ComparisonPlan.For(Iris.Source, Small with { Strategies = [slow], TimeBudget = TimeSpan.FromSeconds(2) });
        long began = Stopwatch.GetTimestamp();
        Assert.That(() => ComparisonRunner.Run(plan), Throws.ArgumentException.With.Message.StartsWith("The time budget is too short"));
        Assert.That(Stopwatch.GetElapsedTime(began).TotalSeconds, Is.LessThan(4));
    }

    /// <summary>Margins and a strategy that waits at each query, within 3 s.</summary>
    private static ComparisonResults InTime(TimeSpan wait, out List<string> notices)
    {
        StrategyDescription slow = Fixtures.Custom("Slow", () => new Waiting(wait));
        var plan = ComparisonPlan.For(Iris.Source, Small with
        {
            Strategies = [Fixtures.Margin, slow],
            TimeBudget = TimeSpan.FromSeconds(3),
            Seeds = [0, 1, 2, 3, 4],
            Rounds = 20,
            BatchSize = 1,
        });
        notices = [];
        long began = Stopwatch.GetTimestamp();
        ComparisonResults results = ComparisonRunner.Run(plan, new ComparisonRunOptions { MaxDegreeOfParallelism = 2, Notices = new Collect(notices) });
        // Most of this is for machines that are busy with other things.
        Assert.That(Stopwatch.GetElapsedTime(began).TotalSeconds, Is.LessThan(5.5));
        return results;
    }

    /// <summary>Waits at each query; stops waiting when it is to stop.</summary>
    private sealed class Waiting(TimeSpan time) : Strategy
    {
        public override Requirements Requirements => Requirements.None;

        protected override Batch Select(QueryContext context, int count)
        {
            context.CancellationToken.WaitHandle.WaitOne(time);
            context.CancellationToken.ThrowIfCancellationRequested();
            return new Batch([.. Enumerable.Range(0, count)]);
        }
    }

    private sealed class Collect(List<string> notices) : IProgress<string>
    {
        public void Report(string value) => notices.Add(value);
    }

    private sealed class StopAfter(int runs, CancellationTokenSource stop) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.FinishedRuns >= runs)
            {
                stop.Cancel();
            }
        }
    }
}
