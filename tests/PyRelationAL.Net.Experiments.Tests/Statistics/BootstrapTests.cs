using System.Text.Json;
using PyRelationAL.Experiments;
using PyRelationAL.Numerics;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Statistics;

public sealed class BootstrapTests
{
    private static readonly RandomStream Stream = new(5);

    [Test]
    public void EndsAreThoseOfScipyOrOfAllResamples([Range(0, 4)] int index)
    {
        JsonElement golden = GoldenData.Cases("bootstrap")[index];
        double[] values = golden.Numbers("values");
        double level = golden.Number("level");
        double error = 0.025 * (golden.Numbers("bca")[1] - golden.Numbers("bca")[0]);
        foreach ((BootstrapMethod method, string name) in new[]
            { (BootstrapMethod.Percentile, "percentile"), (BootstrapMethod.BiasCorrectedAccelerated, "bca") })
        {
            ConfidenceInterval interval = Bootstrap.MeanInterval(values, Stream, method, 200_000, level);
            Assert.That(interval.Estimate, Is.EqualTo(values.Average()).Within(1e-12));
            Assert.That(new[] { interval.Low, interval.High }, Is.EqualTo(golden.Numbers(name)).Within(error), name);
        }
    }

    [Test]
    public void EqualStreamsGiveEqualIntervalsWhateverWasDrawnBefore()
    {
        double[] values = [1, 2, 4, 8, 16];
        var used = new RandomStream(5);
        used.NextDouble();
        Assert.That(Bootstrap.MeanInterval(values, used), Is.EqualTo(Bootstrap.MeanInterval(values, new RandomStream(5))));
        Assert.That(Bootstrap.MeanInterval(values, new RandomStream(6)), Is.Not.EqualTo(Bootstrap.MeanInterval(values, new RandomStream(5))));
    }

    [Test]
    public void PairsAreResampledAsPairs()
    {
        double[] second = [1, 20, 300, 4000], first = [.. second.Select(v => v + 7)];
        ConfidenceInterval interval = Bootstrap.PairedDifferenceInterval(first, second, Stream);
        Assert.That((interval.Low, interval.High), Is.EqualTo((7.0, 7.0)));
        Assert.That(interval.Contains(0), Is.False);
    }

    [Test]
    public void AnyStatisticHasAnInterval()
    {
        ConfidenceInterval sum = Bootstrap.Interval(
            [1, 2, 3], values => values[0] + values[1] + values[2], Stream, BootstrapMethod.Percentile, level: 0.999);
        Assert.That((sum.Estimate, sum.Low, sum.High), Is.EqualTo((6.0, 3.0, 9.0)));
    }

    [Test]
    public void OneValueTellsNothingAboutSpread()
    {
        ConfidenceInterval interval = Bootstrap.MeanInterval([3], Stream);
        Assert.That((interval.Estimate, interval.Low, interval.High), Is.EqualTo((3.0, double.NaN, double.NaN)));
        Assert.That(interval.Contains(3), Is.False);
    }

    [Test]
    public void BadArgumentsAreRefused()
    {
        Assert.That(() => Bootstrap.MeanInterval([], Stream), Throws.ArgumentException);
        Assert.That(() => Bootstrap.MeanInterval([1, double.NaN], Stream), Throws.ArgumentException);
        Assert.That(() => Bootstrap.MeanInterval([1, 2], Stream, resamples: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Bootstrap.MeanInterval([1, 2], Stream, level: 95), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Bootstrap.Interval([1, 2], v => v[0] > 1 ? double.NaN : 1, Stream), Throws.ArgumentException);
    }

    [Test]
    public void ACurveHasAnIntervalForEachRoundThatAllRunsReach()
    {
        double[][] runs = [[0.1, 0.5, 0.9], [0.2, 0.6], [0.3, 0.7]];
        ConfidenceInterval[] curve = [.. LearningCurves.MeanIntervals(runs, Stream)];
        Assert.That(curve, Has.Length.EqualTo(2));
        Assert.That(curve[0], Is.EqualTo(Bootstrap.MeanInterval([0.1, 0.2, 0.3], Stream)));

        // All rounds see the same resamples, so a curve that is another one moved up has the same interval moved up.
        Assert.That(curve[1].High - curve[0].High, Is.EqualTo(0.4).Within(1e-12));
        Assert.That(() => LearningCurves.MeanIntervals([], Stream), Throws.ArgumentException);
    }

    [Test]
    public void CurvesAreSubtractedRunByRun()
    {
        double[][] first = [[0.2, 0.9], [0.4, 0.8]], second = [[0.1, 0.7], [0.3, 0.6], [0, 0]];
        ConfidenceInterval[] difference = [.. LearningCurves.DifferenceIntervals(first, second[..2], Stream)];
        Assert.That(difference.Select(d => d.Estimate), Is.EqualTo(new[] { 0.1, 0.2 }).Within(1e-12));
        Assert.That(() => LearningCurves.DifferenceIntervals(first, second, Stream), Throws.ArgumentException);
    }
}
