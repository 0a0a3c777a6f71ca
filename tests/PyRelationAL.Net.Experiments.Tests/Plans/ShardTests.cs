using PyRelationAL.Experiments;

namespace PyRelationAL.Tests.Plans;

public sealed class ShardTests
{
    private static readonly PreparedExperiment Experiment =
        (Fixtures.Plan with { Strategies = [Fixtures.Margin, Fixtures.Random], Seeds = [1, 2, 3, 4, 5] }).Prepare();

    [Test]
    public void ShardsTogetherHaveEachRunOnce([Values(1, 2, 3, 4, 7, 30, 31)] int count)
    {
        IReadOnlyList<RunSpec>[] shares = [.. Enumerable.Range(1, count).Select(i => Experiment.Share(new Shard(i, count)).Runs)];
        Assert.That(shares.SelectMany(share => share), Is.EquivalentTo(Experiment.Runs));
        Assert.That(shares.Max(share => share.Count) - shares.Min(share => share.Count), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void ShardsHaveAboutAsManyRunsOfEachStrategy([Values(2, 4, 5)] int count)
    {
        for (int i = 1; i <= count; i++)
        {
            int[] runs = [.. Experiment.Share(new Shard(i, count)).Runs.CountBy(run => run.Strategy).Select(pair => pair.Value)];
            Assert.That(runs, Has.Length.EqualTo(2));
            Assert.That(runs, Is.All.InRange(15 / count, (15 / count) + 1), $"shard {i}");
        }
    }

    [Test]
    public void RunsKeepTheirPlacesAndResultsInAShard()
    {
        RunResult[] whole = [.. ExperimentRunner.Run(Experiment).Runs];
        RunResult[] share = [.. ExperimentRunner.Run(Experiment.Share(new Shard(2, 3))).Runs];
        Assert.That(share, Has.Length.EqualTo(10));
        Assert.That(share.Select(ResultComparer.Canonical), Is.SubsetOf(whole.Select(ResultComparer.Canonical)));
    }

    [TestCase("2/8", 2, 8)]
    [TestCase("1/1", 1, 1)]
    public void AShardIsReadAsItIsWritten(string text, int number, int count)
    {
        Shard shard = Shard.Parse(text);
        Assert.That((shard.Number, shard.Count, shard.ToString()), Is.EqualTo((number, count, text)));
    }

    [TestCase("0/8", "in [1, 8]")]
    [TestCase("9/8", "in [1, 8]")]
    [TestCase("1/0", "at least 1")]
    [TestCase("-1/8", "of the form i/n")]
    [TestCase("1", "of the form i/n")]
    [TestCase("1/2/3", "of the form i/n")]
    [TestCase("a/b", "of the form i/n")]
    [TestCase("", "of the form i/n")]
    public void WhatIsNoShardIsRefused(string text, string expected) =>
        Assert.That(() => Shard.Parse(text), Throws.InstanceOf<ArgumentException>().With.Message.Contains(expected));

    // As Slurm 22.05 sets them.
    [TestCase("1-8", 3, 1, 8, 1, 8, "3/8")]
    [TestCase("0-7", 0, 0, 7, 1, 8, "1/8")]
    [TestCase("0-7", 7, 0, 7, 1, 8, "8/8")]
    [TestCase("3-5", 4, 3, 5, 1, 3, "2/3")]
    [TestCase("0-10:5", 10, 0, 10, 5, 3, "3/3")]
    [TestCase("0-11:5", 5, 0, 11, 5, 3, "2/3")]
    [TestCase("4", 4, 4, 4, 1, 1, "1/1")]
    public void AnArrayJobOfSlurmTellsItsShard(string array, int id, int least, int most, int step, int count, string expected) =>
        Assert.That(Shard.FromEnvironment(Slurm(id, least, most, step, count)).ToString(), Is.EqualTo(expected), array);

    [TestCase(3, 1, 7, 1, 3)]
    [TestCase(4, 0, 10, 5, 3)]
    [TestCase(3, 1, 8, 0, 8)]
    public void AnUnevenArrayIsRefused(int id, int least, int most, int step, int count) => Assert.That(
        () => Shard.FromEnvironment(Slurm(id, least, most, step, count)),
        Throws.ArgumentException.With.Message.Contains("not evenly spaced").And.Message.Contains("--array=1-8"));

    [TestCase("0", "4", null, "1/4")]
    [TestCase("3", "4", 4, "4/4")]
    [TestCase("2", null, 3, "3/3")]
    public void AnIndexedJobOfKubernetesTellsItsShard(string index, string? completions, int? count, string expected) => Assert.That(
        Shard.FromEnvironment(Variables(("JOB_COMPLETION_INDEX", index), ("JOB_COMPLETIONS", completions)), count).ToString(), Is.EqualTo(expected));

    [TestCase("2", null, null, "JOB_COMPLETIONS is not set")]
    [TestCase("2", "4", 5, "JOB_COMPLETIONS has 4 tasks, but 5 shards were asked for.")]
    [TestCase("4", "4", null, "in [1, 4]")]
    [TestCase("x", "4", null, "JOB_COMPLETION_INDEX is 'x'")]
    [TestCase(null, null, 4, "Neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set")]
    public void AnEnvironmentThatDoesNotTellIsRefused(string? index, string? completions, int? count, string expected) => Assert.That(
        () => Shard.FromEnvironment(Variables(("JOB_COMPLETION_INDEX", index), ("JOB_COMPLETIONS", completions)), count),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains(expected));

    private static Func<string, string?> Slurm(int id, int least, int most, int step, int count) => Variables(
        ("SLURM_ARRAY_TASK_ID", $"{id}"), ("SLURM_ARRAY_TASK_MIN", $"{least}"), ("SLURM_ARRAY_TASK_MAX", $"{most}"),
        ("SLURM_ARRAY_TASK_STEP", $"{step}"), ("SLURM_ARRAY_TASK_COUNT", $"{count}"));

    private static Func<string, string?> Variables(params (string Name, string? Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
