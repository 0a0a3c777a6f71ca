using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class TypiClustScaleTests
{
    [TestCase(90, 3, 90)]
    [TestCase(600, 8, 100)]
    [TestCase(600, 1, 60)]
    public void The_most_typical_are_those_of_computing_all_anew_for_each(int rowCount, int columns, int count)
    {
        // On a grid too, where many are equally typical.
        var random = new RandomStream(7);
        FeatureMatrix grid = TestData.Matrix([.. Enumerable.Range(0, rowCount * columns).Select(_ => (double)random.NextInt32(4))], columns);
        foreach (FeatureMatrix rows in new[] { TestData.Rows(rowCount, columns), grid })
        {
            int[] clusters = [.. Enumerable.Range(0, rowCount).Select(i => i % 5 == 0 ? 0 : 1)];
            int[] picks = TypiClustStrategy.Select(rows, clusters, count);
            var left = new List<int>[] { [.. Enumerable.Range(0, rowCount).Where(i => i % 5 == 0)], [.. Enumerable.Range(0, rowCount).Where(i => i % 5 > 0)] };
            foreach (int pick in picks)
            {
                List<int> members = left[clusters[pick]];
                Assert.That(pick, Is.EqualTo(MostTypical(rows, members)));
                members.Remove(pick);
            }
        }
    }

    [Test]
    public void Those_compared_in_large_clusters_are_nearly_as_typical([Values(1, 2, 3)] int seed)
    {
        FeatureMatrix rows = Clumps(12_000, 16, seed);
        var clusters = new int[12_000];
        int[] exact = TypiClustStrategy.Select(rows, clusters, 5), few = Limited(rows, clusters, 5, 1024);
        var scores = new double[12_000];
        TypiClustStrategy.Compute(rows, 20, scores);
        double ratio = few.Average(i => scores[i]) / exact.Average(i => scores[i]), ordinary = scores.Average() / exact.Average(i => scores[i]);
        Assert.That(ratio, Is.GreaterThan(0.95));
        Assert.That(ordinary, Is.LessThan(0.6), "the others are less typical by far");
    }

    [Test]
    public void When_few_are_left_of_those_compared_others_follow()
    {
        FeatureMatrix rows = TestData.Rows(500, 2);
        var clusters = new int[500];
        int[] picks = Limited(rows, clusters, 500, 16);
        Assert.That(picks, Is.EquivalentTo(Enumerable.Range(0, 500)));
        Assert.That(Limited(rows, clusters, 20, 126), Is.EqualTo(TypiClustStrategy.Select(rows, clusters, 20)), "from so many on all are compared");
        Assert.That(Limited(rows, clusters, 20, 2), Is.Not.EqualTo(TypiClustStrategy.Select(rows, clusters, 20)));
    }

    [Test]
    public void Large_pools_are_clustered_from_a_sample([Values(4, 60)] int count)
    {
        // Far clouds around as many centres as clusters: one item of each is taken, since the nearest centre is that of the own cloud.
        var random = new RandomStream(3);
        FeatureMatrix rows = TestData.Matrix(
            [.. Enumerable.Range(0, 40_000 * 2).Select(i => (100.0 * (i / 2 % count) * (1 + (i % 2 * (i / 2 % count)))) + random.NextGaussian())], 2);
        var data = TestData.Regression(rows);
        DatasetView all = DatasetView.All(data);
        var strategy = new TypiClustStrategy(exactRows: 39_999);
        int[] picks = [.. strategy.Suggest(new QueryContext(all, all.Slice(0, 0), null, new RandomStream(1), 1), count).Indices];
        Assert.That(picks.Select(p => p % count), Is.EquivalentTo(Enumerable.Range(0, count)));
        Assert.That(strategy.Suggest(new QueryContext(all, all.Slice(0, 0), null, new RandomStream(1), 4), count).Indices, Is.EqualTo(picks));

        // Half of the clouds labelled: the next come from the others.
        var labelled = all.SelectRows([.. picks[..(count / 2)].Order()]);
        var pool = all.SelectRows([.. Enumerable.Range(0, 40_000).Except(picks[..(count / 2)])]);
        int[] next = [.. strategy.Suggest(new QueryContext(pool, labelled, null, new RandomStream(1), 2), 1).Indices];
        Assert.That(picks[..(count / 2)].Select(p => p % count), Has.None.EqualTo(next[0] % count));
    }

    [Test]
    public void Pools_within_the_limit_and_other_clusterers_see_all_rows()
    {
        var data = TestData.Regression(TestData.Rows(3000, 4));
        DatasetView all = DatasetView.All(data);
        int[] Picks(TypiClustStrategy strategy) => [.. strategy.Suggest(new QueryContext(all, all.Slice(0, 0), null, new RandomStream(1)), 60).Indices];
        int[] exact = Picks(new TypiClustStrategy());
        Assert.That(Picks(new TypiClustStrategy(exactRows: 3000)), Is.EqualTo(exact));
        Assert.That(Picks(new TypiClustStrategy(exactRows: 0, clusterer: new MiniBatchKMeans(batchSize: 5000))), Is.EqualTo(exact));
        Assert.That(() => new TypiClustStrategy(exactRows: -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static int[] Limited(FeatureMatrix rows, int[] clusters, int count, int compared) =>
        TypiClustStrategy.Select(rows, clusters, count, 20, 5, compared, 2, CancellationToken.None);

    private static int MostTypical(FeatureMatrix rows, List<int> members)
    {
        var buffer = new RowBuffer(rows);
        int k = Math.Min(20, members.Count / 2);
        return members.MinBy(i => k == 0 ? 0 : System.Numerics.Tensors.TensorPrimitives.Sum<double>(
            [.. members.Where(j => j != i).Select(j => DistanceMetric.Euclidean.Between(buffer[i], buffer[j])).Order().Take(k)]) / k);
    }

    /// <summary>Half of the rows lie in clumps of 30 of different widths.</summary>
    private static FeatureMatrix Clumps(int count, int columns, int seed)
    {
        var random = new RandomStream(seed);
        var values = new double[count * columns];
        double[] centre = new double[columns];
        double width = 0;
        for (int i = 0; i < count; i++)
        {
            if (i % 30 == 0)
            {
                width = 0.1 + (0.8 * random.NextDouble());
                centre = [.. Enumerable.Range(0, columns).Select(_ => random.NextGaussian())];
            }

            for (int j = 0; j < columns; j++)
            {
                values[(i * columns) + j] = i < count / 2 ? centre[j] + (width * random.NextGaussian()) : random.NextGaussian();
            }
        }

        return TestData.Matrix(values, columns);
    }
}
