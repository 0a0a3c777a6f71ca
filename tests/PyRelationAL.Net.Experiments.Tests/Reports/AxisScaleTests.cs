using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Experiments;
using PyRelationAL.Experiments.Reports;

namespace PyRelationAL.Tests.Reports;

public sealed class AxisScaleTests
{
    [Test]
    public void LinearAxesHaveFewRoundTicksThatCoverTheData() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>().Generator.Two().Where(p => p.Item1.Get < p.Item2.Get && p.Item2.Get - p.Item1.Get > 1e-6 * Math.Abs(p.Item1.Get))
            .ToArbitrary(),
        pair =>
        {
            (double low, double high) = (pair.Item1.Get, pair.Item2.Get);
            AxisScale axis = AxisScale.Linear(low, high, toTicks: true);
            double slack = 1e-8 * (high - low);
            return axis.Low <= low + slack && axis.High >= high - slack && axis.Ticks.Count is >= 2 and <= 8 &&
                axis.Ticks.Select(axis.Label).Distinct().Count() == axis.Ticks.Count;
        }).QuickCheckThrowOnFailure();

    [TestCase(0.61, 0.93, "0.6|0.7|0.8|0.9|1")]
    [TestCase(0, 12000, "0|5000|10000|15000")]
    [TestCase(-0.4, 0.5, "−0.4|−0.2|0|0.2|0.4|0.6")]
    public void TicksAreTheNumbersThatAPersonWouldChoose(double low, double high, string labels) =>
        Assert.That(Labels(AxisScale.Linear(low, high, toTicks: true)), Is.EqualTo(labels));

    [Test]
    public void LogarithmicTicksAreEachLabelledInFull() =>
        Assert.That(Labels(AxisScale.Logarithmic(2e-7, 30)), Is.EqualTo("1e−7|1e−5|0.001|0.1|10"));

    [Test]
    public void AShortLogarithmicAxisHasTicksBetweenPowers() => Assert.That(Labels(AxisScale.Logarithmic(0.3, 12)), Is.EqualTo("0.2|0.5|1|2|5|10|20"));

    [Test]
    public void WidelySpreadLossesAreOnALogarithmicAxis()
    {
        SampleStatistics[] scores = [new(5, 1, 0.1, 0.1), new(5, 1000, 10, 10)];
        Assert.That(AxisScale.ForScores(scores, (0, double.PositiveInfinity)).IsLogarithmic, Is.True);
    }

    [Test]
    public void AxesStayWithinTheMetricsRange()
    {
        AxisScale axis = AxisScale.ForScores([new(2, 0.95, 0.2, 1.8), new(2, 0.5, 0.3, 2)], (0, 1));
        Assert.That((axis.Low, axis.High), Is.EqualTo((0, 1)));
    }

    [Test]
    public void NothingButNaNStillGivesAnAxis() =>
        Assert.That(AxisScale.ForScores([new(1, double.NaN, double.NaN, double.NaN)], (0, 1)).Ticks, Is.Not.Empty);

    [TestCase(3.0)]
    [TestCase(0.0)]
    public void OneValueGetsAnAxisAroundIt(double value)
    {
        AxisScale axis = AxisScale.Linear(value, value, toTicks: true);
        Assert.That(axis.Position(value), Is.InRange(0.1, 0.9));
    }

    private static string Labels(AxisScale axis) => string.Join('|', axis.Ticks.Select(axis.Label));
}
