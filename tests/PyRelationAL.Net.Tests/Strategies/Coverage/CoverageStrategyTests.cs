using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class CoverageStrategyTests
{
    private static readonly FeatureMatrix None = new(ReadOnlyMemory<float>.Empty, 0, 0);

    private static readonly double[] GoldenWeights = [1.089079615, 0.647967217, -0.319709157];

    [Test]
    public void Robust_k_centre_passes_over_outliers_that_k_centre_takes()
    {
        // Ten points on a line, and two far away: a share of 2/12 may be left.
        FeatureMatrix rows = FeatureMatrix.FromRows([.. Enumerable.Range(0, 10).Select(i => new[] { (float)i, 0 }), [1000, 0], [0, 2000]]);
        FeatureMatrix labelled = FeatureMatrix.FromRows([[0, 0]]);
        Assert.That(KCentreGreedyStrategy.Select(rows, labelled, 2), Is.EqualTo(new[] { 11, 10 }));
        Assert.That(RobustKCentreStrategy.Select(rows, labelled, 3, 2.0 / 12), Is.EqualTo(new[] { 9, 4, 2 }));
        Assert.That(RobustKCentreStrategy.Select(rows, labelled, 12, 2.0 / 12), Is.EquivalentTo(Enumerable.Range(0, 12)));
    }

    [Test]
    public void Robust_k_centre_without_outliers_is_k_centre([Values(0, 5)] int labelledCount)
    {
        FeatureMatrix rows = TestData.Rows(300, 5);
        FeatureMatrix labelled = labelledCount == 0 ? None : TestData.Rows(labelledCount, 5, seed: 8);
        Assert.That(RobustKCentreStrategy.Select(rows, labelled, 40, 0), Is.EqualTo(KCentreGreedyStrategy.Select(rows, labelled, 40)));
    }

    [Test]
    public void Robust_k_centre_gives_duplicates_lowest_first_though_it_passes_over_some()
    {
        int[] picks = RobustKCentreStrategy.Select(TestData.Duplicates(1000), TestData.Duplicates(1), 10, 0.05);
        Assert.That(picks, Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [TestCase(-0.1)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void Robust_k_centre_refuses_a_share_outside_its_range(double share) =>
        Assert.That(() => new RobustKCentreStrategy(share), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("[0, 1)"));

    [Test]
    public void K_means_sampling_takes_the_members_nearest_to_the_centres()
    {
        // EX-KMEANS. Members and never numbers of centroids, as one public implementation returns.
        FeatureMatrix rows = FeatureMatrix.FromRows([[0, 0], [0, 1], [0, 0.4f], [10, 0], [10, 1], [10, 0.6f]]);
        var data = TestData.Regression(rows);
        var context = new QueryContext(DatasetView.All(data), new DatasetView(data, ReadOnlyMemory<int>.Empty), null, new RandomStream(1));
        Assert.That(StrategyCatalogue.Find("KMeansSampling").Create(data.Task).Suggest(context, 2).Indices, Is.EquivalentTo(new[] { 2, 5 }));
    }

    [Test]
    public void Typicality_is_the_inverse_mean_distance_to_the_nearest()
    {
        // EX-TYPI, whose numbers have 1e-5 added to the distances, as the authors' code does.
        FeatureMatrix rows = FeatureMatrix.FromRows([[0, 0], [1, 0], [0, 1], [0.4f, 0.4f]]);
        var scores = new double[4];
        TypiClustStrategy.Compute(rows, 3, scores);
        Assert.That(scores.Select(s => 1 / ((1 / s) + 1e-5)), Is.EqualTo([1.169265, 0.956830, 0.956830, 1.494072]).Within(1e-6));
        Assert.That(TypiClustStrategy.Select(rows, [0, 0, 0, 0], 1, smallClusterSize: 0), Is.EqualTo(new[] { 3 }));
        TypiClustStrategy.Compute(TestData.Duplicates(5), 3, scores = new double[5]);
        Assert.That(scores, Is.All.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void TypiClust_takes_clusters_by_labels_and_size_and_small_ones_last()
    {
        // Clusters: 7 of three candidates and a label, 3 of four, 9 of two, 1 of one.
        FeatureMatrix rows = TestData.Rows(10);
        int[] clusters = [7, 7, 7, 3, 3, 3, 3, 9, 9, 1, 7];
        int[] picks = TypiClustStrategy.Select(rows, clusters, 10, smallClusterSize: 1);
        Assert.That(picks.Select(p => clusters[p]), Is.EqualTo(new[] { 3, 9, 7, 3, 9, 7, 3, 7, 3, 1 }));
        Assert.That(picks, Is.Unique);
        Assert.That(TypiClustStrategy.Select(rows, clusters, 10, smallClusterSize: 50), Is.EquivalentTo(Enumerable.Range(0, 10)), "all are small");
    }

    [Test]
    public void ProbCover_takes_the_largest_ball_of_what_is_not_covered()
    {
        // EX-PROBCOVER.
        FeatureMatrix rows = FeatureMatrix.FromRows([[0], [0.4f], [0.8f], [1.2f], [5], [5.3f]]);
        var covered = new double[3];
        Assert.That(ProbCoverStrategy.Select(rows, None, 3, 0.5, covered), Is.EqualTo(new[] { 1, 4, 2 }));
        Assert.That(covered, Is.EqualTo(new double[] { 3, 2, 1 }));
        Assert.That(Degrees(), Is.EqualTo([2, 3, 3, 2, 2, 2]));
        Assert.That(Degrees(1), Is.EqualTo([0, 0, 1, 1, 2, 2]));
        Assert.That(Degrees(1, 4), Is.EqualTo([0, 0, 1, 1, 0, 0]));
        Assert.That(Degrees(1, 4, 2), Is.All.Zero, "everything is covered");
        Assert.That(ProbCoverStrategy.Select(rows, FeatureMatrix.FromRows([[0.4f]]), 2, 0.5), Is.EqualTo(new[] { 4, 2 }), "the label covers 0 to 2");
        Assert.That(ProbCoverStrategy.Select(rows, None, 6, 0.5), Is.EquivalentTo(Enumerable.Range(0, 6)), "filled when all is covered");

        int[] Degrees(params int[] taken) => [.. Enumerable.Range(0, 6).Select(x =>
        {
            var graph = new CoverGraph(new RowPoints(rows), 6, 0.25, 100, 1, default);
            Array.ForEach(taken, t => graph.Cover(t));
            return graph.Cover(x);
        })];
    }

    [Test]
    public void ProbCover_gives_edges_to_the_last_rows_too([Values(3, 501, 1003)] int n)
    {
        // Only the last three rows are close to one another.
        FeatureMatrix rows = FeatureMatrix.FromRows([.. Enumerable.Range(0, n).Select(i => new[] { i < n - 3 ? 10f * i : -100 + (0.1f * (i - n)) })]);
        int[] picks = ProbCoverStrategy.Select(rows, None, 1, 0.15);
        Assert.That(picks, Is.EqualTo(new[] { n - 2 }));
    }

    [Test]
    public void ProbCover_covers_at_least_1_minus_1_over_e_of_the_best([Range(1, 10)] int seed)
    {
        FeatureMatrix rows = TestData.Rows(12, 2, seed);
        var covered = new double[3];
        ProbCoverStrategy.Select(rows, None, 3, 0.8, covered);
        var buffer = new RowBuffer(rows);
        int Covered(params int[] centres) => Enumerable.Range(0, 12).Count(y =>
            centres.Any(x => x == y || DistanceMetric.Euclidean.Between(buffer[x], buffer[y]) < 0.8));
        int best = 0;
        for (int a = 0; a < 12; a++)
        {
            for (int b = a; b < 12; b++)
            {
                for (int c = b; c < 12; c++)
                {
                    best = Math.Max(best, Covered(a, b, c));
                }
            }
        }

        Assert.That(covered.Sum(), Is.InRange((1 - (1 / Math.E)) * best, best));
    }

    [Test]
    public void ProbCover_refuses_a_graph_larger_than_its_limit()
    {
        FeatureMatrix rows = TestData.Duplicates(100);
        Assert.That(
            () => ProbCoverStrategy.Select(rows, None, 1, 1, largestEdgeCount: 9_999),
            Throws.InvalidOperationException.With.Message.Contains("9999").And.Message.Contains("SubPoolStrategy"));
        Assert.That(ProbCoverStrategy.Select(rows, None, 2, 1, largestEdgeCount: 10_000), Is.EqualTo(new[] { 0, 1 }));
    }

    [TestCase(1, 3)]
    [TestCase(0.75, 3)]
    [TestCase(0.5, 4)]
    public void The_radius_is_the_largest_of_enough_purity(double purity, double expected)
    {
        // The nearest strangers are at 5, 4, 3 and 3.
        FeatureMatrix rows = FeatureMatrix.FromRows([[0], [1], [2], [5]]);
        Assert.That(ProbCoverStrategy.Radius(rows, [0, 0, 0, 1], purity), Is.EqualTo(expected));
        Assert.That(ProbCoverStrategy.Radius(rows, [0, 0, 0, 0], purity), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Graph_density_takes_the_middle_of_a_clump_and_then_lowers_its_neighbours()
    {
        // Two clumps; the first is tighter. One neighbour each: edges 0–1, 1–2 of weight e^−1 and e^−2, 3–4 of weight e^−4.
        FeatureMatrix rows = FeatureMatrix.FromRows([[0], [1], [3], [20], [24]]);
        var densities = new double[5];
        int[] picks = GraphDensityStrategy.Select(rows, None, 5, 1, densities);
        double a = Math.Exp(-1), b = Math.Exp(-2), c = Math.Exp(-4);
        Assert.That(picks, Is.EqualTo(new[] { 0, 2, 1, 3, 4 }));
        Assert.That(densities, Is.EqualTo([a, b, ((a + b) / 2) - (a * a) - (b * b), c, c - (c * c)]).Within(1e-12));
        // A label between 0 and 1 is the nearest of both, and lowers them as if it had just been taken.
        Assert.That(GraphDensityStrategy.Select(rows, FeatureMatrix.FromRows([[0.5f]]), 1, 1, densities.AsSpan(0, 1)), Is.EqualTo(new[] { 0 }));
        Assert.That(densities[0], Is.EqualTo(Math.Exp(-0.5) - Math.Exp(-1)).Within(1e-12));
    }

    [Test]
    public void The_logistic_regression_is_that_of_scikit_learn()
    {
        // Golden/logistic.py.
        FeatureMatrix rows = FeatureMatrix.FromRows([[1, 2], [2, 0.5f], [3, 3], [0, 1], [-1, 0], [0.5f, -2], [-2, 1.5f]]);
        var learner = BinaryLogistic.Fit(rows, 3, CancellationToken.None);
        Assert.That(learner.Weights.ToArray(), Is.EqualTo(GoldenWeights).Within(1e-6));
    }

    [Test]
    public void Lightweight_core_set_draws_by_distance_to_the_mean()
    {
        // The mean is 0; squared distances 1, 9 and 16 and 0 of 26: ½·¼ + ½·d²/26.
        FeatureMatrix rows = FeatureMatrix.FromRows([[-1], [-3], [4], [0]]);
        double[] p = Array.ConvertAll(LightweightCoresetStrategy.LogProbabilities(rows), Math.Exp);
        Close.Check(p, [0.125 + (0.5 / 26), 0.125 + (4.5 / 26), 0.125 + (8.0 / 26), 0.125], 1e-12);
        Assert.That(LightweightCoresetStrategy.LogProbabilities(TestData.Duplicates(5)), Is.All.EqualTo(Math.Log(0.2)).Within(1e-12));
        var drawn = new int[4];
        Datasets.InMemoryDataset data = TestData.Classification(rows, 2);
        for (int seed = 0; seed < 20_000; seed++)
        {
            drawn[new LightweightCoresetStrategy().Suggest(Rounds.Over(data, null, labelled: 0, seed: seed), 1).Indices[0]]++;
        }

        for (int i = 0; i < 4; i++)
        {
            Assert.That(drawn[i] / 20_000.0, Is.EqualTo(p[i]).Within(4 * Math.Sqrt(p[i] * (1 - p[i]) / 20_000)));
        }
    }

    [Test]
    public void Discriminative_takes_what_is_unlike_the_labelled_side_and_counts_what_it_took()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([.. Enumerable.Range(0, 20).Select(i => new[] { i < 10 ? 5f + (0.1f * i) : -5 - (0.1f * i) })]);
        FeatureMatrix labelled = FeatureMatrix.FromRows([[0.5f], [-0.2f]]);
        int[] one = DiscriminativeStrategy.Select(rows, FeatureMatrix.FromRows([[-4], [-3]]), 3, new RandomStream(1), subBatches: 1);
        Assert.That(one, Is.EqualTo(new[] { 9, 8, 7 }));
        int[] many = DiscriminativeStrategy.Select(rows, labelled, 10, new RandomStream(1));
        Assert.That(many.Count(i => i < 10), Is.InRange(1, 9), "once one side is taken, the other is less like the labelled");
    }
}
