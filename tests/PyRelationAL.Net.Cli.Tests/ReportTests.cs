using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class ReportTests
{
    [Test]
    public void TheReportIsMadeAnewFromStoredResultsByAnotherMetric()
    {
        string folder = Bench();
        string report = Path.Combine(folder, "report.html");
        string before = File.ReadAllText(report);
        File.Delete(report);
        Assert.That(ToolRun.Of("report", folder).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(report), Is.EqualTo(before));
        ToolRun run = ToolRun.Of("report", folder, "--metric", "log-loss", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("\"runs\": 4"));
        Assert.That(before, Does.Contain("balanced accuracy").And.Not.Contain("log loss"));
        Assert.That(File.ReadAllText(report), Does.Contain("log loss").And.Not.Contain("balanced accuracy"));
    }

    [Test]
    public void ACutLastLineIsAWarning()
    {
        string folder = Bench();
        string file = new ExperimentFolder(folder).ResultsFile;
        File.WriteAllText(file, File.ReadAllText(file)[..^30]);
        ToolRun run = ToolRun.Of("report", folder);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Does.StartWith("warning: ").And.Contain("line 4 was cut off"));
        Assert.That(File.ReadAllText(Path.Combine(folder, "report.html")), Does.Contain("3 of 4 runs were finished"));
    }

    private static string Bench()
    {
        string folder = ToolRun.TemporaryFolder();
        ToolRun run = ToolRun.Of(
            "bench", "--dataset", "Iris", "--strategy", "Margin,Random", "--model", "LogisticRegression",
            "--folds", "2", "--queries", "2", "--seeds", "1", "--out", folder);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return folder;
    }
}
