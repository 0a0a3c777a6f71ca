using PyRelationAL.Experiments;

namespace PyRelationAL.Tests.Storage;

public sealed class ResultStorageTests
{
    private static readonly RunResult[] Results =
    [
        Fixtures.Result("A", 0, [1.0 / 3, Math.PI, 5e-324, -1.7976931348623157e308], index: 0),
        Fixtures.Result("B", 0, [0.1 + 0.2, double.NaN], index: 1),
        Fixtures.Failure("C", 1, "line one\nline \"two\" <é>") with { Index = 2 },
    ];

    [Test]
    public void WhatIsWrittenIsReadBackBitForBit()
    {
        string file = Write(Results);
        StoredResults stored = ResultReader.Read(file);
        Assert.That(stored.Warnings, Is.Empty);
        Assert.That(ResultComparer.Differences(Results, stored.Runs), Is.Empty);
        Assert.That(stored.Runs[0].Metrics["accuracy"].Select(BitConverter.DoubleToInt64Bits),
            Is.EqualTo(Results[0].Metrics["accuracy"].Select(BitConverter.DoubleToInt64Bits)));
        Assert.That(stored.Runs[0].Timings, Is.EqualTo(Results[0].Timings));
        Assert.That(stored.Runs[2].Error, Is.EqualTo(Results[2].Error));
    }

    [Test]
    public void OlderResultsHaveNoClassesOfQueriesAndAreStillTheSame()
    {
        RunResult now = Results[0] with { QueriedClasses = [[1], [-1], [0]] };
        string file = Write([now]);
        Assert.That(ResultReader.Read(file).Runs[0].QueriedClasses, Is.EqualTo(now.QueriedClasses));
        string line = File.ReadAllText(file);
        File.WriteAllText(file, line.Replace("\"queriedClasses\":[[1],[-1],[0]],", string.Empty));
        Assert.That(File.ReadAllText(file), Has.Length.LessThan(line.Length));
        StoredResults older = ResultReader.Read(file);
        Assert.That(older.Runs[0].QueriedClasses, Is.Null);
        Assert.That(ResultComparer.Differences([now], older.Runs), Is.Empty);
    }

    [Test]
    public void EachResultIsOneLine() => Assert.That(File.ReadAllLines(Write(Results)), Has.Length.EqualTo(Results.Length));

    [Test]
    public void ALineIsOnDiskAsSoonAsItIsAppended()
    {
        string file = Fixtures.TemporaryFile("results.jsonl");
        using var writer = new ResultWriter(file);
        writer.Append(Results[0]);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Assert.That(new StreamReader(stream).ReadToEnd(), Does.EndWith("}\n"));
    }

    [Test]
    public void ResultsAreReadInTheOrderOfThePlan() =>
        Assert.That(ResultReader.Read(Write([Results[2], Results[0], Results[1]])).Runs.Select(run => run.Index), Is.EqualTo(new[] { 0, 1, 2 }));

    [Test]
    public void AFileCutAnywhereLosesTheCutLineOnly()
    {
        string file = Write(Results);
        byte[] whole = File.ReadAllBytes(file);
        int lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        foreach (int length in Enumerable.Range(lastLine + 1, whole.Length - lastLine - 1).Where(length => length % 7 == 0 || length == whole.Length - 1))
        {
            File.WriteAllBytes(file, whole[..length]);
            StoredResults stored = ResultReader.Read(file);
            Assert.That(stored.Runs, Has.Count.EqualTo(2), $"cut at {length}");
            Assert.That(stored.Warnings.Single(), Does.Contain("line 3 was cut off"));
        }
    }

    [Test]
    public void ADamagedLineInTheMiddleIsAnErrorThatNamesIt()
    {
        string file = Write(Results);
        string[] lines = File.ReadAllLines(file);
        lines[1] = lines[1][..20];
        File.WriteAllLines(file, lines);
        Assert.That(() => ResultReader.Read(file), Throws.TypeOf<ResultFormatException>().With.Message.Contains("line 2: this is not a result"));
    }

    [TestCase("\"metrics\":{\"accuracy\":[", "\"metrics\":null,\"unknown\":{\"accuracy\":[", "this is not a result")]
    [TestCase("\"metrics\":{\"accuracy\":[", "\"metrics\":{\"mse\":null,\"accuracy\":[", "a metric or count has not one value for each round")]
    [TestCase("\"metrics\":{\"accuracy\":[", "\"metrics\":{\"accuracy\":[0.5,", "a metric or count has not one value for each round")]
    [TestCase("\"spec\":{", "\"spec\":null,\"unknown\":{", "this is not a result")]
    public void AnEditedResultThatDoesNotAddUpIsAnErrorThatNamesItsLine(string text, string replacement, string expected)
    {
        string file = Write(Results);
        string[] lines = File.ReadAllLines(file);
        Assert.That(lines[1], Does.Contain(text));
        lines[1] = lines[1].Replace(text, replacement);
        File.WriteAllLines(file, lines);
        Assert.That(() => ResultReader.Read(file), Throws.TypeOf<ResultFormatException>().With.Message.Contains("line 2: " + expected));
    }

