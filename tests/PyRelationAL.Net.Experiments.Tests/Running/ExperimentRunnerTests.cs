using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.Running;

public sealed class ExperimentRunnerTests
{
    [Test]
    public void ResultsDoNotDependOnTheNumberOfThreads()
    {
        PreparedExperiment prepared = (Fixtures.Plan with { Model = ModelCatalogue.Find("Committee") }).Prepare();
        ExperimentResults one = ExperimentRunner.Run(prepared, new ExperimentOptions { MaxDegreeOfParallelism = 1 });
        ExperimentResults four = ExperimentRunner.Run(prepared, new ExperimentOptions { MaxDegreeOfParallelism = 4 });
        Assert.That(one.Runs.Select(ResultComparer.Canonical), Is.EqualTo(four.Runs.Select(ResultComparer.Canonical)));
        Assert.That(one.Runs.Select(run => run.Spec), Is.EqualTo(prepared.Runs));
        Assert.That(one.FailedCount, Is.Zero);
    }

    [Test]
    public void AnotherSeedGivesOtherResults()
    {
        ExperimentResults results = ExperimentRunner.Run((Fixtures.Plan with { Strategies = [Fixtures.Random] }).Prepare());
        Assert.That(results.Runs.Select(run => string.Join(',', run.Queried.SelectMany(q => q))).Distinct().Count(), Is.EqualTo(results.Runs.Count));
    }

    [Test]
    public void AllStrategiesOfAFoldAndSeedStartWithTheSameItemsAndTheSameModel()
    {
        ExperimentResults results = ExperimentRunner.Run((Fixtures.Plan with { Model = ModelCatalogue.Find("Committee") }).Prepare());
        var groups = results.Runs.GroupBy(run => (run.Spec.Fold, run.Spec.Seed)).ToArray();
        Assert.That(groups, Has.Length.EqualTo(6));
        foreach (var group in groups)
        {
            Assert.That(group.Select(run => string.Join(',', run.InitialLabelled)).Distinct().Count(), Is.EqualTo(1));
            Assert.That(group.Select(run => run.Metrics["log_loss"][0]).Distinct().Count(), Is.EqualTo(1));
        }

        // Trials that share one data seed are no trials: each fold and seed has a start of its own, and a seed other test items.
        Assert.That(groups.Select(group => string.Join(',', group.First().InitialLabelled)), Is.Unique);
        Assert.That(groups.Select(group => group.First().Metrics["log_loss"][0]), Is.Unique);
    }

    [Test]
    public void AResultHoldsEveryRound()
    {
        RunResult run = ExperimentRunner.Run((Fixtures.Plan with { BatchSize = 2 }).Prepare()).Runs[0];
        Assert.That(run.LabelledCounts, Is.EqualTo(new[] { 3, 5, 7, 9, 11 }));
        Assert.That(run.Metrics.Keys, Is.EqualTo(new[] { "accuracy", "balanced_accuracy", "log_loss", "macro_f1" }));
        Assert.That(run.Metrics.Values.Select(values => values.Count), Is.All.EqualTo(5));
        Assert.That(run.Queried.Select(query => query.Count), Is.EqualTo(new[] { 2, 2, 2, 2 }));
        Assert.That(run.Queried.SelectMany(query => query).Concat(run.InitialLabelled), Is.Unique);
        Assert.That(run.StopReason, Is.EqualTo(ActiveLearning.StopReason.RoundsDone));
        Assert.That(run.Timings!.Total, Is.GreaterThanOrEqualTo(run.Timings.Train));
    }

    [Test]
    public void WithoutALimitTheRunEndsWithTheEmptyPool()
    {
        RunResult run = ExperimentRunner.Run((Fixtures.Plan with { Rounds = null, BatchSize = 30, Strategies = [Fixtures.Random] }).Prepare()).Runs[0];
        Assert.That(run.StopReason, Is.EqualTo(ActiveLearning.StopReason.PoolEmpty));
        Assert.That(run.LabelledCounts[^1], Is.EqualTo(100));
    }

    [Test]
    public void AFailedRunIsRecordedAsFailedAndTheOthersGoOn()
    {
        var plan = Fixtures.Plan with { Strategies = [Fixtures.Custom("Broken", () => new Fixtures.Failing()), Fixtures.Random] };
        ExperimentResults results = ExperimentRunner.Run(plan.Prepare());
        RunResult[] failed = [.. results.Runs.Where(run => run.Status == RunStatus.Failed)];
        Assert.That(failed.Select(run => run.Spec.Strategy), Is.All.EqualTo("Broken"));
        Assert.That(failed, Has.Length.EqualTo(6));
        Assert.That(results.FailedCount, Is.EqualTo(6));
        Assert.That(results.WasCancelled, Is.False);
        Assert.That(failed[0].Error, Is.EqualTo(new RunError("System.InvalidOperationException", "It <broke>.", failed[0].Error!.Details)));
        Assert.That(failed[0].Error!.Details, Does.Contain(nameof(Fixtures.Failing)));
        Assert.That(failed[0].Metrics, Is.Empty);
    }

    [Test]
    public void ProgressNeverGoesBackAndEndsAtTheTotal()
    {
        var reports = new List<ExperimentProgress>();
        StrategyDescription broken = Fixtures.Custom("Broken", () => new Fixtures.Failing());
        ExperimentPlan plan = Fixtures.Plan with { Rounds = null, BatchSize = 20, Strategies = [broken, Fixtures.Random] };
        ExperimentRunner.Run(plan.Prepare(), new ExperimentOptions { Progress = new Recorder(reports), MaxDegreeOfParallelism = 3 });
        Assert.That(reports.Select(r => r.FinishedRounds), Is.Ordered);
        Assert.That(reports.Select(r => r.FinishedRuns), Is.Ordered);
        Assert.That(reports[^1], Is.EqualTo(new ExperimentProgress(reports[^1].TotalRounds, reports[^1].TotalRounds, 12, 12, 6)));
    }

