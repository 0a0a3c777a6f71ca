using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Experiments;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Statistics;

public sealed class WilcoxonSignedRankTests
{
    private static readonly JsonElement[] Cases = GoldenData.Cases("wilcoxon");

    [Test]
    public void SumsAndPValuesAreScipysOrThoseOfAllSigns([Range(0, 20)] int index)
    {
        JsonElement golden = Cases[index];
        Assert.That(Cases, Has.Length.EqualTo(21));
        ZeroDifferences zeros = golden.GetProperty("zeros").GetString() == "pratt" ? ZeroDifferences.Pratt : ZeroDifferences.Wilcox;
        WilcoxonResult result = WilcoxonSignedRank.Test(golden.Numbers("differences"), zeros);
        Assert.That(result.PositiveRankSum, Is.EqualTo(golden.Number("plus")));
        Assert.That(result.NegativeRankSum, Is.EqualTo(golden.Number("minus")));
        Assert.That(result.IsExact, Is.EqualTo(golden.GetProperty("exact").GetBoolean()));
        Assert.That(result.PValue, Is.EqualTo(golden.Number("p")).Within(1e-12).Or.EqualTo(golden.Number("p")).Within(1e-10).Percent);
    }

    [Test]
    public void WhatDiffersNowhereIsNotTested()
    {
        WilcoxonResult result = WilcoxonSignedRank.Test([1, 2, 3], [1, 2, 3]);
        Assert.That((result.Count, result.ZeroCount, result.PValue, result.RankBiserial), Is.EqualTo((3, 3, 1.0, 0.0)));
    }

    [Test]
    public void FivePairsCannotBeSignificant() => Assert.That(WilcoxonSignedRank.Test([5, 6, 7, 8, 9], new double[5]).PValue, Is.EqualTo(0.0625));

    [Test]
    public void TheRankBiserialCorrelationIsTheShareOfRanks()
    {
        // Ranks 1, 2 (negative), 3, 4: (8 − 2) / 10.
        Assert.That(WilcoxonSignedRank.Test([1, -2, 3, 4]).RankBiserial, Is.EqualTo(0.6).Within(1e-15));
        Assert.That(WilcoxonSignedRank.Test([-1, -2]).RankBiserial, Is.EqualTo(-1));
    }

    [Test]
    public void TheNormalApproximationMeetsTheExactDistribution()
    {
        double[] exact = [.. Enumerable.Range(1, 100).Select(i => i % 5 < 2 ? -i : (double)i)], approximate = [.. exact, 101];
        Assert.That(WilcoxonSignedRank.Test(exact).IsExact, Is.True);
        Assert.That(WilcoxonSignedRank.Test(approximate).IsExact, Is.False);
        double exactOf101 = Math.Min(1, 2 * SignedRankDistribution.Probabilities(Enumerable.Range(1, 101))
            .Take((int)WilcoxonSignedRank.Test(approximate).NegativeRankSum + 1).Sum());
        Assert.That(WilcoxonSignedRank.Test(approximate).PValue, Is.EqualTo(exactOf101).Within(3).Percent);
    }

    [Test]
    public void SwappingTheTwoSwapsTheSumsOnly() => Prop.ForAll<NonEmptyArray<sbyte>>(values =>
    {
        double[] differences = [.. values.Get.Select(v => (double)v)];
        WilcoxonResult one = WilcoxonSignedRank.Test(differences, ZeroDifferences.Pratt);
        WilcoxonResult other = WilcoxonSignedRank.Test([.. differences.Select(d => -d)], ZeroDifferences.Pratt);
        return one.PositiveRankSum == other.NegativeRankSum && one.PValue == other.PValue && one.RankBiserial == -other.RankBiserial;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void BadValuesAreRefused()
    {
        Assert.That(() => WilcoxonSignedRank.Test([]), Throws.ArgumentException.With.Message.Contains("at least one"));
        Assert.That(() => WilcoxonSignedRank.Test([1, 2], [1]), Throws.ArgumentException.With.Message.Contains("expected 2"));
        Assert.That(() => WilcoxonSignedRank.Test([1, double.NaN], [1, 2]), Throws.ArgumentException.With.Message.Contains("row 1"));
    }
}
