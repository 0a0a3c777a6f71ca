using System.Diagnostics;
using System.Globalization;
using PyRelationAL.Cli;
using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

/// <summary>The tool as a process of its own, as users have it.</summary>
public sealed class ProcessTests
{
    [Test]
    public void TheDefaultJobEndsInUnderAMinuteAndNamesItsReport()
    {
        string folder = ToolRun.TemporaryFolder();
        var clock = Stopwatch.StartNew();
        using Process process = Start(folder, "bench");
        string error = process.StandardError.ReadToEnd();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That(output, Does.Contain(Path.Combine("results", "bench", "report.html")));
        StoredResults stored = new ExperimentFolder(Path.Combine(folder, "results", "bench")).ReadResults();
        Assert.That(stored.Runs.Select(run => (run.Spec.Dataset, run.Spec.Start, run.Spec.Strategy)).Distinct(), Is.EqualTo(new[]
        {
            ("BreastCancer", "cold", "LeastConfidence"), ("BreastCancer", "cold", "RandomAcquisition"),
            ("Diabetes", "cold", "VarianceReduction"), ("Diabetes", "cold", "RandomAcquisition"),
        }));
        Assert.That(stored.Runs.Select(run => run.Status), Is.All.EqualTo(RunStatus.Succeeded));
    }

    [Test]
    public void BadInputEndsWithTwoAndOneLine()
    {
        using Process process = Start(ToolRun.TemporaryFolder(), "bench", "--dataset", "nothing");
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(2));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public void AnInterruptEndsWith130AndKeepsWhatIsFinished()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("There is no signal to send to another process.");
        }

        string folder = ToolRun.TemporaryFolder();
        using Process process = Start(
            folder, "bench", "--dataset", "Iris,Digits", "--strategy", "Random", "--model", "LogisticRegression",
            "--folds", "2", "--queries", "500", "--seeds", "200", "--out", "out");
        // Its first line: the runs have begun.
        Assert.That(process.StandardOutput.ReadLine(), Does.Contain("runs on"));
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(130), error);
        StoredResults stored = new ExperimentFolder(Path.Combine(folder, "out")).ReadResults();
        Assert.That(error, Does.Contain($"Stopped: {stored.Runs.Count} of 800 runs"));
    }

    private static Process Start(string workingDirectory, params string[] args)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return Process.Start(new ProcessStartInfo(host, [typeof(Tool).Assembly.Location, .. args])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
