using System.Text.Json;
using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Strategies;

namespace PyRelationAL.Tests;

public sealed class ScoreTests
{
    private static IEnumerable<JsonElement> Ties => GoldenNumbers.Root.GetProperty("ties").EnumerateArray();

    // The two rows are 3 − 1.96 · 0.5 = 2.02 and 3.98: variance 2 · 0.98² = 1.9208, deviation 1.38593, ½ ln 2.9208 = 0.53593.
    [Test]
    public void ScoresOfTwoRowsAreAsWorkedOutByHand()
    {
        Assert.That(TwoRowScores.LeastConfidence(3, 0.5), Is.EqualTo(1.3859292911256331).Within(1e-14));
        Assert.That(TwoRowScores.Bald(3, 0.5), Is.EqualTo(0.5 * Math.Log(2.9208)).Within(1e-14));
        Assert.That(TwoRowScores.ExpectedImprovement(3, 0.5, best: 1), Is.EqualTo((1.02 + 2.98) / 2).Within(1e-14), "both rows are above");
        Assert.That(TwoRowScores.ExpectedImprovement(3, 0.5, best: 3), Is.EqualTo(0.98 / 2).Within(1e-14), "one row is above");
        Assert.That(TwoRowScores.ExpectedImprovement(3, 0.5, best: 4), Is.Zero, "none is above");
    }

    [TestCaseSource(nameof(Ties))]
    public void AmongEqualScoresTheOneThatTorchPutsFirstIsChosen(JsonElement tie) =>
        Assert.That(TorchOrder.First(tie.GetProperty("scores").Doubles()), Is.EqualTo(tie.GetProperty("first").GetInt32()));

    [Test]
    public void PowersAreTorchsToTheLastBit()
    {
        int[] bits = GoldenNumbers.Root.GetProperty("powers").Integers();
        float[] exponents = [.. Enumerable.Range(0, bits.Length).Select(i => (float)(i / (bits.Length - 1.0)))];
        Assert.That(exponents.Select(x => BitConverter.SingleToInt32Bits(TorchPower.Of(x))), Is.EqualTo(bits));
        Assert.That(exponents.Count(x => TorchPower.Of(x) != (float)Math.Pow((float)Math.E, x)), Is.InRange(5, 50), "correct rounding is not what is tested");
    }

    [Test]
    public void ScoresOfClassesAreTorchsInSinglePrecision([Values(0, 1)] int which)
    {
        JsonElement golden = GoldenNumbers.Root.GetProperty("softmax")[which];
        double[][] rows = [.. golden.GetProperty("probabilities").EnumerateArray().Select(row => row.Doubles())];
        double[] leastConfidence = [.. rows.Select(row => (double)SoftmaxScores.LeastConfidence(row))];
        double[] margin = [.. rows.Select(row => (double)SoftmaxScores.Margin(row))], entropy = [.. rows.Select(row => (double)SoftmaxScores.Entropy(row))];
        Assert.That(leastConfidence, Is.EqualTo(golden.GetProperty("least_confidence").Doubles()).Within(2e-7));
        Assert.That(margin, Is.EqualTo(golden.GetProperty("margin").Doubles()).Within(2e-7));
        Assert.That(entropy, Is.EqualTo(golden.GetProperty("entropy").Doubles()).Within(2e-7));
        Assert.That(leastConfidence.Concat(margin).Concat(entropy), Has.All.Matches<double>(score => score == (float)score));
    }

    [Test]
    public void WithoutTiesTheLargestIsChosen([Values(1, 16, 17, 500)] int count)
    {
        double[] scores = [.. Enumerable.Range(0, count).Select(i => (double)(i * 7919 % 1009))];
        Assert.That(TorchOrder.First(scores), Is.EqualTo(Array.IndexOf(scores, scores.Max())));
    }

    // StriatumMini's 0.4980: one half in each of 251 rounds.
    [Test]
    public void TheAreaIsDividedByTheNumberOfScores()
    {
        double[] constant = new double[251];
        Array.Fill(constant, 0.5);
        Assert.That(CurveMeasures.Ipauc(constant), Is.EqualTo(0.5 * 250 / 251).Within(1e-12));
        Assert.That(CurveMeasures.Ipauc([1, 0.5, 0.25]), Is.EqualTo((0.75 + 0.375) / 3).Within(1e-15));
    }
}
