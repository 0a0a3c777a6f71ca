using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

public sealed class ClassLogitsTests
{
    [Test]
    public void Softmax_survives_large_logits()
    {
        ClassProbabilities p = new ClassLogits(new[] { 0, Math.Log(3), 1000, 1000 }, 2).Softmax();
        Assert.That(p.Row(0).ToArray(), Is.EqualTo(new[] { 0.25, 0.75 }).Within(1e-15));
        Assert.That(p.Row(1).ToArray(), Is.EqualTo(new[] { 0.5, 0.5 }));
    }

    [Test]
    public void Wrong_logits_are_refused()
    {
        Assert.That(() => new ClassLogits(new double[5], 2), Throws.ArgumentException.With.Message.Contains("5 logits"));
        Assert.That(() => new ClassLogits(new[] { 1, 2, double.NaN, 4 }, 2), Throws.ArgumentException.With.Message.Contains("row 1, column 0"));
    }
}
