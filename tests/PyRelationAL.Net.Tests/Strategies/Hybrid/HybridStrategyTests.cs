using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class HybridStrategyTests
{
    private static readonly ClassProbabilities Labelled = new([0.9, 0.1, 0.2, 0.8], 2);
    private static readonly ClassProbabilities Pool = new([0.6, 0.4, 0.25, 0.75, 0.5, 0.5], 2);

    [Test]
    public void CAL_is_the_divergence_from_the_nearest_labelled_items()
    {
        // EX-CAL.
        FeatureMatrix rows = FeatureMatrix.FromRows([[1], [9], [2]]), labelled = FeatureMatrix.FromRows([[0], [10]]);
        var scores = new double[3];
        CALStrategy.Compute(Pool, rows, Labelled, labelled, scores, 1);
        Assert.That(scores, Is.EqualTo([0.226289, 0.007002, 0.368064]).Within(1e-6));
        Assert.That(TopPositions.Of(scores, 3), Is.EqualTo([2, 0, 1]));
        CALStrategy.Compute(Pool, rows, Labelled, labelled, scores, 10);
        Assert.That(scores, Is.EqualTo([0.280542, 0.479176, 0.280404]).Within(1e-6), "all labelled items where there are fewer than k");
        Assert.That(TopPositions.Of(scores, 3), Is.EqualTo([1, 0, 2]));
    }

    [Test]
    public void CAL_looks_at_labelled_neighbours_only()
    {
        // A thousand duplicates of the candidate in the pool would make its divergence 0, were they its neighbours.
        var pool = new ClassProbabilities([.. Enumerable.Repeat(new[] { 0.5, 0.5 }, 1000).SelectMany(p => p)], 2);
        var scores = new double[1000];
        CALStrategy.Compute(pool, TestData.Duplicates(1000), Labelled, TestData.Rows(2), scores);
        Assert.That(scores, Is.All.EqualTo((0.368064 + 0.192745) / 2).Within(1e-6));
    }

    [Test]
    public void CAL_is_finite_where_a_class_has_no_probability()
    {
        var scores = new double[1];
        CALStrategy.Compute(new([0, 1], 2), TestData.Rows(1), new([1, 0], 2), TestData.Rows(1), scores);
        Assert.That(scores[0], Is.EqualTo(Math.Log(1e7)).Within(1e-4));
    }

    [Test]
    public void Cluster_margin_takes_in_turn_from_the_smallest_cluster_up([Range(1, 20)] int seed)
    {
        // EX-CLUSTERMARGIN, with random members.
        int[] picks = ClusterMarginStrategy.Select([0, 1, 2, 3, 4, 5], [0, 0, 0, 1, 1, 2], 4, new RandomStream(seed));
        Assert.That(picks, Is.Unique);
        Assert.That(picks[0], Is.EqualTo(5));
        Assert.That(picks[1], Is.AnyOf(3, 4));
        Assert.That(picks[2], Is.AnyOf(0, 1, 2));
        Assert.That(picks[3], Is.AnyOf(3, 4));
        Assert.That(ClusterMarginStrategy.Select([0, 1, 2, 3, 4, 5], [0, 0, 0, 1, 1, 2], 6, new RandomStream(seed)), Is.EquivalentTo(Enumerable.Range(0, 6)));
    }

    [Test]
    public void Cluster_margin_takes_small_margins_only_and_clusters_a_sample_of_large_pools([Values(30, 5000)] int clustered)
    {
        Datasets.InMemoryDataset data = TestData.Classification(TestData.Rows(200), 2);
        // Row i has margin |1 − 2 p|, the smallest for the first rows of the pool.
        var model = new ScriptedModel
        {
            Probabilities = items => new ClassProbabilities(
                [.. items.Indices.ToArray().SelectMany(i => new[] { 0.5 + (i / 500.0), 0.5 - (i / 500.0) })], 2),
        };
        IReadOnlyList<int> batch = new ClusterMarginStrategy(2, 5, clustered).Suggest(Rounds.Over(data, model), 10).Indices;
        Assert.That(batch, Is.Unique.And.All.InRange(Rounds.LabelledCount, Rounds.LabelledCount + 19));
    }

    [Test]
    public void VeSSAL_accepts_by_what_a_gradient_adds()
    {
        // EX-VESSAL.
        GradientEmbeddings gradients = GradientEmbeddings.OfValue(FeatureMatrix.FromRows([[1, 0], [0, 1], [1, 0], [0.5f, 0.5f]]));
        var uniforms = new Queue<double>([0.6, 0.9, 0.2, 0.1]);
        var seen = new List<(double Form, double Probability)>();
        List<int> taken = VeSSALStrategy.Pass(
            gradients, [0, 1, 2, 3], 2, 100, uniforms.Dequeue, (form, probability) => seen.Add((form, probability)), 1, CancellationToken.None);
        Assert.That(taken, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(seen.Select(s => s.Form), Is.EqualTo([100, 100, 100, 25.247525]).Within(1e-6));
        Assert.That(seen.Select(s => s.Probability), Is.EqualTo([0.5, 0.666667, 1, 0.793774]).Within(1e-6));
        Assert.That(seen.Select(s => s.Probability / s.Form), Is.EqualTo([0.005, 0.006667, 0.01, 0.031440]).Within(1e-6), "ζ");
    }

    [Test]
    public void VeSSAL_keeps_the_inverse_that_would_be_built_whole()
    {
        // Every one is taken: the forms are those of the inverse of I/c + Σ ggᵀ, in one dimension c‖g‖²/(1 + c Σ g²).
        GradientEmbeddings gradients = GradientEmbeddings.OfValue(FeatureMatrix.FromRows([[1], [2], [3], [4]]));
        var forms = new List<double>();
        VeSSALStrategy.Pass(gradients, [0, 1, 2, 3], 4, 100, () => 0, (form, _) => forms.Add(form), 1, CancellationToken.None);
        Assert.That(forms, Is.EqualTo([100, 400.0 / 101, 900.0 / 501, 1600.0 / 1401]).Within(1e-9));
    }

    [Test]
    public void VeSSAL_fills_up_without_gradients_and_does_not_depend_on_threads()
    {
        GradientEmbeddings zero = GradientEmbeddings.OfValue(new FeatureMatrix(new float[60], 30, 2));
        Assert.That(VeSSALStrategy.Select(zero, 30, new RandomStream(1)), Is.EquivalentTo(Enumerable.Range(0, 30)));
        Assert.That(VeSSALStrategy.Select(zero, 7, new RandomStream(1)), Has.Length.EqualTo(7).And.Unique);
        GradientEmbeddings gradients = GradientEmbeddings.OfValue(TestData.Rows(5000, 6));
        int[] one = VeSSALStrategy.Select(gradients, 20, new RandomStream(3), maxDegreeOfParallelism: 1);
        Assert.That(VeSSALStrategy.Select(gradients, 20, new RandomStream(3), maxDegreeOfParallelism: 4), Is.EqualTo(one));
    }
}
