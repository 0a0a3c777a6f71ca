using System.Text.Json;
using PyRelationAL.Experiments;
using PyRelationAL.Numerics;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Statistics;

public sealed class LabelsToTargetTests
{
    private static readonly int[] Labelled = [10, 20, 30, 40, 50];

    [Test]
    public void SmoothCurvesAreScikitLearnsAndNumpys()
    {
        foreach (JsonElement golden in GoldenData.Cases("smoothing"))
        {
            double[] scores = golden.Numbers("scores");
            Assert.That(CurveSmoothing.Isotonic(scores, higherIsBetter: true), Is.EqualTo(golden.Numbers("rising")).Within(1e-12));
            Assert.That(CurveSmoothing.Isotonic(scores, higherIsBetter: false), Is.EqualTo(golden.Numbers("falling")).Within(1e-12));
            Assert.That(CurveSmoothing.RunningMedian(scores, 5), Is.EqualTo(golden.Numbers("median5")).Within(1e-12));
        }

        Assert.That(() => CurveSmoothing.RunningMedian([1], 4), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void TheFirstRoundThatReachesTheTargetCounts()
    {
        Assert.That(LabelsToTarget.Of(Labelled, [0.1, 0.5, 0.8, 0.7, 0.9], 0.8, true), Is.EqualTo(new LabelsToTarget(30, true)));
        Assert.That(LabelsToTarget.Of(Labelled, [9, 7, 4, 2, 1], 4.5, false), Is.EqualTo(new LabelsToTarget(30, true)));
        Assert.That(LabelsToTarget.Of(Labelled, [0.1, 0.5, 0.8, 0.7, 0.9], 0.95, true), Is.EqualTo(new LabelsToTarget(50, false)));
    }

    [Test]
    public void OneLuckyRoundDoesNotCountOnASmoothCurve()
    {
        double[] lucky = [0.1, 0.9, 0.2, 0.8, 0.8];
        Assert.That(LabelsToTarget.Of(Labelled, lucky, 0.8, true).Labelled, Is.EqualTo(20));
        Assert.That(LabelsToTarget.Of(Labelled, CurveSmoothing.Isotonic(lucky, true), 0.8, true).Labelled, Is.EqualTo(40));
        Assert.That(LabelsToTarget.Of(Labelled, CurveSmoothing.RunningMedian(lucky, 3), 0.8, true).Labelled, Is.EqualTo(30));
    }

    [Test]
    public void TargetsAreSharesOfTheFullPerformance()
    {
        Assert.That(TargetScore.OfFull(0.95, 0.8, true), Is.EqualTo(0.76).Within(1e-15));
        Assert.That(TargetScore.OfFull(0.95, 1.9, false), Is.EqualTo(2).Within(1e-15));
        Assert.That(TargetScore.OfGain(0.9, 0.5, 1), Is.EqualTo(0.95).Within(1e-15));
        Assert.That(TargetScore.OfGain(0.9, 10, 0), Is.EqualTo(1).Within(1e-15));
        Assert.That(() => TargetScore.OfFull(0.95, -0.2, true), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => TargetScore.OfFull(95, 0.8, true), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void TheMedianAllowsForRunsThatDidNotGetThere()
    {
        foreach (JsonElement golden in GoldenData.Cases("kaplanMeier"))
        {
            LabelsToTarget[] runs =
            [
                .. golden.Numbers("times").Zip(golden.GetProperty("reached").EnumerateArray(), (t, r) => new LabelsToTarget((int)t, r.GetBoolean())),
            ];
            JsonElement median = golden.GetProperty("median");
            double expected = median.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : median.GetDouble();
            Assert.That(KaplanMeier.Median(runs), Is.EqualTo(expected));
        }

        // 10 reached, 15 left, 20 reached: S is 2/3, then 0.
        Assert.That(KaplanMeier.Median([new(20, true), new(15, false), new(10, true)]), Is.EqualTo(20));
        Assert.That(() => KaplanMeier.Median([]), Throws.ArgumentException);
    }

    [Test]
    public void LabelsSavedAreADifferenceOfMedians()
    {
        LabelsToTarget[] strategy = [.. Enumerable.Range(0, 9).Select(i => new LabelsToTarget(20 + i, true))];
        LabelsToTarget[] random = [.. Enumerable.Range(0, 9).Select(i => new LabelsToTarget(50 + i, true))];
        ConfidenceInterval saved = KaplanMeier.SavedInterval(strategy, random, new RandomStream(1));

        // Pairs are resampled: each resample's medians differ by 30.
        Assert.That((saved.Estimate, saved.Low, saved.High), Is.EqualTo((30.0, 30.0, 30.0)));
        ConfidenceInterval median = KaplanMeier.MedianInterval(strategy, new RandomStream(1));
        Assert.That(median.Estimate, Is.EqualTo(24));
        Assert.That((median.Low, median.High), Is.EqualTo((21.0, 27.0)));
    }

    [Test]
    public void WhatIsNotReachedIsNotANumber()
    {
        LabelsToTarget[] reached = [new(20, true), new(21, true), new(22, true)], missed = [new(99, false), new(99, false), new(99, false)];
        var stream = new RandomStream(1);
        Assert.That(KaplanMeier.SavedInterval(reached, missed, stream).Estimate, Is.EqualTo(double.PositiveInfinity));
        Assert.That(KaplanMeier.SavedInterval(missed, reached, stream).High, Is.EqualTo(double.NegativeInfinity));
        ConfidenceInterval unknown = KaplanMeier.SavedInterval(missed, missed, stream);
        Assert.That((unknown.Estimate, unknown.Low, unknown.High), Is.EqualTo((double.NaN, double.NegativeInfinity, double.PositiveInfinity)));
        Assert.That(CurveMeasures.DataUtilisationRate(reached[0], new LabelsToTarget(40, true)), Is.EqualTo(0.5));
        Assert.That(CurveMeasures.DataUtilisationRate(missed[0], reached[0]), Is.EqualTo(double.PositiveInfinity));
        Assert.That(CurveMeasures.DataUtilisationRate(reached[0], missed[0]), Is.NaN);
    }
}
