using System.Text.Json;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class BenchTests
{
    private static readonly string[] Small =
    [
        "bench", "--dataset", "iris", "--strategy", "margin,RANDOMACQUISITION", "--model", "logisticregression",
        "--folds", "3", "--queries", "4", "--seeds", "2", "--seed", "5",
    ];

    [Test]
    public void ItWritesResultsAndAReportAndPrintsASummary()
    {
        string folder = ToolRun.TemporaryFolder();
        ToolRun run = ToolRun.Of([.. Small, "--out", folder]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.ErrorLines[0], Does.StartWith("12 runs on "));
        Assert.That(run.ErrorLines[1..], Is.EqualTo(new[] { "25 %: 3 of 12 runs", "50 %: 6 of 12 runs", "75 %: 9 of 12 runs", "100 %: 12 of 12 runs" }));
        Assert.That(run.Output, Does.StartWith("╭").And.Not.Contain(" of 12 runs"));
        Assert.That(run.Output, Does.Contain("MarginalConfidence").And.Contain("IPAUC").And.Contain("best").And.Contain("report.html"));
        StoredResults stored = new ExperimentFolder(folder).ReadResults();
        Assert.That(stored.Runs, Has.Count.EqualTo(12));
        Assert.That(stored.Runs.Select(r => r.Spec.Seed).Distinct(), Is.EqualTo(new[] { 5L, 6L }));
        Assert.That(stored.Runs.Select(r => r.Metrics["accuracy"].Count), Is.All.EqualTo(5));
        Assert.That(File.ReadAllText(Path.Combine(folder, "report.html")), Does.Contain("<svg"));
    }

    [TestCase("--batch-size", "1000")]
    [TestCase("--start", "kperclass:1000")]
    public void APoolThatIsEmptyAtOnceIsANotice(string option, string value)
    {
        ToolRun run = ToolRun.Of([.. Small, option, value, "--out", ToolRun.TemporaryFolder()]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.ErrorLines[^1], Does.StartWith("The pool was empty after one query, so strategies cannot differ"));
    }

    [Test]
    public void TheSameSeedGivesTheSameResultsOnOneThreadAndOnTwo()
    {
        string folder = ToolRun.TemporaryFolder();
        string[] job =
        [
            "bench", "--dataset", "BreastCancer,Diabetes", "--strategy", "LeastConfidence,VarianceReduction,Thompson,Random", "--start", "cold,warm",
            "--folds", "2", "--queries", "3", "--seeds", "1", "--seed", "11",
        ];
        StoredResults Run(string threads)
        {
            string path = Path.Combine(folder, threads);
            Assert.That(ToolRun.Of([.. job, "--threads", threads, "--out", path]).ExitCode, Is.Zero);
            return new ExperimentFolder(path).ReadResults();
        }

        StoredResults one = Run("1"), two = Run("2");
        Assert.That(one.Runs, Has.Count.EqualTo(20));
        Assert.That(ResultComparer.Differences(one.Runs, two.Runs), Is.Empty);
        Assert.That(one.Runs.Select(ResultComparer.Canonical), Is.EqualTo(two.Runs.Select(ResultComparer.Canonical)));
    }

    [Test]
    public void TheCommandInTheReportGivesTheSameResults()
    {
        string folder = ToolRun.TemporaryFolder();
        var first = new ExperimentFolder(Path.Combine(folder, "first"));
        var second = new ExperimentFolder(Path.Combine(folder, "second"));
        Assert.That(ToolRun.Of([.. Small, "--raw-features", "--batch-size", "2", "--start", "warm:0.2,kperclass:2", "--out", first.Path]).ExitCode, Is.Zero);
        string[] command = first.ReadManifest()!.Command!.Split(' ');
        Assert.That(command[0], Is.EqualTo("pyrelational"));
        Assert.That(ToolRun.Of([.. command[1..], "--out", second.Path]).ExitCode, Is.Zero);
        Assert.That(first.ReadResults().Runs, Is.Not.Empty);
        Assert.That(ResultComparer.Differences(first.ReadResults().Runs, second.ReadResults().Runs), Is.Empty);
        Assert.That(second.ReadManifest()!.Command, Is.EqualTo(first.ReadManifest()!.Command));
    }

    [Test]
    public void JsonIsOneObjectAndNothingElse()
    {
        ToolRun run = ToolRun.Of([.. Small, "--json", "--metric", "rmse,accuracy", "--out", ToolRun.TemporaryFolder()]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("finishedRuns").GetInt32(), Is.EqualTo(12));
        JsonElement[] summary = [.. json.RootElement.GetProperty("summary").EnumerateArray()];
        Assert.That(summary.Select(s => s.GetProperty("strategy").GetString()), Is.EqualTo(new[] { "MarginalConfidence", "RandomAcquisition" }));
        Assert.That(summary.Select(s => s.GetProperty("metric").GetString()), Is.All.EqualTo("accuracy"));
        Assert.That(summary.Select(s => s.GetProperty("runs").GetInt32()), Is.All.EqualTo(6));
        Assert.That(summary.Select(s => s.GetProperty("ipauc").GetProperty("mean").GetDouble()), Is.All.InRange(0.3, 1));
    }

    [Test]
    public void AStrategyThatDoesNotFitADatasetIsLeftOutAloud()
    {
        ToolRun run = ToolRun.Of([.. Small, "--strategy", "Variance", "--out", ToolRun.TemporaryFolder()]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("Left out: VarianceReduction is for regression, Iris is for classification."));
    }

    [Test]
    public void TheUsersOwnTableIsOneMoreDataset()
    {
        string folder = ToolRun.TemporaryFolder();
        string file = Path.Combine(folder, "my data.csv");
        IEnumerable<string> rows = Enumerable.Range(0, 30).Select(i => $"{(i % 2 == 0 ? "red" : "blue")};{i}.5;{(i < 15 ? "small" : "large")}");
        File.WriteAllLines(file, ["colour;size;kind", .. rows]);
        ToolRun run = ToolRun.Of(
            "bench", "--data", file, "--target", "kind", "--strategy", "Entropy,Random", "--model", "LogisticRegression",
            "--folds", "3", "--queries", "5", "--out", folder);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(new ExperimentFolder(folder).ReadResults().Runs.Select(r => r.Spec.Dataset).Distinct(), Is.EqualTo(new[] { "my data" }));
        Assert.That(new ExperimentFolder(folder).ReadManifest()!.Command, Does.Contain("my data.csv' --target kind"));
    }

    [Test]
    public void MissingValuesAreImputedWhereAskedFor()
    {
        string folder = ToolRun.TemporaryFolder();
        string file = Path.Combine(folder, "table.csv");
        File.WriteAllLines(file, ["x,y", ",0.5", .. Enumerable.Range(1, 20).Select(i => $"{i},{i}.25")]);
        string[] job = ["bench", "--data", file, "--strategy", "Random", "--folds", "2", "--queries", "2", "--seeds", "1", "--out", folder];
        Assert.That(ToolRun.Of(job).ExitCode, Is.EqualTo(2));
        Assert.That(ToolRun.Of([.. job, "--missing", "Median", "--task", "regression"]).ExitCode, Is.Zero);
    }

    [Test]
    public void ColumnsAreIgnoredOrTakenForCategoriesWhereAskedFor()
    {
        string folder = ToolRun.TemporaryFolder();
        string file = Path.Combine(folder, "table.csv");
        File.WriteAllLines(file, ["id,zone,x,y", .. Enumerable.Range(0, 20).Select(i => $"row{i},{(i % 2 == 0 ? "1" : "1a")},{i},{i}.25")]);
        string[] job = ["bench", "--data", file, "--strategy", "Random", "--folds", "2", "--queries", "2", "--seeds", "1", "--out", folder];
        ToolRun refused = ToolRun.Of(job);
        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Error, Does.Contain("line 3, column 'zone'").And.Contain("list the column in --categorical."));
        Assert.That(ToolRun.Of([.. job, "--categorical", "zone", "--ignore", "id"]).ExitCode, Is.Zero);
        Assert.That(new ExperimentFolder(folder).ReadManifest()!.Command, Does.Contain("--categorical zone --ignore id"));
    }

    [Test]
    public void ATableWithoutAHeaderIsReadAsSuch()
    {
        string folder = ToolRun.TemporaryFolder();
        string file = Path.Combine(folder, "table.csv");
        File.WriteAllLines(file, Enumerable.Range(0, 20).Select(i => $"{i},{(i < 10 ? "low" : "high")}"));
        string[] job = ["bench", "--data", file, "--strategy", "Random", "--folds", "2", "--queries", "2", "--seeds", "1", "--out", folder];
        Assert.That(ToolRun.Of(job).ExitCode, Is.EqualTo(2));
        ToolRun run = ToolRun.Of([.. job, "--no-header", "--target", "column 2"]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(new ExperimentFolder(folder).ReadManifest()!.Command, Does.Contain(" --no-header --target 'column 2'"));
    }

    [Test]
    public void FailedRunsEndWithOneAndAreExplainedInOneLine()
    {
        string folder = ToolRun.TemporaryFolder();
        string file = Path.Combine(folder, "table.csv");
        File.WriteAllLines(file, ["x,y", .. Enumerable.Range(1, 20).Select(i => $"{i},{i % 7}e300")]);
        ToolRun run = ToolRun.Of(
            "bench", "--data", file, "--task", "regression", "--strategy", "Random", "--folds", "2", "--queries", "2", "--seeds", "1", "--out", folder);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.ErrorLines[^1], Does.StartWith("2 of 2 runs failed. The first, table/cold/RandomAcquisition, fold 1 of 2, seed 0: "));
        Assert.That(run.Error, Does.Not.Contain("Parameter '"));
    }

    [Test]
    public void AReportThatCannotBeWrittenIsRefusedAndTheResultsAreKept()
    {
        string folder = ToolRun.TemporaryFolder();
        Directory.CreateDirectory(new ExperimentFolder(folder).ReportFile);
        ToolRun run = ToolRun.Of([.. Small, "--out", folder]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.ErrorLines[^1], Does.StartWith($"pyrelational: The output folder '{folder}' cannot be written; choose another one with --out."));
        Assert.That(new ExperimentFolder(folder).ReadResults().Runs, Has.Count.EqualTo(12));
    }

    [Test]
    public void BegunAnewItKeepsEarlierResultsAside()
    {
        string folder = ToolRun.TemporaryFolder();
        ToolRun.Of([.. Small, "--out", folder]);
        ToolRun run = ToolRun.Of([.. Small, "--start", "warm", "--fresh", "--out", folder]);
        Assert.That(run.Error, Does.Contain("earlier results of this folder are kept in"));
        Assert.That(ResultReader.Read(new ExperimentFolder(folder).PreviousResultsFile).Runs.Select(r => r.Spec.Start), Is.All.EqualTo("cold"));
        Assert.That(new ExperimentFolder(folder).ReadResults().Runs.Select(r => r.Spec.Start), Is.All.EqualTo("warm"));
    }

    [Test]
    public void OtherSettingsInTheSameFolderAreRefusedWithWhatDiffersAndWhatToDo()
    {
        string folder = ToolRun.TemporaryFolder();
        ToolRun.Of([.. Small, "--out", folder]);
        ToolRun run = ToolRun.Of([.. Small, "--start", "warm", "--out", folder]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(
            run.Error, Does.Contain("start is cold there and warm here").And.Contain("(--out)").And.Contain("(--fresh)").And.Contain(": pyrelational bench "));
        Assert.That(new ExperimentFolder(folder).ReadResults().Runs.Select(r => r.Spec.Start), Is.All.EqualTo("cold"));
    }

    [Test]
    public void AChangedTableUnderTheSameNameIsRefused()
    {
        string folder = ToolRun.TemporaryFolder();
        string file = Path.Combine(folder, "table.csv");
        string[] job = ["bench", "--data", file, "--strategy", "Random", "--folds", "2", "--queries", "2", "--seeds", "1", "--out", folder];
        string[] rows = ["x,y", .. Enumerable.Range(1, 20).Select(i => $"{i},{i}.25")];
        File.WriteAllLines(file, rows);
        Assert.That(ToolRun.Of(job).ExitCode, Is.Zero);
        rows[7] = "7,7.75";
        File.WriteAllLines(file, rows);
        ToolRun run = ToolRun.Of(job);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("the data of table are not the same, although their name is"));
    }

    [Test]
    public void TheSameCommandGoesOnWithWhatIsMissing()
    {
        string folder = ToolRun.TemporaryFolder(), file = new ExperimentFolder(folder).ResultsFile, report = new ExperimentFolder(folder).ReportFile;
        ToolRun first = ToolRun.Of([.. Small, "--threads", "1", "--out", folder]);
        string[] lines = File.ReadAllLines(file);
        File.WriteAllText(file, string.Join('\n', lines[..5]) + "\n" + lines[5][..80]);
        ToolRun run = ToolRun.Of([.. Small, "--threads", "1", "--out", folder]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.ErrorLines[0], Does.Contain("line 6 was cut off"));
        Assert.That(run.ErrorLines[1], Is.EqualTo("5 of 12 runs were done before; 7 runs on 1 threads"));
        Assert.That(run.Output, Is.EqualTo(first.Output));
        Assert.That(File.ReadAllLines(file).Length, Is.EqualTo(12));
        File.Delete(report);
        ToolRun again = ToolRun.Of([.. Small, "--out", folder]);
        Assert.That(again.Error.TrimEnd(), Is.EqualTo("All 12 runs were done before. --fresh does them anew."));
        Assert.That(again.Output, Is.EqualTo(first.Output));
        Assert.That(File.Exists(report), Is.True);
    }

    [Test]
    public void StoppedInTheMiddleItKeepsAndReportsWhatIsFinished()
    {
        string folder = ToolRun.TemporaryFolder();
        using var stop = new CancellationTokenSource();
        ToolRun run = ToolRun.Of(new StoppingWriter("25 %", stop), stop.Token, [.. Small, "--threads", "1", "--out", folder]);
        Assert.That(run.ExitCode, Is.EqualTo(130));
        StoredResults stored = new ExperimentFolder(folder).ReadResults();
        Assert.That(stored.Runs.Count, Is.InRange(2, 11));
        Assert.That(stored.Warnings, Is.Empty);
        Assert.That(run.Error, Does.Contain($"Stopped: {stored.Runs.Count} of 12 runs are finished"));
        Assert.That(File.ReadAllText(Path.Combine(folder, "report.html")), Does.Contain($"{stored.Runs.Count} of 12 runs were finished"));
    }

    /// <summary>Presses Ctrl+C when a text is written.</summary>
    private sealed class StoppingWriter(string text, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(text, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
