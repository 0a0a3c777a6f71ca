using System.Text.Json;
using PyRelationAL.Models;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class LfOSATests
{
    [Test]
    public void Mixtures_are_those_of_scikit_learn()
    {
        foreach (JsonElement golden in GoldenData.OpenSetSection("mixtures").EnumerateArray())
        {
            double[] values = golden.Numbers("values"), probabilities = new double[values.Length];
            ActivationMixture.Upper(values, probabilities);
            Close.Check(probabilities, golden.Numbers("upper"), 1e-9, $"{values.Length} values");
        }
    }

    [TestCase(new double[0], new double[0])]
    [TestCase(new[] { 3.0 }, new[] { 0.5 })]
    [TestCase(new[] { 2.0, 2, 2 }, new[] { 0.5, 0.5, 0.5 })]
    public void Where_there_is_nothing_to_divide_it_is_even(double[] values, double[] expected)
    {
        var probabilities = new double[values.Length];
        ActivationMixture.Upper(values, probabilities);
        Assert.That(probabilities, Is.EqualTo(expected));
    }

    [Test]
    public void The_worked_example_and_candidates_of_no_class()
    {
        // EX-LFOSA as class 0; then one of class 1 alone, and two that are taken for no class.
        double[] activations = [1, 1.2, 1.1, 0.9, 5, 5.2, 4.9, 5.1];
        double[] logits = [.. activations.SelectMany(v => new[] { v, 0, -1 }), 0, 9, 1, 0, 2, 8, -3, -2, -1];
        var scores = new double[11];
        LfOSAStrategy.Compute(new ClassLogits(logits, 3), scores);
        Close.Check(scores, [0, 0, 0, 0, 1, 1, 1, 1, 0.5, 0, 0], Close.SixDecimals);
        Assert.That(() => LfOSAStrategy.Compute(new ClassLogits(logits, 3), new double[3]), Throws.ArgumentException);
    }

    [Test]
    public void It_makes_batches_of_an_open_set_purer()
    {
        Assert.That(OpenSetPool.MeanPurity(() => new LfOSAStrategy()), Is.GreaterThan(OpenSetPool.PurityOfOthers() + 0.3));
    }

    [Test]
    public void What_is_of_no_class_is_learned_as_a_class_of_its_own()
    {
        // Known as such, most of it scores 0; taken for a class, it would share in the scores of that class.
        double zero = Enumerable.Range(0, 5).Average(seed =>
        {
            var pool = new OpenSetPool(seed);
            Suggestion all = new LfOSAStrategy().Suggest(pool.Context(), 240);
            return all.Indices.Zip(all.Scores!).Where(c => pool.Data.GetLabel(c.First).IsOutOfDistribution).Average(c => c.Second == 0 ? 1.0 : 0);
        });
        Assert.That(zero, Is.GreaterThan(0.9));
    }

    [Test]
    public void Equal_scores_go_by_activation()
    {
        double[] activations = [1, 1.2, 1.1, 0.9, 5, 5.2, 4.9, 5.1];
        double[] logits = [.. activations.SelectMany(v => new[] { v, 0 }), -3, 2, -3, 1.5];
        (int[] positions, double[] scores) = LfOSAStrategy.Order(new ClassLogits(logits, 2), 10);
        Assert.That(scores.Count(s => s == 1), Is.EqualTo(4), "certain to the last bit");
        Assert.That(positions, Is.EqualTo([5, 7, 4, 6, 1, 2, 0, 3, 9, 8]), "what is of no class comes last, the least certain first");
    }

    [Test]
    public void It_needs_labels_and_no_model()
    {
        Assert.That(new LfOSAStrategy().Requirements.Capabilities, Is.EqualTo(Capabilities.None));
        Assert.That(
            () => new LfOSAStrategy().Suggest(Rounds.Over(new OpenSetPool(1).Data, null, labelled: 0), 1),
            Throws.InvalidOperationException.With.Message.Contains("no item is labelled"));
        Assert.That(() => new LfOSAStrategy(temperature: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LfOSAStrategy(hiddenWidth: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LfOSAStrategy(epochs: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
