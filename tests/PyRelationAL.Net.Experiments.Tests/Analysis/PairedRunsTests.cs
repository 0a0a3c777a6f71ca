using PyRelationAL.Experiments;

namespace PyRelationAL.Tests.Analysis;

public sealed class PairedRunsTests
{
    private static readonly RunResult[] Runs =
    [
        Fixtures.Result("A", 0, [0.1, 1], dataset: "X"), Fixtures.Result("A", 1, [0.1, 3], dataset: "X"), Fixtures.Result("A", 0, [0.1, 7], dataset: "Y"),
        Fixtures.Result("B", 1, [0.1, 4], dataset: "X"), Fixtures.Result("B", 0, [0.1, 2], dataset: "X"), Fixtures.Result("B", 0, [0.1, 8], dataset: "Y"),
        Fixtures.Result("A", 2, [0.1, 9], dataset: "X"), Fixtures.Failure("B", 2, "no", "X"), Fixtures.Result("B", 0, [0.1, 5], dataset: "Y", seed: 1),
    ];

    [Test]
    public void RunsOfASettingFoldAndSeedAreABlockWhereNoneIsMissing()
    {
        PairedRuns paired = PairedRuns.Of(Runs);
        Assert.That((paired.BlockCount, paired.LeftOutCount), Is.EqualTo((3, 3)));
        Assert.That(paired.RunsOf("A").Select(Final), Is.EqualTo(new[] { 1, 3, 7 }));
        Assert.That(paired.RunsOf("B").Select(Final), Is.EqualTo(new[] { 2, 4, 8 }));
        Assert.That(() => paired.RunsOf("C"), Throws.ArgumentException.With.Message.Contains("'C'"));
    }

    [Test]
    public void ATableHasTheRunsOrTheMeansOfSettings()
    {
        ScoreTable byRun = PairedRuns.Of(Runs).ScoresByRun(Final, true), bySetting = PairedRuns.Of(Runs).ScoresBySetting(Final, false);
        Assert.That((byRun.BlockCount, byRun[1, 1], byRun.HigherIsBetter), Is.EqualTo((3, 4.0, true)));
        Assert.That(bySetting.ScoresOf(0), Is.EqualTo(new[] { 2, 7 }));
        Assert.That(bySetting.ScoresOf(1), Is.EqualTo(new[] { 3, 8 }));
        Assert.That(bySetting.HigherIsBetter, Is.False);
    }

    [Test]
    public void NothingInCommonIsAnError() => Assert.That(
        () => PairedRuns.Of([Fixtures.Result("A", 0, [1, 2]), Fixtures.Result("B", 1, [1, 2])]), Throws.ArgumentException.With.Message.Contains("A, B"));

    private static double Final(RunResult run) => run.Metrics["accuracy"][^1];
}
