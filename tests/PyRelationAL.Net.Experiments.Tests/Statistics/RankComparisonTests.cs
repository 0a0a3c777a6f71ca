using System.Text.Json;
using PyRelationAL.Experiments;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Statistics;

/// <summary>Friedman, Nemenyi, the diagram, and comparisons of all pairs.</summary>
public sealed class RankComparisonTests
{
    private static readonly double[][] Increasing =
        [.. Enumerable.Range(0, 12).Select(block => Enumerable.Range(0, 4).Select(s => block + (0.1 * s)).ToArray())];

    [Test]
    public void FriedmansTestIsScipys()
    {
        foreach (JsonElement golden in GoldenData.Cases("friedman"))
        {
            double[][] rows = [.. golden.GetProperty("scores").EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetDouble()).ToArray())];
            FriedmanResult result = FriedmanTest.Of(new ScoreTable([.. rows[0].Select((_, i) => $"S{i}")], rows, higherIsBetter: true));
            Assert.That(result.AverageRanks, Is.EqualTo(golden.Numbers("ranks")).Within(1e-12));
            Assert.That(result.ChiSquared, Is.EqualTo(golden.Number("chiSquared")).Within(1e-10));
            Assert.That(result.ChiSquaredPValue, Is.EqualTo(golden.Number("chiSquaredP")).Within(1e-12));
            Assert.That(result.F, Is.EqualTo(golden.Number("f")).Within(1e-9));
            Assert.That(result.FPValue, Is.EqualTo(golden.Number("fP")).Within(1e-12));
        }
    }

    [Test]
    public void FriedmansEndsAreDefined()
    {
        FriedmanResult tied = FriedmanTest.Of(new ScoreTable(["A", "B"], [[1.0, 1.0], [2.0, 2.0]], true));
        Assert.That((tied.ChiSquared, tied.ChiSquaredPValue, tied.F, tied.FPValue), Is.EqualTo((0.0, 1.0, 0.0, 1.0)));
        FriedmanResult clear = FriedmanTest.Of(Table(Increasing));
        Assert.That((clear.F, clear.FPValue), Is.EqualTo((double.PositiveInfinity, 0.0)));
        Assert.That(FriedmanTest.Of(new ScoreTable(["A", "B"], [[1.0, 2.0]], true)).FPValue, Is.NaN);
    }

    [Test]
    public void TheStudentisedRangeIsScipys()
    {
        foreach (JsonElement golden in GoldenData.Cases("range"))
        {
            Assert.That(StudentisedRange.Cumulative(golden.Number("q"), golden.GetProperty("k").GetInt32()), Is.EqualTo(golden.Number("cdf")).Within(1e-8));
        }

        foreach (JsonElement golden in GoldenData.Cases("rangeQuantiles"))
        {
            Assert.That(StudentisedRange.Quantile(golden.Number("p"), golden.GetProperty("k").GetInt32()), Is.EqualTo(golden.Number("q")).Within(1e-6));
        }
    }

    [Test]
    public void TheRangeOfTwoIsKnownInClosedForm([Values(0.1, 1, 3, 6)] double q) => Assert.That(
        StudentisedRange.Cumulative(q, 2), Is.EqualTo(MathNet.Numerics.SpecialFunctions.Erf(q / 2)).Within(1e-13));

    [Test]
    public void TheQuantileIsTheInverse([Values(2, 7, 1000)] int k, [Values(1e-6, 0.5, 0.999999)] double p) =>
        Assert.That(StudentisedRange.Cumulative(StudentisedRange.Quantile(p, k), k), Is.EqualTo(p).Within(1e-10));

    [Test]
    public void TheCriticalValuesAreDemsars()
    {
        // Demšar, 2006, table 5a, for k = 2 … 10; of N = 1 and without the root the critical difference is q.
        double[] table = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164];
        double[] tableOfTenPerCent = [1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920];
        for (int k = 2; k <= 10; k++)
        {
            double root = Math.Sqrt(k * (k + 1) / 6.0);
            Assert.That(NemenyiTest.CriticalDifference(k, 1) / root, Is.EqualTo(table[k - 2]).Within(0.001));
            Assert.That(NemenyiTest.CriticalDifference(k, 1, 0.1) / root, Is.EqualTo(tableOfTenPerCent[k - 2]).Within(0.001));
        }
    }

    [Test]
    public void ADifferenceAtTheCriticalOneIsJustSignificant() =>
        Assert.That(NemenyiTest.PValue(-NemenyiTest.CriticalDifference(6, 20), 6, 20), Is.EqualTo(0.05).Within(1e-9));

    [Test]
    public void CliquesAreTheLargestGroupsWithinTheCriticalDifference()
    {
        // Ranks 1, 2, 3, 4 over 12 blocks, CD = 2.569 · √(20 / 72) = 1.354: neighbours only.
        CriticalDifferenceDiagram diagram = CriticalDifferenceDiagram.Of(Table(Increasing));
        Assert.That(diagram.CriticalDifference, Is.EqualTo(1.354).Within(0.001));
        Assert.That(diagram.Strategies.Select(s => (s.Name, s.AverageRank)), Is.EqualTo(new[] { ("D", 1.0), ("C", 2.0), ("B", 3.0), ("A", 4.0) }));
        Assert.That(diagram.Cliques, Is.EqualTo(new[] { new RankClique(0, 1), new RankClique(1, 2), new RankClique(2, 3) }));

        // Over 2 blocks CD = 3.317 is above all differences: one group. Over 60 CD = 0.606: none.
        Assert.That(CriticalDifferenceDiagram.Of(Table(Increasing[..2])).Cliques, Is.EqualTo(new[] { new RankClique(0, 3) }));
        Assert.That(CriticalDifferenceDiagram.Of(Table([.. Enumerable.Repeat(Increasing, 5).SelectMany(r => r)])).Cliques, Is.Empty);
    }

    [Test]
    public void ForLossesTheLowestRanksFirst()
    {
        var losses = new ScoreTable(["A", "B", "C", "D"], Increasing, higherIsBetter: false);
        Assert.That(CriticalDifferenceDiagram.Of(losses).Strategies[0].Name, Is.EqualTo("A"));
        Assert.That(new ScoreTable(["A", "B", "C"], [[1.0, 0, 1]], false).RanksIn(0), Is.EqualTo(new[] { 2.5, 1, 2.5 }));
    }

    [Test]
    public void HolmsAdjustmentIsTheClosureOfBonferronis()
    {
        foreach (JsonElement golden in GoldenData.Cases("holm"))
        {
            Assert.That(HolmCorrection.Adjust(golden.Numbers("p")), Is.EqualTo(golden.Numbers("adjusted")).Within(1e-15));
        }

        Assert.That(HolmCorrection.Adjust([]), Is.Empty);
        Assert.That(() => HolmCorrection.Adjust([double.NaN]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void AllPairsAreCorrectedForAllPairs()
    {
        StrategyComparison[] comparisons = [.. StrategyComparisons.AllPairs(Table(Increasing))];
        Assert.That(comparisons.Select(c => c.First + c.Second), Is.EqualTo(new[] { "AB", "AC", "AD", "BC", "BD", "CD" }));
        Assert.That(comparisons.Select(c => c.AdjustedPValue), Is.All.EqualTo(6 * Math.Pow(2, -11)).Within(1e-15));
        Assert.That(comparisons[1].Shift.Estimate, Is.EqualTo(-0.2).Within(1e-12));
        Assert.That(comparisons[1].Record, Is.EqualTo(new WinTieLoss(0, 0, 12)));
        Assert.That((comparisons[1].Winner(), comparisons[1].Winner(0.001)), Is.EqualTo(("C", (string?)null)));
    }

    [Test]
    public void AControlIsComparedWithTheOthersOnly()
    {
        StrategyComparison[] comparisons = [.. StrategyComparisons.Against(new ScoreTable(["A", "B", "C", "D"], Increasing, false), "B")];
        Assert.That(comparisons.Select(c => c.First + c.Second), Is.EqualTo(new[] { "AB", "CB", "DB" }));
        Assert.That(comparisons.Select(c => c.AdjustedPValue), Is.All.EqualTo(3 * Math.Pow(2, -11)).Within(1e-15));
        Assert.That(comparisons.Select(c => c.Winner()), Is.EqualTo(new[] { "A", "B", "B" }));
        Assert.That(() => StrategyComparisons.Against(Table(Increasing), "E"), Throws.ArgumentException.With.Message.Contains("'E'"));
    }

    [Test]
    public void WinsTiesAndLossesAreCounted()
    {
        var table = new ScoreTable(["A", "B"], [[1.0, 2.0], [1.0, 1.05], [3.0, 2.0], [4.0, 4.0]], higherIsBetter: true);
        Assert.That(WinTieLoss.Matrix(table)[0], Is.EqualTo(new[] { new WinTieLoss(0, 4, 0), new WinTieLoss(1, 1, 2) }));
        Assert.That(WinTieLoss.Matrix(table, tolerance: 0.1)[1][0], Is.EqualTo(new WinTieLoss(1, 2, 1)));
        Assert.That(WinTieLoss.Of([1, 2], [2, 1], false), Is.EqualTo(new WinTieLoss(1, 0, 1)));
    }

    [Test]
    public void BadTablesAreRefused()
    {
        Assert.That(() => new ScoreTable(["A"], [[1.0]], true), Throws.ArgumentException.With.Message.Contains("at least two"));
        Assert.That(() => new ScoreTable(["A", "A"], [[1.0, 2.0]], true), Throws.ArgumentException.With.Message.Contains("different names"));
        Assert.That(() => new ScoreTable(["A", "B"], [], true), Throws.ArgumentException.With.Message.Contains("no blocks"));
        Assert.That(() => new ScoreTable(["A", "B"], [[1.0, 2.0], [1.0]], true), Throws.ArgumentException.With.Message.Contains("block 1"));
        Assert.That(() => new ScoreTable(["A", "B"], [[1.0, double.NaN]], true), Throws.ArgumentException.With.Message.Contains("Block 0"));
        Assert.That(() => NemenyiTest.CriticalDifference(1, 5), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => NemenyiTest.CriticalDifference(3, 5, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static ScoreTable Table(double[][] rows) => new(["A", "B", "C", "D"], rows, higherIsBetter: true);
}
