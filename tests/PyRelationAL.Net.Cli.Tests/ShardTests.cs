using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class ShardTests
{
    private static readonly string[] Small =
    [
        "bench", "--dataset", "Iris", "--strategy", "Margin,Random", "--model", "LogisticRegression", "--folds", "3", "--queries", "3", "--seeds", "2",
    ];

    [Test]
    public void TheLastShardReportsAndTheResultsAreThoseOfOneProcess()
    {
        string root = ToolRun.TemporaryFolder();
        ExperimentFolder whole = new(Path.Combine(root, "whole")), shards = new(Path.Combine(root, "shards"));
        Assert.That(ToolRun.Of([.. Small, "--out", whole.Path]).ExitCode, Is.Zero);
        for (int i = 1; i <= 3; i++)
        {
            ToolRun run = ToolRun.Of([.. Small, "--out", shards.Path, "--shard", $"{i}/3"]);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.ErrorLines[0], Does.StartWith($"Shard {i}/3: 4 runs on "));
            Assert.That(run.Output, i < 3 ? Does.Contain($"The folder holds {4 * i} of 12 runs; ") : Does.Contain("report.html"));
            Assert.That(File.Exists(shards.ReportFile), Is.EqualTo(i == 3));
        }

        Assert.That(File.Exists(Path.Combine(shards.Path, "results.shard-2-of-3.jsonl")), Is.True);
        Assert.That(shards.ReadResults().Runs.Select(ResultComparer.Canonical), Is.EqualTo(whole.ReadResults().Runs.Select(ResultComparer.Canonical)));
        ToolRun merged = ToolRun.Of("merge", shards.Path);
        Assert.That(merged.ExitCode, Is.Zero, merged.Error);
        Assert.That(merged.Output, Does.StartWith("12 of 12 runs, 0 failed, in "));
        Assert.That(shards.ResultFiles, Is.EqualTo(new[] { shards.ResultsFile }));
        ToolRun both = ToolRun.Of("merge", whole.Path, shards.Path, "--out", Path.Combine(root, "both"), "--json");
        Assert.That(both.Output, Does.Contain("\"runs\": 12").And.Contain("\"plannedRuns\": 12"));
        Assert.That(ToolRun.Of("report", shards.Path).ExitCode, Is.Zero);
    }

    [Test]
    public void TheLastShardOfAComparisonAnswersAsOneProcessDoes()
    {
        string root = ToolRun.TemporaryFolder();
        string[] compare =
        [
            "compare", "--data", Table(root), "--model", "LogisticRegression", "--strategy", "Margin", "--start", "cold", "--folds", "3", "--seeds", "2",
            "--queries", "3", "--batch-size", "2", "--time-budget", "0",
        ];
        ExperimentFolder whole = new(Path.Combine(root, "whole")), shards = new(Path.Combine(root, "shards"));
        ToolRun undivided = ToolRun.Of([.. compare, "--out", whole.Path]);
        ToolRun first = ToolRun.Of([.. compare, "--out", shards.Path, "--shard", "1/2"]);
        Assert.That(first.ExitCode, Is.Zero, first.Error);
        Assert.That(first.Output, Does.Contain("The folder holds 9 of 18 runs; ").And.Not.Contain("balanced accuracy"));
        ToolRun last = ToolRun.Of([.. compare, "--out", shards.Path, "--shard", "2/2"]);
        Assert.That(last.ExitCode, Is.Zero, last.Error);
        Assert.That(Answer(last), Is.EqualTo(Answer(undivided)).And.Contain("Trained on all"));
        Assert.That(ToolRun.Of("merge", shards.Path).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(shards.ReportFile), Does.Contain("The answer").And.Contain("queried items of MarginalConfidence"));
        Assert.That(ResultComparer.Differences(whole.ReadResults().Runs, shards.ReadResults().Runs), Is.Empty);

        static string Answer(ToolRun run) => run.Output[..run.Output.IndexOf("Results: ", StringComparison.Ordinal)];
    }

    [Test]
    public void AShardOfAComparisonWithATimeBudgetIsRefused()
    {
        ToolRun run = ToolRun.Of("compare", "--data", Table(ToolRun.TemporaryFolder()), "--shard", "1/2");
        Assert.That((run.ExitCode, run.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(run.Error, Does.Contain("--shard needs --time-budget 0"));
    }

    [Test]
    public void AutoAsksTheEnvironment()
    {
        var folder = new ExperimentFolder(ToolRun.TemporaryFolder());
        var slurm = new Dictionary<string, string>
        {
            ["SLURM_ARRAY_TASK_ID"] = "2",
            ["SLURM_ARRAY_TASK_MIN"] = "1",
            ["SLURM_ARRAY_TASK_MAX"] = "4",
            ["SLURM_ARRAY_TASK_COUNT"] = "4",
        };
        Assert.That(ToolRun.With(slurm, [.. Small, "--out", folder.Path, "--shard", "auto"]).ExitCode, Is.Zero);
        var kubernetes = new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = "2" };
        Assert.That(ToolRun.With(kubernetes, [.. Small, "--out", folder.Path, "--shard", "auto", "--shards", "4"]).ExitCode, Is.Zero);
        Assert.That(folder.ResultFiles.Select(Path.GetFileName), Is.EqualTo(new[] { "results.shard-2-of-4.jsonl", "results.shard-3-of-4.jsonl" }));
    }

    [TestCase("is set, so this is no task of an array job", "--shard", "auto")]
    [TestCase("must lie in [1, 2]", "--shard", "3/2")]
    [TestCase("not of the form i/n", "--shard", "3")]
    [TestCase("--shards goes with --shard auto", "--shards", "3")]
    [TestCase("--shards goes with --shard auto", "--shard", "1/3", "--shards", "3")]
    [TestCase("--fresh does not go with --shard", "--shard", "1/3", "--fresh")]
    public void WhatMakesNoSenseIsRefused(string expected, params string[] options)
    {
        ToolRun run = ToolRun.With(new Dictionary<string, string>(), [.. Small, "--out", ToolRun.TemporaryFolder(), .. options]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(run.Error, Does.Contain(expected));
    }

    [TestCase("give --out DIR", "a", "b")]
    [TestCase("There are no results in", "a")]
    public void WhatCannotBeMergedIsRefused(string expected, params string[] folders)
    {
        string root = ToolRun.TemporaryFolder();
        ToolRun run = ToolRun.Of(["merge", .. folders.Select(name => Path.Combine(root, name))]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(expected));
    }

    private static string Table(string folder)
    {
        string file = Path.Combine(folder, "table.csv");
        File.WriteAllLines(
            file, ["a,b,kind", .. Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i % 7},{(3 * i % 11) + (i % 3)},k{i % 3}"))]);
        return file;
    }
}
