using PyRelationAL.Experiments;

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
}
