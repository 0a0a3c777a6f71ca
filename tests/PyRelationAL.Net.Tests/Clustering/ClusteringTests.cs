using System.Text.Json;
using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

public sealed class ClusteringTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(8)]
    [TestCase(13)]
    [TestCase(29)]
    public void Agglomerative_clusters_are_scipys_average_linkage(int clusterCount)
    {
        JsonElement golden = GoldenData.Section("density");
        FeatureMatrix rows = TestData.Matrix(golden.Numbers("rows"), golden.Integer("columns"));
        ClusterAssignment clusters = new Agglomerative().Cluster(rows, clusterCount, new RandomStream(1));
        Assert.That(
            FirstMembers(clusters),
            Is.EqualTo(GoldenData.Section("upgma").Integers(clusterCount.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Test]
    public void Agglomerative_clusters_equal_naive_average_linkage([Range(1, 12)] int seed, [Values(2, 4)] int clusterCount)
    {
        FeatureMatrix rows = TestData.Rows(14, 2, seed);
        foreach (DistanceMetric metric in new[] { DistanceMetric.Euclidean, DistanceMetric.Manhattan })
        {
            ClusterAssignment clusters = new Agglomerative(metric).Cluster(rows, clusterCount, new RandomStream(1));
            Assert.That(FirstMembers(clusters), Is.EqualTo(NaiveAverageLinkage(rows, clusterCount, metric)));
        }
    }

    [Test]
    public void Agglomerative_refuses_what_needs_too_much_memory() => Assert.That(
        () => new Agglomerative().Cluster(new FeatureMatrix(new float[Agglomerative.LargestRowCount + 1], Agglomerative.LargestRowCount + 1, 1),
            2, new RandomStream(1)),
        Throws.ArgumentException.With.Message.Contains("20000").And.Message.Contains("k-means"));

    [Test]
    public void More_starts_of_k_means_are_never_worse([Range(1, 10)] int seed)
    {
        FeatureMatrix rows = TestData.Rows(80, 2, seed);
        double Inertia(int starts) => SumOfSquares(rows, new KMeans(starts).Cluster(rows, 7, new RandomStream(seed)));
        double one = Inertia(1), ten = Inertia(10);
        Assert.That(ten, Is.LessThanOrEqualTo(one * (1 + 1e-3)), "up to what the tolerance leaves");
    }

    [Test]
    public void K_means_ends_where_no_row_is_nearer_to_another_centre()
    {
        FeatureMatrix rows = TestData.Rows(120, 2);
        ClusterAssignment clusters = new KMeans(tolerance: 0).Cluster(rows, 6, new RandomStream(3));
        double[][] centres = Means(rows, clusters);
        for (int i = 0; i < rows.RowCount; i++)
        {
            int nearest = Enumerable.Range(0, 6).MinBy(c => Squared(rows, i, centres[c]));
            Assert.That(nearest, Is.EqualTo(clusters.Clusters[i]));
        }
    }

    [Test]
    public void An_empty_cluster_takes_over_the_farthest_row()
    {
        var state = new LloydState(TestData.Matrix([0, 1, 2, 10], 1), [3, 100], 2, 1, CancellationToken.None);
        Assert.That(state.Clusters, Is.EqualTo([0, 0, 0, 0]));
        Assert.That(state.Move(), Is.EqualTo(4 + (90 * 90)));
        Assert.That(state.Clusters, Is.EqualTo([0, 0, 0, 1]));
        Assert.That(state.Centres.Select(centre => centre[0]), Is.EqualTo([1, 10]));
        Assert.That(state.Inertia(), Is.EqualTo(2));
    }

    [TestCase(1, 3, 1f, 0f)]
    [TestCase(2, 17, 1f, 0f)]
    [TestCase(7, 40, 1f, 1000f)]
    [TestCase(33, 5, 1e-20f, 0f)]
    [TestCase(3, 5, 1e30f, 0f)]
    public void Bounds_leave_every_row_where_a_full_comparison_puts_it(int columns, int k, float scale, float offset)
    {
        FeatureMatrix plain = TestData.Rows(3000, columns, seed: k);
        // Every third row twice, so that there are ties.
        var rows = new FeatureMatrix(
            Enumerable.Range(0, 3000).SelectMany(i => plain.Row(i % 3 == 0 ? i : i / 3 * 3).ToArray()).Select(v => (v * scale) + offset).ToArray(),
            3000,
            columns);
        double[] seeds = KMeansPlusPlus.Seeds(rows, k, new RandomStream(1), 1, CancellationToken.None);
        LloydState one = new(rows, seeds, k, 1, CancellationToken.None), many = new(rows, seeds, k, 4, CancellationToken.None);
        var buffer = new RowBuffer(rows);
        for (int move = 0; move < 12; move++)
        {
            Assert.That(one.Move(), Is.EqualTo(many.Move()));
            double[][] centres = one.Centres;
            int[] expected = [.. Enumerable.Range(0, 3000).Select(i =>
                Enumerable.Range(0, k).MinBy(c => DistanceMetric.SquaredEuclidean.Between(buffer[i], centres[c])))];
            Assert.That(one.Clusters, Is.EqualTo(expected), $"after {move + 1} moves");
            Assert.That(many.Clusters, Is.EqualTo(expected));
        }
    }

    [Test]
    public void As_many_distinct_values_as_clusters_are_all_found_among_duplicates()
    {
        FeatureMatrix rows = TestData.Matrix([.. Enumerable.Range(0, 60).Select(i => (double)(i % 4))], 1);
        foreach (IClusterer clusterer in new IClusterer[] { new KMeans(), new KMedoids(), new MiniBatchKMeans(), new Agglomerative() })
        {
            int[] clusters = clusterer.Cluster(rows, 4, new RandomStream(2)).Clusters.ToArray();
            Assert.That(Enumerable.Range(0, 60).Select(i => (i % 4, clusters[i])).Distinct().Count(), Is.EqualTo(4), clusterer.GetType().Name);
        }
    }

    [Test]
    public void Seeding_never_chooses_a_row_twice()
    {
        FeatureMatrix rows = TestData.Matrix([.. Enumerable.Range(0, 30).Select(i => (double)(i % 3))], 1);
        for (int seed = 0; seed < 50; seed++)
        {
            Assert.That(Seeds(rows, 30, seed), Is.Unique);
            Assert.That(Seeds(rows, 3, seed).Select(r => r % 3), Is.Unique, "a distance of 0 has no weight");
        }
    }

    [Test]
    public void Seeding_draws_in_proportion_to_the_squared_distance()
    {
        // From 0 the distances are 1, 2, 3, so the weights 1, 4, 9.
        FeatureMatrix rows = TestData.Matrix([0, 1, 2, 3], 1);
        var counts = new double[4];
        for (int seed = 0, used = 0; used < 3000; seed++)
        {
            int[] chosen = Seeds(rows, 2, seed);
            if (chosen[0] == 0)
            {
                counts[chosen[1]]++;
                used++;
            }
        }

        Assert.That(ChiSquare.Statistic(counts[1..], [3000.0 / 14, 12000.0 / 14, 27000.0 / 14]), Is.LessThan(ChiSquare.Critical(2)));
    }

    [Test]
    public void Medoids_are_members_that_no_other_member_beats()
    {
        FeatureMatrix rows = TestData.Rows(70, 2);
        var buffer = new RowBuffer(rows);
        ClusterAssignment clusters = new KMedoids(DistanceMetric.Manhattan).Cluster(rows, 5, new RandomStream(3));
        foreach (int medoid in clusters.Representatives(rows, new RandomStream(1)))
        {
            int[] members = [.. Enumerable.Range(0, 70).Where(i => clusters.Clusters[i] == clusters.Clusters[medoid])];
            double Cost(int row) => members.Sum(i => DistanceMetric.Manhattan.Between(buffer[row], buffer[i]));
            Assert.That(members, Does.Contain(medoid));
            Assert.That(members.Select(Cost), Is.All.GreaterThanOrEqualTo(Cost(medoid) - 1e-12));
        }
    }

    [Test]
    public void Mini_batches_come_near_to_full_k_means()
    {
        FeatureMatrix rows = TestData.Rows(3000, 2);
        double full = SumOfSquares(rows, new KMeans().Cluster(rows, 8, new RandomStream(1)));
        Assert.That(SumOfSquares(rows, new MiniBatchKMeans().Cluster(rows, 8, new RandomStream(1))), Is.LessThan(1.15 * full));
    }

    [Test]
    public void Representatives_come_from_the_largest_cluster_first()
    {
        FeatureMatrix rows = TestData.Matrix([0, 1, 2, 3, 4, 5], 1);
        Assert.That(new ClusterAssignment([2, 0, 0, 1, 2, 2], 3, exemplars: [2, 3, 5]).Representatives(rows, new RandomStream(1)), Is.EqualTo([5, 2, 3]));
        Assert.That(new ClusterAssignment([0, 0, 0, 1, 1, 3], 4, [[0.9], [3.6], [9], [5]]).Representatives(rows, new RandomStream(1)), Is.EqualTo([1, 4, 5]));
        int[] random = [.. new ClusterAssignment([0, 0, 0, 1, 1, 1], 2).Representatives(rows, new RandomStream(1))];
        Assert.That(random[0], Is.LessThan(3));
        Assert.That(random[1], Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public void An_assignment_that_does_not_fit_is_refused()
    {
        Assert.That(() => new ClusterAssignment([0, 2], 2), Throws.ArgumentException.With.Message.Contains("Row 1 is in cluster 2"));
        Assert.That(() => new ClusterAssignment([0], 1, centres: []), Throws.ArgumentException);
        Assert.That(() => new ClusterAssignment([0], 1, exemplars: [0, 1]), Throws.ArgumentException);
        Assert.That(() => new ClusterAssignment([0], 1).Representatives(TestData.Rows(2), new RandomStream(1)), Throws.ArgumentException);
    }

    [Test]
    public void Settings_out_of_range_are_refused()
    {
        Assert.That(() => new KMeans(starts: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new KMeans(maxIterations: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new KMeans(tolerance: double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new KMedoids(starts: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new MiniBatchKMeans(batchSize: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new MiniBatchKMeans(steps: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static int[] Seeds(FeatureMatrix rows, int count, int seed) =>
        KMeansPlusPlus.Choose(rows, count, new RandomStream(seed), 1, CancellationToken.None);

    private static int[] FirstMembers(ClusterAssignment clusters)
    {
        int[] c = clusters.Clusters.ToArray();
        return Array.ConvertAll(c, cluster => Array.IndexOf(c, cluster));
    }

    private static int[] NaiveAverageLinkage(FeatureMatrix rows, int clusterCount, DistanceMetric metric)
    {
        var buffer = new RowBuffer(rows);
        List<List<int>> clusters = [.. Enumerable.Range(0, rows.RowCount).Select(i => new List<int> { i })];
        while (clusters.Count > clusterCount)
        {
            (int a, int b) = Enumerable.Range(0, clusters.Count)
                .SelectMany(i => Enumerable.Range(0, i).Select(j => (j, i)))
                .MinBy(pair => clusters[pair.j].Average(p => clusters[pair.i].Average(q => metric.Between(buffer[p], buffer[q]))));
            clusters[a].AddRange(clusters[b]);
            clusters.RemoveAt(b);
        }

        return [.. Enumerable.Range(0, rows.RowCount).Select(i => clusters.Single(c => c.Contains(i)).Min())];
    }

    private static double[][] Means(FeatureMatrix rows, ClusterAssignment clusters)
    {
        int[] c = clusters.Clusters.ToArray();
        return
        [
            .. Enumerable.Range(0, clusters.ClusterCount).Select(k =>
            {
                int[] members = [.. Enumerable.Range(0, rows.RowCount).Where(i => c[i] == k)];
                return Enumerable.Range(0, rows.ColumnCount).Select(j => members.Average(i => (double)rows.Row(i)[j])).ToArray();
            }),
        ];
    }

    private static double Squared(FeatureMatrix rows, int row, double[] centre) =>
        Enumerable.Range(0, rows.ColumnCount).Sum(j => (rows.Row(row)[j] - centre[j]) * (rows.Row(row)[j] - centre[j]));

    private static double SumOfSquares(FeatureMatrix rows, ClusterAssignment clusters)
    {
        double[][] means = Means(rows, clusters);
        return Enumerable.Range(0, rows.RowCount).Sum(i => Squared(rows, i, means[clusters.Clusters[i]]));
    }
}
