using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.Storage;

public sealed class ExperimentSessionTests
{
    private static readonly PreparedExperiment Experiment = Fixtures.Plan.Prepare();
    private static readonly ExperimentResults Undisturbed = ExperimentRunner.Run(Experiment);

    private ExperimentFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new ExperimentFolder(Fixtures.TemporaryFolder());

    [Test]
    public void WhatWasStoppedGoesOnWithWhatIsMissing([Values(0, 1, 5, 12)] int finished)
    {
        Stop(finished);
        var made = new List<RunResult>();
        ExperimentResults results = ExperimentRunner.Run(Experiment, _folder, new ExperimentOptions { RunFinished = made.Add });
        Assert.That(made, Has.Count.EqualTo(12 - finished));
        Assert.That(results.WasCancelled, Is.False);
        Assert.That(results.Runs.Select(ResultComparer.Canonical), Is.EqualTo(Undisturbed.Runs.Select(ResultComparer.Canonical)));
        Assert.That(_folder.ReadResults().Runs.Select(ResultComparer.Canonical), Is.EqualTo(Undisturbed.Runs.Select(ResultComparer.Canonical)));
    }

    [Test]
    public void WhatIsStoredSaysWhatMadeIt()
    {
        ExperimentRunner.Run(Experiment, _folder);
        foreach ((RunResult stored, RunResult run) in _folder.ReadResults().Runs.Zip(Undisturbed.Runs))
        {
            Assert.That((stored.Version, stored.Commit, stored.Machine), Is.EqualTo((run.Version, run.Commit, run.Machine)));
            Assert.That(stored.DataFingerprint, Is.EqualTo(run.DataFingerprint));
            Assert.That(stored.Timings!.Prepare, Is.GreaterThan(0));
        }
    }

    [Test]
    public void WhatStoringThrowsReachesTheCallerAndEndsTheExperiment([Values(1, 2)] int threads)
    {
        int told = 0;
        var options = new ExperimentOptions
        {
            MaxDegreeOfParallelism = threads,
            RunFinished = _ => throw (++told == 1 ? new IOException("No space left.") : new InvalidOperationException("Nothing may come after a failure.")),
        };
        Assert.That(() => ExperimentRunner.Run(Experiment, _folder, options), Throws.TypeOf<IOException>().With.Message.EqualTo("No space left."));
        Assert.That(told, Is.EqualTo(1));
        Assert.That(_folder.ReadResults().Runs, Has.Count.EqualTo(1));
        using ExperimentSession session = _folder.Open(Experiment);
        Assert.That(session.Remaining.Runs, Has.Count.EqualTo(11));
    }

    [Test]
    public void RunsThatFailedAreTriedAgain()
    {
        bool isBroken = true;
        StrategyDescription fickle = Fixtures.Custom("Fickle", () => isBroken ? new Fixtures.Failing() : new RandomAcquisitionStrategy());
        PreparedExperiment experiment = (Fixtures.Plan with { Strategies = [Fixtures.Margin, fickle] }).Prepare();
        Assert.That(ExperimentRunner.Run(experiment, _folder).FailedCount, Is.EqualTo(6));
        isBroken = false;
        using (ExperimentSession session = _folder.Open(experiment))
        {
            Assert.That(session.Notices, Is.EqualTo(new[] { "6 runs failed before; they are tried again." }));
            Assert.That(session.Done.Select(run => run.Spec.Strategy), Is.All.EqualTo("MarginalConfidence"));
            Assert.That(session.Run().FailedCount, Is.Zero);
            Assert.That(session.Remaining.Runs, Is.Empty);
        }

        Assert.That(_folder.ReadResults().Runs.Select(run => run.Status), Is.EqualTo(Enumerable.Repeat(RunStatus.Succeeded, 12)));
    }

