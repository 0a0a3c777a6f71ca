using System.Diagnostics;
using PyRelationAL.Cli;
using PyRelationAL.Experiments;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>The tool killed without notice, as by the kernel or a scheduler, and two of them in one folder: with processes.</summary>
public sealed class KillTests
{
    private static readonly string[] Sweep =
    [
        "bench", "--dataset", "Iris,WineCultivars", "--strategy", "Margin,Random", "--model", "LogisticRegression",
        "--folds", "4", "--queries", "60", "--seeds", "6", "--threads", "2",
    ];

    [Test]
    public void KilledAtAnyMomentItLosesNothingThatWasFinished() => KillAtRandomMoments(8);

    [Test]
    [Explicit("Takes minutes.")]
    public void KilledAtFiftyMomentsItLosesNothingThatWasFinished() => KillAtRandomMoments(50);

    [Test]
    public void ASecondProcessIsRefusedUntilTheFirstOneIsKilled()
    {
        string root = ToolRun.TemporaryFolder();
        var folder = new ExperimentFolder(Path.Combine(root, "out"));
        using Process first = Start(root, [.. Sweep, "--out", "out"]);
        WaitForRuns(first, folder, 1);
        ToolRun second = ToolRun.Of([.. Sweep, "--out", folder.Path]);
        Assert.That(first.HasExited, Is.False, "The first process was over too early to test anything.");
        Assert.That(second.ExitCode, Is.EqualTo(2));
        Assert.That(second.Error, Does.Contain($"(process {first.Id} on {Environment.MachineName}, since "));
        first.Kill();
        first.WaitForExit();
        Assert.That(Directory.EnumerateFiles(Path.Combine(folder.Path, ".locks")).Count(), Is.EqualTo(2), "It left its lock's files behind.");
        using ExperimentSession session = folder.Open(ToolPlan());
        Assert.That(session.Done, Is.Not.Empty);
    }

    private static void KillAtRandomMoments(int kills)
    {
        string root = ToolRun.TemporaryFolder();
        ExperimentFolder whole = new(Path.Combine(root, "whole")), killed = new(Path.Combine(root, "killed"));
        var clock = Stopwatch.StartNew();
        using (Process undisturbed = Start(root, [.. Sweep, "--out", "whole"]))
        {
            undisturbed.WaitForExit();
            Assert.That(undisturbed.ExitCode, Is.Zero);
        }

        double duration = clock.Elapsed.TotalSeconds;
        HashSet<string> expected = [.. whole.ReadResults().Runs.Select(ResultComparer.Canonical)];
        var random = new RandomStream(6);
        int hits = 0;
        for (int i = 0; i < kills; i++)
        {
            // From before the folder is there to past the end, at this machine's pace.
            using Process process = Start(root, [.. Sweep, "--out", "killed"]);
            process.WaitForExit(TimeSpan.FromSeconds(random.NextDouble() * Math.Min(duration, 2)));
            hits += process.HasExited ? 0 : 1;
            process.Kill();
            process.WaitForExit();
            if (killed.ResultFiles.Count > 0)
            {
                StoredResults stored = killed.ReadResults();
                Assert.That(stored.Runs.Select(ResultComparer.Canonical), Is.SubsetOf(expected), $"after kill {i + 1}");
                TestContext.Out.WriteLine($"kill {i + 1}: {stored.Runs.Count} of {expected.Count} runs are there, {stored.Warnings.Count} warnings");
            }

            // So that there is something left to kill until the end.
            if (killed.ResultFiles.Count > 0 && killed.ReadResults().Runs.Count > expected.Count * 3 / 4)
            {
                string[] lines = File.ReadAllLines(killed.ResultsFile);
                File.WriteAllText(killed.ResultsFile, string.Concat(lines.Take(expected.Count / 8).Select(line => line + "\n")));
            }
        }

        Assert.That(hits, Is.GreaterThan(kills / 2), "Most processes were over before they could be killed.");
        using (Process last = Start(root, [.. Sweep, "--out", "killed"]))
        {
            last.WaitForExit();
            Assert.That(last.ExitCode, Is.Zero);
        }

        Assert.That(killed.ReadResults().Warnings, Is.Empty);
        Assert.That(Merged(killed, root), Is.EqualTo(Merged(whole, root)));
        Assert.That(File.ReadAllLines(killed.ResultsFile), Has.Length.EqualTo(expected.Count));
    }

    private static string Merged(ExperimentFolder folder, string root)
    {
        var merged = new ExperimentFolder(Path.Combine(root, "merged-" + Path.GetFileName(folder.Path)));
        ResultMerger.Merge([folder], merged);
        return string.Join('\n', merged.ReadResults().Runs.Select(ResultComparer.Canonical));
    }

    private static PreparedExperiment ToolPlan() => new ExperimentPlan
    {
        Datasets = [Datasets.DatasetCatalogue.Find("Iris"), Datasets.DatasetCatalogue.Find("WineCultivars")],
        Strategies = [Strategies.StrategyCatalogue.Find("Margin"), Strategies.StrategyCatalogue.Find("Random")],
        Model = ModelCatalogue.Find("LogisticRegression"),
        FoldCount = 4,
        Rounds = 60,
        Seeds = [0, 1, 2, 3, 4, 5],
    }.Prepare();

    private static void WaitForRuns(Process process, ExperimentFolder folder, int count)
    {
        while (!process.HasExited && (!File.Exists(folder.ResultsFile) || folder.ReadResults().Runs.Count < count))
        {
            Thread.Sleep(20);
        }
    }

    private static Process Start(string workingDirectory, params string[] args)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var process = Process.Start(new ProcessStartInfo(host, [typeof(Tool).Assembly.Location, .. args])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Nobody reads them: a full pipe would stop the process.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
