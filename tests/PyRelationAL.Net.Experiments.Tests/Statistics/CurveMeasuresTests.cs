using System.Text.Json;
using PyRelationAL.Experiments;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Statistics;

public sealed class CurveMeasuresTests
{
    [Test]
    public void IpaucIsTheTrapezoidDividedByTheNumberOfScores()
    {
        // numpy.trapz([1, 2, 4], dx=1) / 3 = (1.5 + 3) / 3
        Assert.That(CurveMeasures.Ipauc([1, 2, 4]), Is.EqualTo(1.5).Within(1e-15));
    }

    [Test]
    public void IpaucOfAConstantCurveIsAsInThePapersTables()
    {
        // StriatumMini's 0.4980 is half of 250/251: 251 scores of 0.5.
        Assert.That(CurveMeasures.Ipauc([.. Enumerable.Repeat(0.5, 251)]), Is.EqualTo(0.5 * 250 / 251).Within(1e-12));
    }

    [Test]
    public void FewerThanTwoScoresHaveNoArea()
    {
        Assert.That(CurveMeasures.Ipauc([]), Is.NaN);
        Assert.That(CurveMeasures.Ipauc([0.7]), Is.NaN);
    }

    [Test]
    public void TheMeanIsOverAllRounds() => Assert.That(CurveMeasures.MeanOverRounds([1, 2, 6]), Is.EqualTo(3));

    [Test]
    public void TheAreaIsDividedByTheStepsAndNotByTheScores()
    {
        // EX-METRIC: 1.85 / 3; 1.85 / 4 is what divides by the number of scores.
        Assert.That(CurveMeasures.AreaByLabels([10, 20, 30, 40], [0.5, 0.6, 0.65, 0.7]), Is.EqualTo(0.616667).Within(1e-6));
        Assert.That(CurveMeasures.Ipauc([0.5, 0.6, 0.65, 0.7]), Is.EqualTo(0.4625).Within(1e-12));
    }

    [Test]
    public void AreasByLabelsAreNumpys()
    {
        foreach (JsonElement golden in GoldenData.Cases("areas"))
        {
            int[] labelled = [.. golden.Numbers("labelled").Select(l => (int)l)];
            double[] scores = golden.Numbers("scores");
            Assert.That(CurveMeasures.AreaByLabels(labelled, scores), Is.EqualTo(golden.Number("area")).Within(1e-12));
            Assert.That(CurveMeasures.NormalisedAreaByLabels(labelled, scores, 0.4, 0.95), Is.EqualTo(golden.Number("normalised")).Within(1e-12));
            Assert.That(CurveMeasures.Deficiency(scores, golden.Numbers("random"), 0.95), Is.EqualTo(golden.Number("deficiency")).Within(1e-12));
        }
    }

    [Test]
    public void TheAreaByLabelsDoesNotDependOnTheBatchSize()
    {
        Assert.That(CurveMeasures.AreaByLabels([10, 20, 30], [1, 2, 3]), Is.EqualTo(2));
        Assert.That(CurveMeasures.AreaByLabels([10, 12, 30], [1, 1.2, 3]), Is.EqualTo(2).Within(1e-12));
        Assert.That(CurveMeasures.AreaByLabels([10, 10], [1, 2]), Is.NaN);
    }

    [Test]
    public void NormalisedMeasuresAreTheSameForGainsAndLosses()
    {
        int[] labelled = [1, 2, 3];
        double[] gains = [0.5, 0.7, 0.9], losses = [.. gains.Select(g => 1 - g)], random = [0.5, 0.6, 0.7], randomLosses = [.. random.Select(r => 1 - r)];
        Assert.That(CurveMeasures.NormalisedAreaByLabels(labelled, gains, 0.5, 0.9), Is.EqualTo(0.5).Within(1e-12));
        Assert.That(CurveMeasures.NormalisedAreaByLabels(labelled, losses, 0.5, 0.1), Is.EqualTo(0.5).Within(1e-12));
        Assert.That(CurveMeasures.NormalisedAreaByLabels(labelled, gains, 0.5, 0.5), Is.NaN);
        Assert.That(CurveMeasures.Deficiency(gains, random, 0.9), Is.EqualTo(0.6 / 0.9).Within(1e-12));
        Assert.That(CurveMeasures.Deficiency(losses, randomLosses, 0.1), Is.EqualTo(0.6 / 0.9).Within(1e-12));
        Assert.That(CurveMeasures.Deficiency([1, 2], [0.5, 0.5], 0.5), Is.NaN);
    }

    [Test]
    public void CurvesThatDoNotFitTheirLabelsAreRefused()
    {
        Assert.That(() => CurveMeasures.AreaByLabels([1, 2], [1]), Throws.ArgumentException);
        Assert.That(() => CurveMeasures.AreaByLabels([2, 1], [1, 1]), Throws.ArgumentException.With.Message.Contains("round 1"));
        Assert.That(() => CurveMeasures.AreaByLabels([], []), Throws.ArgumentException);
        Assert.That(() => CurveMeasures.Deficiency([1], [1, 2], 3), Throws.ArgumentException);
    }
}
