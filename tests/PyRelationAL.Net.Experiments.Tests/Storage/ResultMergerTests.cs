using PyRelationAL.Experiments;

namespace PyRelationAL.Tests.Storage;

public sealed class ResultMergerTests
{
    private static readonly PreparedExperiment Experiment = Fixtures.Plan.Prepare();
    private static readonly ExperimentResults Undisturbed = ExperimentRunner.Run(Experiment);

    private string _root = null!;

    [SetUp]
    public void MakeFolder() => _root = Fixtures.TemporaryFolder();

    [Test]
    public void PartsOfOnePlanBecomeTheWhole()
    {
        ExperimentFolder[] parts = [.. Enumerable.Range(1, 3).Select(i => Made($"part{i}", Experiment, new Shard(i, 3)))];
        ExperimentFolder whole = Folder("whole");
        StoredResults merged = ResultMerger.Merge(parts, whole);
        Assert.That(merged.Warnings, Is.Empty);
        Assert.That(whole.ReadResults().Runs.Select(ResultComparer.Canonical), Is.EqualTo(Undisturbed.Runs.Select(ResultComparer.Canonical)));
        Assert.That(File.ReadAllLines(whole.ResultsFile), Has.Length.EqualTo(12));
        Assert.That(whole.ReadManifest()!.PlannedRuns, Is.EqualTo(12));
        using ExperimentSession session = whole.Open(Experiment);
        Assert.That(session.Remaining.Runs, Is.Empty);
    }

    [Test]
    public void EqualDuplicatesBecomeOne()
    {
        ExperimentFolder first = Made("first", Experiment), second = Made("second", Experiment, new Shard(1, 2));
        ResultMerger.Merge([first, second], Folder("both"));
        Assert.That(File.ReadAllLines(Folder("both").ResultsFile), Has.Length.EqualTo(12));
    }

    [Test]
    public void ThePlacesOfQueriedItemsArePutTogether()
    {
        ExperimentFolder undivided = Made("undivided", Experiment), merged = Folder("merged");
        HtmlReport.Write(undivided, experiment: Experiment);
        ExperimentFolder[] parts = [.. Enumerable.Range(1, 12).Select(i => Made($"part{i}", Experiment, new Shard(i, 12)))];
        Assert.That(parts.Count(part => part.ProjectionFiles.Count > 0), Is.EqualTo(2), "two strategies have a run of the first fold and seed");
        Assert.That(ResultMerger.Merge(parts, merged).Warnings, Is.Empty);
        QueryProjection expected = Projection(undivided), actual = Projection(merged);
        Assert.That(Places(actual), Is.EquivalentTo(Places(expected)));
        Assert.That((actual.Spec, actual.ClassNames, actual.Explained), Is.EqualTo((expected.Spec, expected.ClassNames, expected.Explained)));
        HtmlReport.Write(merged);
        Assert.That(File.ReadAllText(merged.ReportFile), Does.Contain("queried items of RandomAcquisition").And.Contain("queried items of MarginalConfidence"));

        static IEnumerable<(int Item, double X, double Y, int Class)> Places(QueryProjection p) =>
            p.Items.Select((item, i) => (item, p.X[i], p.Y[i], p.Classes![i]));
    }

    [Test]
    public void PlacesThatContradictEachOtherAreThoseOfTheFirstFolder()
    {
        ExperimentFolder first = Made("first", Experiment, new Shard(1, 2)), second = Made("second", Experiment, new Shard(2, 2));
        QueryProjection places = Projection(first);
        QueryProjection mirrored = places with
        {
            Items = [.. places.Items, 150],
            X = [.. places.X.Select(x => -x), 0],
            Y = [.. places.Y, 0],
            Classes = [.. places.Classes!, 0],
        };
        QueryProjection.Write(second.ProjectionFile, [mirrored]);
        StoredResults merged = ResultMerger.Merge([first, second], Folder("both"));
        Assert.That(merged.Warnings, Has.Some.Contains("projection.json has items of Iris in other places than the files before it"));
        Assert.That(Projection(Folder("both")).Items, Does.Not.Contain(150));
        Assert.That(Projection(Folder("both")).X.Take(places.X.Count), Is.EqualTo(places.X));
    }

    [Test]
    public void DuplicatesThatDifferAreRefusedByName()
    {
        RunResult run = Undisturbed.Runs[3];
        ExperimentFolder first = Stored("first", run), second = Stored("second", run with { Queried = [[99]] });
        Assert.That(
            () => ResultMerger.Merge([first, second], Folder("both")),
            Throws.TypeOf<ExperimentConflictException>().With.Message.Match(
                $"contradict each other: {run.Spec} has one result in .*first.results.jsonl, line 1 and another one in .*second.results.jsonl, line 1"));
        Assert.That(File.Exists(Folder("both").ResultsFile), Is.False);
    }