    [Test]
    public void ARunThatIsThereTwiceCountsOnceAndADifferenceIsAWarning()
    {
        StoredResults stored = ResultReader.Read(Write([.. Results, Results[0] with { Timings = null }, Results[1] with { StopReason = null }]));
        Assert.That(ResultComparer.Differences(Results, stored.Runs), Is.Empty);
        Assert.That(
            stored.Warnings.Single(),
            Does.StartWith("The results contradict each other: Toy/cold/B, fold 1 of 5, seed 0 has one result in ").And.EndWith("results.jsonl, line 5."));
    }

    [Test]
    public void ASuccessCountsMoreThanTheFailuresBeforeAndAfterIt()
    {
        RunResult success = Fixtures.Result("C", 1, [0.5, 0.75], index: 2);
        Assert.That(ResultReader.Read(Write([.. Results, success, Results[2]])).Runs[2].Status, Is.EqualTo(RunStatus.Succeeded));
        RunResult later = Results[2] with { Error = new RunError("Later", "later", null) };
        Assert.That(ResultReader.Read(Write([.. Results, later])).Runs[2].Error!.Message, Is.EqualTo("later"));
    }

    [Test]
    public void DifferentDataUnderOneNameAreAWarning()
    {
        StoredResults stored = ResultReader.Read(Write([Results[0] with { DataFingerprint = "aa" }, Results[1] with { DataFingerprint = "bb" }]));
        Assert.That(stored.Warnings.Single(), Does.Contain("the data of Toy are not the same in "));
    }

    [Test]
    public void ANewerLayoutIsRefused()
    {
        string file = Write([Results[0] with { Schema = RunResult.CurrentSchema + 1 }]);
        Assert.That(() => ResultReader.Read(file), Throws.TypeOf<ResultFormatException>().With.Message.Contains("newer version"));
    }

    [Test]
    public void DifferencesNameRunsThatDifferOrAreMissing()
    {
        RunResult changed = Results[0] with { Queried = [[99]] };
        Assert.That(ResultComparer.Differences([Results[0], Results[1]], [changed, Results[2]]), Is.EquivalentTo(new[]
        {
            "Toy/cold/A, fold 1 of 5, seed 0: the results differ",
            "Toy/cold/B, fold 1 of 5, seed 0: only in the first",
            "Toy/cold/C, fold 2 of 5, seed 0: only in the second",
        }));
    }

    [Test]
    public void TimingsVersionsAndStackTracesAreNoDifference()
    {
        RunResult[] other =
        [
            .. Results.Select(run => run with
            {
                Timings = null,
                Version = "other",
                Commit = "c",
                Machine = RunMachine.Current,
                Error = run.Error is null ? null : run.Error with { Details = "other" },
            }),
        ];
        Assert.That(ResultComparer.Differences(Results, other), Is.Empty);
    }

    [Test]
    public void AFolderKeepsTheResultsOfTheExperimentBefore()
    {
        var folder = new ExperimentFolder(Path.Combine(Fixtures.TemporaryFolder(), "new", "folder"));
        var manifest = new ExperimentManifest { PlannedRuns = 3, Threads = 1, Command = "pyrelational bench --data 'a b'", Metrics = ["rmse"] };
        foreach (RunResult result in Results[..2])
        {
            using ResultWriter writer = folder.Begin(manifest);
            writer.Append(result);
        }

        Assert.That(folder.ReadResults().Runs.Single().Spec.Strategy, Is.EqualTo("B"));
        Assert.That(ResultReader.Read(folder.PreviousResultsFile).Runs.Single().Spec.Strategy, Is.EqualTo("A"));
        Assert.That(folder.ReadManifest()!.Command, Is.EqualTo(manifest.Command));
        Assert.That(folder.ReadManifest()!.Metrics, Is.EqualTo(manifest.Metrics));
    }

    [Test]
    public void AStoppedExperimentGoesOnBehindItsLastWholeLine([Values(0, 1, 40)] int cut)
    {
        var folder = new ExperimentFolder(Fixtures.TemporaryFolder());
        var manifest = new ExperimentManifest { PlannedRuns = 3, Threads = 1 };
        using (ResultWriter writer = folder.Continue(manifest))
        {
            writer.Append(Results[0]);
            writer.Append(Results[1]);
        }

        File.WriteAllBytes(folder.ResultsFile, File.ReadAllBytes(folder.ResultsFile)[..^cut]);
        using (ResultWriter writer = folder.Continue(manifest))
        {
            // A line without its end counts as cut off, even if nothing else is missing.
            foreach (RunResult result in Results[(cut == 0 ? 2 : 1)..])
            {
                writer.Append(result);
            }
        }

        StoredResults stored = folder.ReadResults();
        Assert.That(stored.Warnings, Is.Empty);
        Assert.That(ResultComparer.Differences(Results, stored.Runs), Is.Empty);
    }

    private static string Write(IEnumerable<RunResult> results)
    {
        string file = Fixtures.TemporaryFile("results.jsonl");
        using var writer = new ResultWriter(file);
        foreach (RunResult result in results)
        {
            writer.Append(result);
        }

        return file;
    }
}