    [Test]
    public void CancellationKeepsFinishedRuns()
    {
        using var stop = new CancellationTokenSource();
        var stored = new List<RunResult>();
        var options = new ExperimentOptions
        {
            MaxDegreeOfParallelism = 1,
            RunFinished = run =>
            {
                stored.Add(run);
                if (stored.Count == 3)
                {
                    stop.Cancel();
                }
            },
        };
        ExperimentResults results = ExperimentRunner.Run(Fixtures.Plan.Prepare(), options, stop.Token);
        Assert.That(results.WasCancelled, Is.True);
        Assert.That(results.Runs, Is.EqualTo(stored));
        Assert.That(results.Runs, Has.Count.EqualTo(3));
        Assert.That(results.PlannedRuns, Is.EqualTo(12));
    }

    [Test]
    public void WhatTheStoreThrowsReachesTheCaller() => Assert.That(
        () => ExperimentRunner.Run(Fixtures.Plan.Prepare(), new ExperimentOptions { RunFinished = _ => throw new IOException("No space left.") }),
        Throws.TypeOf<IOException>().With.Message.EqualTo("No space left."));

    [Test]
    public void WhatTheObserverThrowsReachesTheCallerAndFailsNoRun([Values(1, 2)] int threads)
    {
        var stored = new List<RunResult>();
        Assert.That(
            () => ExperimentRunner.Run(
                Fixtures.Plan.Prepare(),
                new ExperimentOptions { MaxDegreeOfParallelism = threads, Progress = new Broken(), RunFinished = stored.Add }),
            Throws.TypeOf<IOException>().With.Message.EqualTo("The terminal is gone."));
        Assert.That(stored, Is.All.Matches<RunResult>(run => run.Status == RunStatus.Succeeded));
    }

    [TestCase(0)]
    [TestCase(-2)]
    public void ImpossibleNumbersOfThreadsAreRefused(int threads) => Assert.That(
        () => ExperimentRunner.Run(Fixtures.Plan.Prepare(), new ExperimentOptions { MaxDegreeOfParallelism = threads }),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void RoundsAreToldInOrderWithWhatTheyGave([Values(1, 3)] int threads)
    {
        var rounds = new List<RunRound>();
        ExperimentResults results = ExperimentRunner.Run(
            Fixtures.Plan.Prepare(), new ExperimentOptions { MaxDegreeOfParallelism = threads, RoundFinished = rounds.Add });
        Assert.That(rounds, Has.Count.EqualTo(results.Runs.Sum(run => run.LabelledCounts.Count)));
        foreach (RunResult run in results.Runs)
        {
            RunRound[] own = [.. rounds.Where(round => round.Run == run.Spec)];
            Assert.That(own.Select(round => round.Index), Is.All.EqualTo(run.Index));
            Assert.That(own.Select(round => round.Record.LabelledCount), Is.EqualTo(run.LabelledCounts));
            Assert.That(own.Select(round => round.Record.Metrics["accuracy"]), Is.EqualTo(run.Metrics["accuracy"]));
            Assert.That(own[..^1].Select(round => round.Record.Queried), Is.EqualTo(run.Queried));
        }
    }

    [Test]
    public void WhatTheObserverOfRoundsThrowsReachesTheCaller() => Assert.That(
        () => ExperimentRunner.Run(Fixtures.Plan.Prepare(), new ExperimentOptions { RoundFinished = _ => throw new IOException("The notebook is gone.") }),
        Throws.TypeOf<IOException>().With.Message.EqualTo("The notebook is gone."));

    [Test]
    public void AResultSaysWhatMadeItAndOfWhichData()
    {
        StrategyDescription broken = Fixtures.Custom("Broken", () => new Fixtures.Failing());
        ExperimentPlan plan = Fixtures.Plan with { Datasets = [DatasetCatalogue.Find("Iris"), DatasetCatalogue.Find("WineCultivars")] };
        ExperimentResults results = ExperimentRunner.Run((plan with { Strategies = [Fixtures.Random, broken] }).Prepare());
        Assert.That(results.Runs.Select(run => run.Version), Is.All.EqualTo(LibraryVersion.Current));
        Assert.That(results.Runs.Select(run => run.Commit), Is.All.EqualTo(LibraryVersion.Commit));
        Assert.That(results.Runs.Select(run => run.Machine), Is.All.EqualTo(RunMachine.Current));
        Assert.That(
            results.Runs.Select(run => (run.Spec.Dataset, run.DataFingerprint)).Distinct().Select(data => data.DataFingerprint?.Length),
            Is.EqualTo(new[] { 32, 32 }));
        Assert.That(results.Runs.Select(run => run.DataFingerprint).Distinct().Count(), Is.EqualTo(2));
        RunTimings timings = results.Runs[0].Timings!;
        Assert.That(timings.Prepare, Is.GreaterThan(0));
        Assert.That(timings.Prepare + timings.Train + timings.Evaluate + timings.Suggest + timings.Oracle, Is.LessThanOrEqualTo(timings.Total));
    }

    private sealed class Broken : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => throw new IOException("The terminal is gone.");
    }

    private sealed class Recorder(List<ExperimentProgress> reports) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => reports.Add(value);
    }
}