    [Test]
    public void OtherSettingsAreRefusedByNameAndNothingIsChanged()
    {
        ExperimentRunner.Run(Experiment, _folder);
        byte[] results = File.ReadAllBytes(_folder.ResultsFile), manifest = File.ReadAllBytes(_folder.ManifestFile);
        ExperimentPlan other = Fixtures.Plan with { Seeds = [1, 2, 3], BatchSize = 2 };
        Assert.That(
            () => _folder.Open(other.Prepare()),
            Throws.TypeOf<ExperimentConflictException>().With.Message.Contains(
                "holds results of other settings: seed is 1, 2 there and 1, 2, 3 here; batchSize is 1 there and 2 here. "
                + "Repeat those settings, use another folder"));
        Assert.That(File.ReadAllBytes(_folder.ResultsFile), Is.EqualTo(results));
        Assert.That(File.ReadAllBytes(_folder.ManifestFile), Is.EqualTo(manifest));
        Assert.That(
            () => _folder.Open((Fixtures.Plan with { Strategies = [Fixtures.Random, Fixtures.Margin] }).Prepare()),
            Throws.TypeOf<ExperimentConflictException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public void OtherDataUnderTheSameNameAreRefused(bool hasSettings)
    {
        static PreparedExperiment On(float value)
        {
            float[] features = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
            features[17] = value;
            var data = new InMemoryDataset(
                "mine", new FeatureMatrix(features, 30, 1), LearningTask.Classification(2), [.. features.Select((_, i) => Label.OfClass(i % 2))]);
            return (Fixtures.Plan with { Datasets = [DatasetSource.Of(data)] }).Prepare();
        }

        ExperimentRunner.Run(On(17), _folder);
        if (!hasSettings)
        {
            File.Delete(_folder.ManifestFile);
        }

        using (_folder.Open(On(17)))
        {
        }

        if (!hasSettings)
        {
            File.Delete(_folder.ManifestFile);
        }

        Assert.That(
            () => _folder.Open(On(17.5f)),
            Throws.TypeOf<ExperimentConflictException>().With.Message.Contains("the data of mine are not the same, although their name is"));
    }

    [Test]
    public void AnOlderFolderWithoutSettingsGoesOnIfItsRunsAreOfThePlan()
    {
        using (ResultWriter writer = _folder.Continue(new ExperimentManifest { PlannedRuns = 12, Threads = 1 }))
        {
            writer.Append(Undisturbed.Runs[4] with { DataFingerprint = null, Machine = null, Commit = null, Version = "0.0.9" });
        }

        using (ExperimentSession session = _folder.Open(Experiment))
        {
            Assert.That(session.Remaining.Runs, Has.Count.EqualTo(11));
            Assert.That(session.Notices.Single(), Does.StartWith("The folder holds results of version 0.0.9; this is "));
        }

        File.Delete(_folder.ManifestFile);
        Assert.That(
            () => _folder.Open((Fixtures.Plan with { Rounds = 5 }).Prepare()),
            Throws.TypeOf<ExperimentConflictException>().With.Message.Contains("is stored there and not part of this plan"));
        Assert.That(
            () => _folder.Open((Fixtures.Plan with { Strategies = [Fixtures.Random, Fixtures.Margin] }).Prepare()),
            Throws.TypeOf<ExperimentConflictException>().With.Message.Contains("is run 5 of the plan there and run 6 here"));
    }

    [Test]
    public void BeginningAnewKeepsTheResultsOfAllShards()
    {
        foreach (Shard shard in new[] { new Shard(1, 2), new Shard(2, 2) })
        {
            using ExperimentSession session = _folder.Open(Experiment, shard: shard);
            session.Run();
        }

        using (ExperimentSession session = _folder.Open((Fixtures.Plan with { Rounds = 2 }).Prepare(), fresh: true))
        {
            Assert.That(session.Done, Is.Empty);
            Assert.That(session.Notices.Single(), Does.Contain("earlier results of this folder are kept in"));
        }

        Assert.That(ResultComparer.Differences(ResultReader.Read(_folder.PreviousResultsFile).Runs, Undisturbed.Runs), Is.Empty);
        Assert.That(_folder.ResultFiles, Is.EqualTo(new[] { _folder.ResultsFile }));
        Assert.That(() => _folder.Open(Experiment, shard: new Shard(1, 2), fresh: true), Throws.ArgumentException);
    }

    [Test]
    public void ShardsWriteSideBySideAndGoOnInOtherNumbers()
    {
        using (ExperimentSession one = _folder.Open(Experiment, shard: new Shard(1, 3)))
        using (ExperimentSession two = _folder.Open(Experiment, shard: new Shard(2, 3)))
        {
            Assert.That(one.ResultsFile, Does.EndWith("results.shard-1-of-3.jsonl"));
            Assert.That(one.Run().Runs, Has.Count.EqualTo(4));
            Assert.That(two.Run().PlannedRuns, Is.EqualTo(4));
        }

        int done = 0;
        foreach (Shard shard in new[] { new Shard(1, 2), new Shard(2, 2) })
        {
            using ExperimentSession session = _folder.Open(Experiment, shard: shard);
            done += session.Done.Count;
            session.Run();
        }

        Assert.That(done, Is.GreaterThanOrEqualTo(8));
        StoredResults stored = _folder.ReadResults();
        Assert.That(stored.Warnings, Is.Empty);
        Assert.That(stored.Runs.Select(ResultComparer.Canonical), Is.EqualTo(Undisturbed.Runs.Select(ResultComparer.Canonical)));
    }

    [TestCase(null, null, false)]
    [TestCase(null, "1/2", false)]
    [TestCase("1/2", null, false)]
    [TestCase("1/2", "1/2", false)]
    [TestCase("1/2", "2/2", true)]
    public void WhoWritesIsNotDisturbed(string? first, string? second, bool isAllowed)
    {
        using ExperimentSession writing = _folder.Open(Experiment, shard: first is null ? null : Shard.Parse(first));
        void Open()
        {
            using ExperimentSession other = _folder.Open(Experiment, shard: second is null ? null : Shard.Parse(second));
        }

        if (isAllowed)
        {
            Assert.That(Open, Throws.Nothing);
            return;
        }

        Assert.That(Open, Throws.TypeOf<ExperimentConflictException>().With.Message.Matches(
            $@"^Another process is writing in '.*' \(process {Environment.ProcessId} on {Environment.MachineName}, since \d{{4}}-.* UTC\)\."));
        writing.Dispose();
        Assert.That(Open, Throws.Nothing);
    }

    [Test]
    public void DraftsOfKilledProcessesAreRemovedAndOtherFilesAreNot()
    {
        string draft = _folder.ManifestFile + ".host-17.tmp", other = Path.Combine(_folder.Path, "notes.tmp");
        File.WriteAllText(draft, "{");
        File.WriteAllText(other, "mine");
        using ExperimentSession session = _folder.Open(Experiment);
        Assert.That((File.Exists(draft), File.Exists(other)), Is.EqualTo((false, true)));
    }

    [Test]
    public void AShardOfOtherSettingsIsRefusedBeforeAnyRunIsFinished()
    {
        using ExperimentSession first = _folder.Open(Experiment, shard: new Shard(1, 2));
        Assert.That(
            () => _folder.Open((Fixtures.Plan with { Rounds = 5 }).Prepare(), shard: new Shard(2, 2)),
            Throws.TypeOf<ExperimentConflictException>().With.Message.Contains("rounds is 4 there and 5 here"));
    }

    private void Stop(int finished)
    {
        using var stop = new CancellationTokenSource();
        if (finished == 0)
        {
            stop.Cancel();
        }

        var options = new ExperimentOptions { MaxDegreeOfParallelism = 1, Progress = new Stopping(finished, stop) };
        Assert.That(ExperimentRunner.Run(Experiment, _folder, options, stop.Token).Runs, Has.Count.EqualTo(finished));
    }

    private sealed class Stopping(int runs, CancellationTokenSource stop) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value)
        {
            if (value.FinishedRuns == runs)
            {
                stop.Cancel();
            }
        }
    }
}
