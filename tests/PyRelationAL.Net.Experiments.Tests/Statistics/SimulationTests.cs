using PyRelationAL.Experiments;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Statistics;

/// <summary>Simulated scores of which the truth is known: how often a test is wrong, and how often an interval contains the mean.</summary>
public sealed class SimulationTests
{
    private const int Simulations = 1000;

    /// <summary>
    /// The most of 1,000 trials with a chance of 5 % that three standard deviations allow: 50 + 3 √(1000 · 0.05 · 0.95) = 70.7.
    /// </summary>
    private const int MostOfFivePerCent = 70;

    [TestCase(3, 12)]
    [TestCase(6, 15)]
    [TestCase(3, 101)]
    public void WilcoxonWithHolmRaisesAFalseAlarmInAtMostFivePerCentOfFamilies(int strategies, int blocks) => Assert.That(
        Alarms(strategies, blocks, _ => 0, table => StrategyComparisons.AllPairs(table).Any(c => c.Winner() is not null)),
        Is.InRange(1, MostOfFivePerCent));

    [Test]
    public void WithoutHolmItWouldRaiseFarMore() => Assert.That(
        Alarms(6, 15, _ => 0, table => StrategyComparisons.AllPairs(table).Any(c => c.Wilcoxon.PValue <= 0.05)), Is.GreaterThan(200));

    [Test]
    public void OneWilcoxonTestKeepsItsLevel() => Assert.That(
        Alarms(2, 20, _ => 0, table => WilcoxonSignedRank.Test(table.ScoresOf(0), table.ScoresOf(1)).PValue <= 0.05), Is.InRange(29, MostOfFivePerCent));

    [TestCase(5, 15)]
    [TestCase(8, 30)]
    public void FriedmansTestKeepsItsLevel(int strategies, int blocks)
    {
        Assert.That(Alarms(strategies, blocks, _ => 0, table => FriedmanTest.Of(table).FPValue <= 0.05), Is.InRange(29, MostOfFivePerCent));
        Assert.That(Alarms(strategies, blocks, _ => 0, table => FriedmanTest.Of(table).ChiSquaredPValue <= 0.05), Is.InRange(20, MostOfFivePerCent));
    }

    [TestCase(4, 20)]
    [TestCase(8, 30)]
    public void NemenyisTestRaisesAFalseAlarmInAtMostFivePerCentOfTables(int strategies, int blocks) => Assert.That(
        Alarms(strategies, blocks, _ => 0, table => CriticalDifferenceDiagram.Of(table).Cliques is not [{ First: 0 } all] || all.Last != strategies - 1),
        Is.InRange(15, MostOfFivePerCent));

    [Test]
    public void PowerGrowsWithTheEffectAndWithTheBlocks()
    {
        int Detected(double effect, int blocks) => Alarms(
            4, blocks, strategy => strategy == 0 ? effect : 0, table => StrategyComparisons.AllPairs(table).Any(c => c.Winner() == "S0"), 300);
        int Separated(double effect, int blocks) => Alarms(
            4, blocks, strategy => strategy == 0 ? effect : 0, table => FriedmanTest.Of(table).FPValue <= 0.05, 300);
        int[] byEffect = [Detected(0, 20), Detected(0.7, 20), Detected(1.4, 20)], byBlocks = [Detected(0.7, 10), byEffect[1], Detected(0.7, 40)];
        Assert.That(byEffect, Is.Ordered.Ascending);
        Assert.That(byBlocks, Is.Ordered.Ascending);
        Assert.That(byEffect[2] - byEffect[0], Is.GreaterThan(200));
        Assert.That(byBlocks[2] - byBlocks[0], Is.GreaterThan(150));
        Assert.That(new[] { Separated(0, 20), Separated(0.7, 20), Separated(1.4, 20) }, Is.Ordered.Ascending);
        Assert.That(new[] { Separated(0.7, 10), Separated(0.7, 20), Separated(0.7, 40) }, Is.Ordered.Ascending);
    }

