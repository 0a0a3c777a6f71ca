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

        if (InterruptsAreIgnored())
        {
            Assert.Ignore("Whoever started the tests has them ignore interrupts, as a shell does in the background, and so would the tool.");
        }

        string folder = ToolRun.TemporaryFolder();
        using Process process = Start(
            folder, "bench", "--dataset", "Iris,Digits", "--strategy", "Random", "--model", "LogisticRegression",
            "--folds", "2", "--queries", "500", "--seeds", "200", "--out", "out");
        // Its first line: the runs have begun.
        Assert.That(process.StandardError.ReadLine(), Does.Contain("runs on"));
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

    [Test]
    public void AFullDiskEndsWithTwoAndOneLineAndKeepsWhatIsFinished()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("There is no shell that limits the size of files.");
        }

        string folder = ToolRun.TemporaryFolder();
        string tool = string.Join(' ', new[] { Host, typeof(Tool).Assembly.Location }.Select(part => $"'{part}'"));
        // A limit stands in for the disk; without the trap its signal would end the process. The runtime's own mappings would count against it too.
        using Process process = Start(folder, "sh",
        [
            "-c",
            $"trap '' XFSZ; ulimit -f 16; DOTNET_EnableWriteXorExecute=0 {tool} bench --dataset Iris --strategy Random --model LogisticRegression --out out",
        ]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(2), error);
        Assert.That(error, Does.Contain("pyrelational: The output folder 'out' cannot be written; choose another one with --out.").And.Not.Contain("   at "));
        Assert.That(output.Result, Is.Empty);
        StoredResults stored = new ExperimentFolder(Path.Combine(folder, "out")).ReadResults();
        Assert.That(stored.Runs, Is.Not.Empty);
        Assert.That(stored.Warnings, Is.Empty);

        using Process again = Start(folder, "bench", "--dataset", "Iris", "--strategy", "Random", "--model", "LogisticRegression", "--out", "out");
        Assert.That(again.StandardError.ReadLine(), Does.StartWith($"{stored.Runs.Count} of 15 runs were done before; "));
        again.StandardError.ReadToEnd();
        again.WaitForExit();
        Assert.That(again.ExitCode, Is.Zero);
        Assert.That(new ExperimentFolder(Path.Combine(folder, "out")).ReadResults().Runs, Has.Count.EqualTo(15));
    }

    private static bool InterruptsAreIgnored()
    {
        const string Status = "/proc/self/status", Ignored = "SigIgn:";
        const long Interrupt = 1 << 1;
        string? line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Ignored, StringComparison.Ordinal)) : null;
        return line is not null && (long.Parse(line[Ignored.Length..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static Process Start(string workingDirectory, params string[] args) =>
        Start(workingDirectory, Host, [typeof(Tool).Assembly.Location, .. args]);

    private static Process Start(string workingDirectory, string program, string[] args) => Process.Start(new ProcessStartInfo(program, args)
    {
        WorkingDirectory = workingDirectory,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