    [Test]
    public void DifferentDataAreRefused() => Assert.That(
        () => ResultMerger.Merge(
            [Stored("first", Undisturbed.Runs[0]), Stored("second", Undisturbed.Runs[1] with { DataFingerprint = "other" })], Folder("both")),
        Throws.TypeOf<ExperimentConflictException>().With.Message.Contains("the data of Iris are not the same in "));

    [Test]
    public void DifferentVersionsAreAWarning()
    {
        StoredResults merged = ResultMerger.Merge(
            [Stored("first", Undisturbed.Runs[0]), Stored("second", Undisturbed.Runs[1] with { Version = "9.9" })], Folder("both"));
        Assert.That(merged.Warnings.Single(), Does.Contain("different versions").And.Contain("9.9 (1 runs)"));
    }

    [Test]
    public void ASuccessReplacesAFailure()
    {
        RunResult run = Undisturbed.Runs[0];
        RunResult failed = run with
        {
            Status = RunStatus.Failed,
            Metrics = Fixtures.Failure("x", 0, "y").Metrics,
            LabelledCounts = [],
            Error = new RunError("T", "m", null),
        };
        Assert.That(ResultMerger.Merge([Stored("first", failed), Stored("second", run)], Folder("both")).Runs.Single().Status, Is.EqualTo(RunStatus.Succeeded));
    }

    [Test]
    public void RunsOfDifferentPlansAreNumberedAnew()
    {
        PreparedExperiment other = (Fixtures.Plan with { Seeds = [3] }).Prepare();
        ExperimentFolder whole = Folder("whole");
        StoredResults merged = ResultMerger.Merge([Made("first", Experiment), Made("second", other)], whole);
        Assert.That(merged.Runs.Select(run => run.Index), Is.EqualTo(Enumerable.Range(0, 18)));
        Assert.That(merged.Runs.Select(run => run.Spec), Is.EqualTo(Experiment.Runs.Concat(other.Runs)));
        Assert.That(whole.ReadManifest()!.PlannedRuns, Is.EqualTo(18));
        Assert.That(whole.ReadManifest()!.Settings, Is.Null);
    }

    [Test]
    public void TheFilesOfShardsBecomeOneInTheirFolder()
    {
        ExperimentFolder folder = Made("all", Experiment, new Shard(1, 2));
        Made("all", Experiment, new Shard(2, 2));
        Assert.That(folder.ResultFiles, Has.Count.EqualTo(2));
        ResultMerger.Merge([folder], folder);
        Assert.That(folder.ResultFiles, Is.EqualTo(new[] { folder.ResultsFile }));
        Assert.That(folder.ProjectionFiles, Is.EqualTo(new[] { folder.ProjectionFile }));
        Assert.That(folder.ReadResults().Runs.Select(ResultComparer.Canonical), Is.EqualTo(Undisturbed.Runs.Select(ResultComparer.Canonical)));
    }

    [Test]
    public void AFolderThatIsWrittenIsNotMergedInPlace()
    {
        ExperimentFolder folder = Made("all", Experiment);
        using ExperimentSession session = folder.Open(Experiment, shard: new Shard(1, 2));
        Assert.That(
            () => ResultMerger.Merge([folder], folder), Throws.TypeOf<ExperimentConflictException>().With.Message.Contains("Another process is writing"));
    }

    [Test]
    public void ATargetWithResultsAndASourceWithoutAreRefused()
    {
        ExperimentFolder first = Stored("first", Undisturbed.Runs[0]), second = Stored("second", Undisturbed.Runs[1]);
        Assert.That(() => ResultMerger.Merge([first], second), Throws.TypeOf<ExperimentConflictException>().With.Message.Contains("holds results already"));
        Assert.That(() => ResultMerger.Merge([first, Folder("none")], Folder("both")), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("none"));
    }

    private ExperimentFolder Folder(string name) => new(Path.Combine(_root, name));

    private static QueryProjection Projection(ExperimentFolder folder) => QueryProjection.Read([folder], []).Single();

    private ExperimentFolder Made(string name, PreparedExperiment experiment, Shard? shard = null)
    {
        ExperimentFolder folder = Folder(name);
        using ExperimentSession session = folder.Open(experiment, shard: shard);
        session.Run();
        return folder;
    }

    private ExperimentFolder Stored(string name, params RunResult[] runs)
    {
        ExperimentFolder folder = Folder(name);
        using ResultWriter writer = folder.Continue(new ExperimentManifest { PlannedRuns = 12, Threads = 1 });
        foreach (RunResult run in runs)
        {
            writer.Append(run);
        }

        return folder;
    }
}
