using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class SAALTests
{
    // EX-SAAL
    private static readonly FakeNetwork Example = new() { Given = new LinearHead((double[])[1, 0, 0, 1], (double[])[0, 0]) };

    [Test]
    public void The_worked_example_with_the_adaptive_norm()
    {
        // 0.333189 is what division by ‖g‖ gives, and 0.362870 a step that is not adaptive.
        DatasetView item = View([[2, 1]]);
        Close.Check(SAALStrategy.Compute(Example, Example, item), [0.344580], Close.SixDecimals);
        Close.Check(SAALStrategy.Compute(Example, Example, item, score: SharpnessScore.LossIncrease), [0.344580 - 0.313262], Close.SixDecimals);
    }

    [Test]
    public void What_is_returned_is_what_was_scored([Values] SharpnessScore score)
    {
        // Without spreading, the batch is the top of the random candidates, by their own scores.
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(500), 3), new FakeNetwork(), seed: 4);
        Suggestion batch = new SAALStrategy(score: score, diverse: false, candidateCount: 60).Suggest(context, 5);
        double[] all = SAALStrategy.Compute(context.ParameterGradients, context.ParameterPerturbation, context.Pool, score: score);
        double[] own = [.. batch.Indices.Select(index => all[context.Pool.Indices.IndexOf(index)])];
        Close.Check([.. batch.Scores!], own);
        Assert.That(own, Is.Ordered.Descending);
        // The best five of a random 60 of 496 are not the best five of all; and with all as candidates they are.
        int[] best = TopPositions.Of(all, 5);
        Assert.That(batch.Indices, Is.Not.EqualTo(best.Select(i => context.Pool.Indices[i])));
        Assert.That(
            new SAALStrategy(score: score, diverse: false, candidateCount: 496).Suggest(context, 5).Indices,
            Is.EqualTo(best.Select(i => context.Pool.Indices[i])));
    }

    [Test]
    public void A_batch_is_spread_out_over_the_scores_from_the_largest()
    {
        double[] scores = [-0.5, 3, 3, 1, 1, 1, 3];
        var seconds = new HashSet<int>();
        for (int seed = 0; seed < 50; seed++)
        {
            int[] batch = SAALStrategy.SpreadOut(scores, 3, new RandomStream(seed), 1, default);
            Assert.That(batch[0], Is.EqualTo(1));
            Assert.That(batch.Select(i => scores[i]), Is.Unique, "equal scores have distance 0");
            seconds.Add(batch[1]);
        }

        Assert.That(seconds, Has.Count.GreaterThan(1));
        Assert.That(SAALStrategy.SpreadOut(scores, 7, new RandomStream(1), 1, default), Is.Unique, "when only duplicates are left");
        Assert.That(SAALStrategy.SpreadOut([2, 2, 2], 3, new RandomStream(1), 1, default), Is.Unique);
    }

    [Test]
    public void A_batch_larger_than_the_candidates_looks_at_more()
    {
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(40), 3), new FakeNetwork());
        Assert.That(new SAALStrategy(candidateCount: 2).Suggest(context, 30).Indices, Has.Count.EqualTo(30));
    }

    [Test]
    public void A_saturated_softmax_is_perturbed_too_and_no_gradient_means_no_perturbation()
    {
        // The logits are (800, 0): the loss is 0 in double, and stays finite.
        var saturated = new FakeNetwork { Given = new LinearHead((double[])[800, 0], (double[])[0, 0]) };
        Assert.That(SAALStrategy.Compute(saturated, saturated, View([[1]])), Is.EqualTo(new double[1]));
        // Without weights θ ∘ g is 0: the loss is that of (0, 0).
        var none = new FakeNetwork { Given = new LinearHead(new double[2], (double[])[0, 0]) };
        Close.Check(SAALStrategy.Compute(none, none, View([[1]])), [Math.Log(2)]);
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        Assert.That(() => new SAALStrategy(radius: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new SAALStrategy(score: (SharpnessScore)7), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new SAALStrategy(candidateCount: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static DatasetView View(float[][] rows) =>
        DatasetView.All(Datasets.InMemoryDataset.ForClassification("rows", FeatureMatrix.FromRows(rows), new int[rows.Length], 2));
}
