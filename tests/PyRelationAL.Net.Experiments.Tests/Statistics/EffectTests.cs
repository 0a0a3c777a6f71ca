using System.Text.Json;
using PyRelationAL.Experiments;
using PyRelationAL.Numerics;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Statistics;

/// <summary>How large a difference is, and what is to be believed of it.</summary>
public sealed class EffectTests
{
    [Test]
    public void TheShiftAndItsIntervalInvertTheSignedRankTest()
    {
        foreach (JsonElement golden in GoldenData.Cases("hodgesLehmann"))
        {
            ConfidenceInterval shift = HodgesLehmann.Shift(golden.Numbers("first"), golden.Numbers("second"), golden.Number("level"));
            Assert.That(shift.Estimate, Is.EqualTo(golden.Number("shift")).Within(1e-12));
            bool isFinite = golden.GetProperty("low").ValueKind == JsonValueKind.Number;
            Assert.That(shift.Low, isFinite ? Is.EqualTo(isFinite ? golden.Number("low") : 0).Within(1e-12) : Is.EqualTo(double.NegativeInfinity));
            Assert.That(shift.High, isFinite ? Is.EqualTo(isFinite ? golden.Number("high") : 0).Within(1e-12) : Is.EqualTo(double.PositiveInfinity));
        }
    }

    [Test]
    public void TheIntervalContainsTheShiftsThatTheTestDoesNotReject()
    {
        double[] first = [1.2, 0.4, 2.2, 1.7, 0.9, 3.1, -0.3, 1.05], zeros = new double[8];
        ConfidenceInterval shift = HodgesLehmann.Shift(first, zeros);
        foreach (double inside in new[] { shift.Low + 1e-6, shift.Estimate, shift.High - 1e-6 })
        {
            Assert.That(WilcoxonSignedRank.Test([.. first.Select(v => v - inside)]).PValue, Is.GreaterThan(0.05));
        }

        foreach (double outside in new[] { shift.Low - 1e-6, shift.High + 1e-6 })
        {
            Assert.That(WilcoxonSignedRank.Test([.. first.Select(v => v - outside)]).PValue, Is.LessThanOrEqualTo(0.05));
        }
    }

    [Test]
    public void ThePosteriorIsThatOfAPlainSum()
    {
        foreach (JsonElement golden in GoldenData.Cases("bayesian"))
        {
            double[] differences = golden.Numbers("differences"), expected = golden.Numbers("posterior");
            SignedRankPosterior posterior = BayesianSignedRank.Compare(
                differences, new double[differences.Length], golden.Number("rope"), new RandomStream(1), 100_000);

            // Five standard errors of both Monte Carlo runs.
            double error = 5 * Math.Sqrt(0.25 * ((1 / 1e5) + (1 / 2e5)));
            Assert.That(new[] { posterior.Below, posterior.Within, posterior.Above }, Is.EqualTo(expected).Within(error));
        }
    }

    [Test]
    public void ThePosteriorKnowsEquivalenceAndDirection()
    {
        double[] zeros = new double[20], close = [.. Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? 1 : -1) * 0.001)];
        Assert.That(BayesianSignedRank.Compare(close, zeros, 0.01, new RandomStream(1)).Within, Is.GreaterThan(0.999));
        Assert.That(BayesianSignedRank.Compare(zeros, [.. close.Select(c => c - 1)], 0.01, new RandomStream(1)).Above, Is.GreaterThan(0.999));
        Assert.That(BayesianSignedRank.Compare(zeros, [.. close.Select(c => c + 1)], 0.01, new RandomStream(1)).Below, Is.GreaterThan(0.999));
    }

    [Test]
    public void ThePairedTTestIsScipys()
    {
        foreach (JsonElement golden in GoldenData.Cases("student"))
        {
            Assert.That(Paired.StudentPValue(golden.Numbers("differences")), Is.EqualTo(golden.Number("p")).Within(1e-12));
        }

        Assert.That((Paired.StudentPValue([0, 0]), Paired.StudentPValue([0.5, 0.5])), Is.EqualTo((1.0, 0.0)));
    }
}
