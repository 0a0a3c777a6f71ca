using System.Text.Json;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class BenchScenarioTests
{
    private static readonly string[] Job =
    [
        "bench", "--dataset", "Digits", "--strategy", "OpenSetFilter:Margin,Random", "--model", "LogisticRegression", "--batch-size", "10",
        "--folds", "2", "--queries", "3", "--seeds", "2", "--seed", "3", "--imbalance", "0.2", "--open-set", "0.4",
    ];

    [Test]
    public void ItRunsIsStoredAndCanBeRepeated()
    {
        string root = ToolRun.TemporaryFolder();
        var folder = new ExperimentFolder(Path.Combine(root, "first"));
        ToolRun run = ToolRun.Of([.. Job, "--out", folder.Path, "--threads", "1"]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("open-set 0.4, imbalance 0.2, seed 3"));
        StoredResults stored = folder.ReadResults();
        Assert.That(stored.Runs, Has.Count.EqualTo(8));
        Assert.That(stored.Runs.Select(r => r.Spec.Scenario), Is.All.EqualTo("open-set 0.4, imbalance 0.2, seed 3"));
        Assert.That(folder.ReadManifest()!.Scenario, Is.EqualTo("open-set 0.4, imbalance 0.2, seed 3"));
        Assert.That(File.ReadAllText(folder.ReportFile), Does.Contain("purity of all queries").And.Contain("recall of known classes"));

        string command = folder.ReadManifest()!.Command!;
        Assert.That(command, Does.Contain(" --open-set 0.4 --imbalance 0.2 "));
        var again = new ExperimentFolder(Path.Combine(root, "again"));
        Assert.That(ToolRun.Of([.. command.Split(' ')[1..], "--out", again.Path, "--threads", "2"]).ExitCode, Is.Zero);
        Assert.That(ResultComparer.Differences(stored.Runs, again.ReadResults().Runs), Is.Empty);
    }

    [Test]
    public void AStoppedRunGoesOnWhereItWas()
    {
        string root = ToolRun.TemporaryFolder();
        var whole = new ExperimentFolder(Path.Combine(root, "whole"));
        var folder = new ExperimentFolder(Path.Combine(root, "stopped"));
        Assert.That(ToolRun.Of([.. Job, "--out", whole.Path]).ExitCode, Is.Zero);
        Directory.CreateDirectory(folder.Path);
        File.Copy(whole.ManifestFile, folder.ManifestFile);
        string[] lines = File.ReadAllLines(whole.ResultsFile);

        // Three whole lines, and one that was cut off.
        File.WriteAllText(folder.ResultsFile, string.Join('\n', lines[..3]) + "\n" + lines[3][..40]);
        ToolRun run = ToolRun.Of([.. Job, "--out", folder.Path, "--json"]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("line 4 was cut off").And.Contain("3 of 8 runs were done before; 5 runs on "));
        StoredResults stored = folder.ReadResults();
        Assert.That(stored.Warnings, Is.Empty);
        Assert.That(ResultComparer.Differences(whole.ReadResults().Runs, stored.Runs), Is.Empty);
        Assert.That(File.ReadAllLines(folder.ResultsFile)[..3], Is.EqualTo(lines[..3]), "what was there is not run again");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("finishedRuns").GetInt32(), Is.EqualTo(8));
        Assert.That(json.RootElement.GetProperty("summary")[0].GetProperty("scenario").GetString(), Is.EqualTo("open-set 0.4, imbalance 0.2, seed 3"));

        Assert.That(ToolRun.Of([.. Job, "--out", folder.Path]).Error, Does.StartWith("All 8 runs were done before."));
        ToolRun other = ToolRun.Of([.. Job[..^2], "--out", folder.Path]);
        Assert.That(other.ExitCode, Is.EqualTo(2));
        Assert.That(other.ErrorLines.Single(), Does.Contain("holds results of other settings: ").And.Contain("open-set 0.4, imbalance 0.2, seed 3 there"));
        Assert.That(folder.ReadResults().Runs, Has.Count.EqualTo(8));
    }

    [Test]
    public void KnownClassesAreNamed()
    {
        string folder = ToolRun.TemporaryFolder();
        ToolRun run = ToolRun.Of(
            "bench", "--dataset", "Iris", "--strategy", "Random", "--model", "LogisticRegression", "--folds", "2", "--queries", "2", "--seeds", "1",
            "--known-classes", "setosa,2", "--metric", "purity", "--out", folder);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("purity of all queries ↑"));
        Assert.That(new ExperimentFolder(folder).ReadManifest()!.Command, Does.Contain(" --known-classes setosa,2 "));
        Assert.That(new ExperimentFolder(folder).ReadResults().Runs[0].Spec.Scenario, Is.EqualTo("open-set (known: setosa, 2)"));
    }

    [TestCase("an imbalance factor of 0", "--imbalance", "0")]
    [TestCase("must be a number", "--imbalance", "much")]
    [TestCase("strictly between 0 and 1", "--open-set", "1")]
    [TestCase("All 3 classes", "--known-classes", "0,1,2")]
    [TestCase("rose", "--known-classes", "rose")]
    [TestCase("give --open-set RATE too", "--known-classes", "ALScope")]
    [TestCase("ALScope has no list of known classes for dataset", "--known-classes", "alscope", "--open-set", "0.4")]
    [TestCase("would be left; each class needs one", "--imbalance", "0.001")]
    [TestCase("is for classification, Diabetes is for regression", "--imbalance", "0.2", "--dataset", "Diabetes")]
    public void ImpossibleValuesAreRefusedInOneLine(string message, params string[] options)
    {
        string[] dataset = options.Contains("--dataset") ? [] : ["--dataset", "Iris"];
        ToolRun run = ToolRun.Of(["bench", .. dataset, .. options, "--out", ToolRun.TemporaryFolder()]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.ErrorLines.Single(), Does.Contain(message).IgnoreCase);
    }
}