    [TestCase(BootstrapMethod.Percentile, false)]
    [TestCase(BootstrapMethod.BiasCorrectedAccelerated, false)]
    [TestCase(BootstrapMethod.BiasCorrectedAccelerated, true)]
    public void IntervalsContainTheMeanAsOftenAsTheySay(BootstrapMethod method, bool isSkewed)
    {
        // With 60 values the bootstrap is about a point short of 95 %, two for skewed ones; three standard deviations of 1,000 trials are two points.
        int covered = Covered(60, method, isSkewed);
        Assert.That(covered, Is.InRange(isSkewed ? 910 : 920, 970));
    }

    [Test]
    public void ForSkewedValuesTheCorrectedIntervalIsTheBetterOne() => Assert.That(
        Covered(20, BootstrapMethod.BiasCorrectedAccelerated, isSkewed: true), Is.GreaterThan(Covered(20, BootstrapMethod.Percentile, isSkewed: true)));

    [Test]
    public void TheShiftsIntervalContainsTheShiftAsOftenAsItSays()
    {
        var root = new RandomStream(8);
        int covered = Enumerable.Range(0, Simulations).Count(i =>
        {
            double[] first = Draws(root.Child(i), 15, draw => draw.NextGaussian() + 0.3);
            return HodgesLehmann.Shift(first, new double[15]).Contains(0.3);
        });
        Assert.That(covered, Is.InRange(930, 975));
    }

    [Test]
    public void TheIntervalOfTheLabelsSavedContainsThemAsOftenAsItSays()
    {
        // Medians of 80 and of 50 labels, in pairs that share a start; a fifth of the baseline's runs ends before it is there.
        var root = new RandomStream(9);
        int covered = Enumerable.Range(0, 400).Count(i =>
        {
            RandomStream stream = root.Child(i);
            var strategy = new LabelsToTarget[30];
            var baseline = new LabelsToTarget[30];
            for (int run = 0; run < strategy.Length; run++)
            {
                double start = 5 * stream.NextGaussian(), needed = 80 + start + (12 * stream.NextGaussian());
                strategy[run] = new LabelsToTarget((int)Math.Round(50 + start + (12 * stream.NextGaussian())), true);
                baseline[run] = new LabelsToTarget((int)Math.Round(Math.Min(91, needed)), needed <= 91);
            }

            return KaplanMeier.SavedInterval(strategy, baseline, stream, resamples: 500).Contains(30);
        });
        Assert.That(covered, Is.InRange(365, 395), $"{covered}");
    }

    /// <summary>How many simulated tables raise an alarm; all strategies of a block share what is hard or easy about it.</summary>
    private static int Alarms(int strategies, int blocks, Func<int, double> effect, Func<ScoreTable, bool> isAlarm, int simulations = Simulations)
    {
        var root = new RandomStream(strategies * 1000 + blocks);
        string[] names = [.. Enumerable.Range(0, strategies).Select(s => $"S{s}")];
        return Enumerable.Range(0, simulations).Count(i =>
        {
            RandomStream stream = root.Child(i);
            double[][] rows =
            [
                .. Enumerable.Range(0, blocks).Select(_ =>
                {
                    double block = 3 * stream.NextGaussian();
                    return Enumerable.Range(0, strategies).Select(s => block + effect(s) + stream.NextGaussian()).ToArray();
                }),
            ];
            return isAlarm(new ScoreTable(names, rows, higherIsBetter: true));
        });
    }

    private static int Covered(int count, BootstrapMethod method, bool isSkewed)
    {
        var root = new RandomStream(7);
        return Enumerable.Range(0, Simulations).Count(i =>
        {
            RandomStream stream = root.Child(i);
            double[] values = Draws(stream, count, draw => isSkewed ? 1 - Math.Log(draw.NextOpenDouble()) : 2 + draw.NextGaussian());
            return Bootstrap.MeanInterval(values, stream, method, resamples: 1000).Contains(2);
        });
    }

    private static double[] Draws(RandomStream stream, int count, Func<RandomStream, double> draw) =>
        [.. Enumerable.Range(0, count).Select(_ => draw(stream))];
}
