using PyRelationAL.Experiments;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Analysis;

public sealed class ExperimentSummaryTests
{
    private static readonly double[] Noise = [0.00, 0.02, -0.02, 0.01, -0.01];

    [Test]
    public void TheBestTheTiedAndTheWorseAreToldApart()
    {
        RunResult[] runs =
        [
            .. Runs("Good", fold => 0.9 + Noise[fold]), .. Runs("Close", fold => 0.899 - Noise[fold]), .. Runs("Bad", fold => 0.5 + Noise[fold]),
        ];
        SettingSummary setting = ExperimentSummary.Of(runs).Single();
        Assert.That(setting.Metric, Is.EqualTo("accuracy"));
        Assert.That(
            setting.Strategies.Select(s => (s.Strategy, s.Standing)),
            Is.EqualTo(new[] { ("Good", Standing.Best), ("Close", Standing.TiedWithBest), ("Bad", Standing.Worse) }));
        Assert.That(setting.Strategies[2].Ipauc.Mean, Is.EqualTo(0.5 * 2 / 3).Within(1e-12));
        Assert.That(setting.Strategies[2].Final.StandardDeviation, Is.EqualTo(Math.Sqrt(0.001 / 4)).Within(1e-12));
    }

    [Test]
    public void ASmallButConstantDifferenceIsSeenSinceRunsArePaired()
    {
        SettingSummary setting = ExperimentSummary.Of([.. Runs("A", f => 0.9 + Noise[f]), .. Runs("B", f => 0.899 + Noise[f])]).Single();
        Assert.That(setting.Strategies[1].Standing, Is.EqualTo(Standing.Worse));
    }

    [Test]
    public void TheMarkIsCorrectedForTheNumberOfStrategies()
    {
        // Of the gaps t = 3.586 with 4 degrees of freedom, p = 0.0230. Alone B is worse than A; with C and D, as good as A, there are 6 pairs.
        double[] gap = [0.003, 0.005, 0.007, 0.003, 0.012];
        RunResult[] two = [.. Runs("A", f => 0.9 + Noise[f]), .. Runs("B", f => 0.9 + Noise[f] - gap[f])];
        RunResult[] four = [.. two, .. Runs("C", f => 0.8995 - Noise[f]), .. Runs("D", f => 0.8995 + Noise[4 - f])];
        Assert.That(ExperimentSummary.Of(two).Single().Strategies[1].Standing, Is.EqualTo(Standing.Worse));
        Assert.That(ExperimentSummary.Of(four).Single().Strategies.Select(s => s.Standing), Is.EqualTo(
            new[] { Standing.Best, Standing.TiedWithBest, Standing.TiedWithBest, Standing.TiedWithBest }));
    }

    [TestCase(2)]
    [TestCase(8)]
    public void OfEqualStrategiesOneIsCalledWorseInAtMostFivePerCentOfSettings(int strategies)
    {
        var root = new RandomStream(3);
        int alarms = Enumerable.Range(0, 1000).Count(i =>
        {
            RandomStream stream = root.Child(i);
            IEnumerable<RunResult> runs = Enumerable.Range(0, strategies).SelectMany(
                s => Enumerable.Range(0, 10).Select(fold => Fixtures.Result($"S{s}", fold, [stream.NextGaussian(), 0])));
            return ExperimentSummary.Of([.. runs]).Single().Strategies.Any(s => s.Standing == Standing.Worse);
        });
        Assert.That(alarms, Is.InRange(20, 70));
    }

    [Test]
    public void ForLossesTheLowestIsBest()
    {
        RunResult[] runs = [.. Runs("A", _ => 2, "log_loss"), .. Runs("B", _ => 1, "log_loss")];
        Assert.That(ExperimentSummary.Of(runs).Single().Strategies.Select(s => s.Standing), Is.EqualTo(new[] { Standing.Worse, Standing.Best }));
    }

    [Test]
    public void EqualMeansAreAllBest()
    {
        RunResult[] runs = [.. Runs("A", f => Noise[f]), .. Runs("B", f => Noise[f])];
        Assert.That(ExperimentSummary.Of(runs).Single().Strategies.Select(s => s.Standing), Is.All.EqualTo(Standing.Best));
    }

    [Test]
    public void OneRunIsTooFewToTell()
    {
        RunResult[] runs = [Fixtures.Result("A", 0, [0.9, 0.9]), Fixtures.Result("B", 0, [0.5, 0.5])];
        Assert.That(ExperimentSummary.Of(runs).Single().Strategies.Select(s => s.Standing), Is.EqualTo(new[] { Standing.Best, Standing.Unknown }));
    }

    [Test]
    public void FailedRunsAreCountedAndEnterNoAverage()
    {
        RunResult[] runs = [.. Runs("A", _ => 0.5), Fixtures.Failure("A", 4, "no") with { }, Fixtures.Failure("B", 0, "no")];
        StrategySummary summary = ExperimentSummary.Of(runs).Single().Strategies.Single();
        Assert.That((summary.Ipauc.Count, summary.FailedCount, summary.Final.Mean), Is.EqualTo((5, 1, 0.5)));
    }

    [Test]
    public void TheCurveReachesAsFarAsEveryRun()
    {
        RunResult[] runs = [Fixtures.Result("A", 0, [1, 2, 3]), Fixtures.Result("A", 1, [3, 4])];
        CurvePoint[] curve = [.. ExperimentSummary.Of(runs).Single().Strategies.Single().Curve];
        Assert.That(curve.Select(p => (p.Labelled, p.Score.Mean)), Is.EqualTo(new[] { (2.0, 2.0), (3.0, 3.0) }));
    }

    [Test]
    public void DatasetsAreNotMixed() => Assert.That(
        ExperimentSummary.Of([Fixtures.Result("A", 0, [1, 2], dataset: "X"), Fixtures.Result("A", 0, [1, 2], dataset: "Y")]).Select(s => s.Dataset),
        Is.EqualTo(new[] { "X", "Y" }));

    [Test]
    public void ThePreferredMetricIsTakenWhereRunsHaveIt()
    {
        string[] available = ["accuracy", "balanced_accuracy", "log_loss"];
        Assert.That(MetricChoice.Choose(TaskKinds.Classification, available, ["rmse", "log_loss"]), Is.EqualTo("log_loss"));
        Assert.That(MetricChoice.Choose(TaskKinds.Classification, available, ["rmse"]), Is.EqualTo("balanced_accuracy"));
        Assert.That(MetricChoice.Choose(TaskKinds.Regression, ["own"], []), Is.EqualTo("own"));
        Assert.That(MetricChoice.Choose(TaskKinds.Regression, [], []), Is.Null);
    }

    [Test]
    public void MetricsAreFoundByName()
    {
        Assert.That(MetricChoice.Find("Balanced-Accuracy"), Is.EqualTo("balanced_accuracy"));
        Assert.That(() => MetricChoice.Find("acuracy"), Throws.ArgumentException.With.Message.Contains("Did you mean 'accuracy'?"));
    }

    private static IEnumerable<RunResult> Runs(string strategy, Func<int, double> level, string metric = "accuracy") =>
        Enumerable.Range(0, Noise.Length).Select(fold => Fixtures.Result(strategy, fold, [level(fold), level(fold), level(fold)], metric));
}
