using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

public sealed class NearestTests
{
    private static readonly float[] Scales = [1f, 1e-25f, 1e15f, 1e30f];

    [Test]
    public void The_nearest_point_is_that_of_comparing_all(
        [Values(1, 2, 31, 64, 100)] int count, [Values(1, 3, 16, 65)] int columns, [Values(0, 1, 2, 3)] int scale)
    {
        // Values on a grid, so that many distances tie, and the same points twice.
        FeatureMatrix rows = Grid(150, columns, 1, Scales[scale]), references = Grid(count, columns, 2, Scales[scale]);
        CompareWithAll(rows, references);
    }

    [TestCase(0f)]
    [TestCase(1000f)]
    [TestCase(1e6f)]
    public void The_nearest_point_is_found_far_from_the_origin(float offset) =>
        CompareWithAll(Offset(TestData.Rows(300, 8, 1), offset), Offset(TestData.Rows(90, 8, 2), offset));

    [Test]
    public void Other_points_are_not_nearer_than_said([Values(1, 5, 40, 200)] int count, [Values(1, 4, 20)] int columns)
    {
        FeatureMatrix rows = TestData.Rows(130, columns, 1), references = TestData.Rows(count, columns, 2);
        double[] points = Wide(references), others = new double[130], squared = new double[130];
        var nearest = new int[130];
        new NearestPoint(points, count, columns).Find(rows.Values, nearest, squared, others);
        var buffer = new RowBuffer(rows);
        double slack = 0;
        for (int i = 0; i < 130; i++)
        {
            double second = Enumerable.Range(0, count).Where(c => c != nearest[i])
                .Select(c => DistanceMetric.Euclidean.Between(buffer[i], points.AsSpan(c * columns, columns))).DefaultIfEmpty(double.PositiveInfinity).Min();
            Assert.That(others[i], Is.LessThanOrEqualTo(second));
            slack = Math.Max(slack, count == 1 ? 0 : second - others[i]);
        }

        Assert.That(slack, Is.LessThan(0.01), "the bound is of use");
    }

    [TestCase(300, 3, 20)]
    [TestCase(700, 20, 5)]
    [TestCase(700, 2, 1)]
    [TestCase(256, 1, 3)]
    [TestCase(600, 17, 300)]
    public void Nearest_rows_are_those_of_sorting_all(int count, int columns, int neighbours)
    {
        FeatureMatrix[] all =
        [
            TestData.Rows(count, columns, 3),
            Grid(count, columns, 3, 1),
            Grid(count, columns, 4, 1e30f),
            Offset(TestData.Rows(count, columns, 4), 1e4f),
            Offset(TestData.Rows(count, columns, 4), 1e7f),
            TestData.Duplicates(count),
        ];
        foreach (FeatureMatrix rows in all)
        {
            foreach (DistanceMetric metric in new[] { DistanceMetric.Euclidean, DistanceMetric.SquaredEuclidean, DistanceMetric.Manhattan })
            {
                var buffer = new RowBuffer(rows);
                NearestRows found = NearestRows.Among(rows, neighbours, metric, 2, CancellationToken.None);
                for (int i = 0; i < count; i += 7)
                {
                    int[] sorted = [.. Enumerable.Range(0, count).Where(j => j != i).OrderBy(j => metric.Between(buffer[i], buffer[j])).Take(neighbours)];
                    Assert.That(found.Of(i).ToArray(), Is.EqualTo(sorted));
                    Assert.That(found.DistancesOf(i).ToArray(), Is.EqualTo(sorted.Select(j => metric.Between(buffer[i], buffer[j]))));
                }

                Assert.That(
                    NearestRows.Among(rows, [5, 200], neighbours, metric, 1, CancellationToken.None).Of(1).ToArray(), Is.EqualTo(found.Of(200).ToArray()));
            }
        }
    }

    [Test]
    public void The_farthest_candidate_is_that_of_comparing_all([Values(1, 2, 12)] int columns, [Values(1, 3)] int threads)
    {
        foreach (FeatureMatrix all in new[] { TestData.Rows(1500, columns, 5), Grid(1500, columns, 5, 1) })
        {
            const int Candidates = 1400;
            var points = new RowPoints(all);
            NearestSelected lazy = new(points, Candidates, threads, CancellationToken.None), eager = new(points, Candidates, 1, CancellationToken.None);
            double[] distances = [.. Enumerable.Repeat(double.PositiveInfinity, Candidates)];
            int[] owners = new int[Candidates];
            for (int k = 0; k < 200; k++)
            {
                int next = k < 100 ? Candidates + k : lazy.Farthest();
                if (k >= 100)
                {
                    int expected = Enumerable.Range(0, Candidates).MaxBy(i => distances[i]);
                    Assert.That(next, Is.EqualTo(distances[expected] > 0 ? expected : -1), $"pick {k}");
                    if (next < 0)
                    {
                        break;
                    }

                    Assert.That(lazy.Distances[next], Is.EqualTo(distances[next]));
                }

                lazy.Select(next);
                eager.Select(next);
                var one = new double[Candidates];
                points.SquaredDistances(next, 0, one);
                for (int i = 0; i < Candidates; i++)
                {
                    if (one[i] < distances[i])
                    {
                        (distances[i], owners[i]) = (one[i], k);
                    }
                }

                if (k % 3 == 0)
                {
                    eager.Update();
                    Assert.That(eager.Distances.ToArray(), Is.EqualTo(distances));
                }
            }

            lazy.Update();
            Assert.That(lazy.Distances.ToArray(), Is.EqualTo(distances));
            Assert.That(lazy.Owners.ToArray().Where((_, i) => distances[i] > 0), Is.EqualTo(owners.Where((_, i) => distances[i] > 0)));
        }
    }

    [Test]
    public void Draws_from_old_distances_are_in_proportion_to_the_new_ones()
    {
        // After 0 has been seen: 1, 4, 9, 16, 100; with 3 and 10 selected since then: 1, 1, 0, 1, 0.
        FeatureMatrix rows = TestData.Matrix([0, 1, 2, 3, 4, 10], 1);
        var counts = new double[6];
        for (int seed = 0; seed < 4000; seed++)
        {
            var random = new RandomStream(seed);
            var nearest = new NearestSelected(new RowPoints(rows), 6, 1, CancellationToken.None);
            nearest.Select(0);
            nearest.Draw(random);
            nearest.Select(3);
            nearest.Select(5);
            counts[nearest.Draw(random)]++;
        }

        Assert.That(counts[0] + counts[3] + counts[5], Is.Zero);
        Assert.That(ChiSquare.Statistic([counts[1], counts[2], counts[4]], [4000.0 / 3, 4000.0 / 3, 4000.0 / 3]), Is.LessThan(ChiSquare.Critical(2)));
    }

    private static void CompareWithAll(FeatureMatrix rows, FeatureMatrix references)
    {
        int columns = rows.ColumnCount, n = rows.RowCount;
        double[] points = Wide(references), squared = new double[n];
        var nearest = new int[n];
        new NearestPoint(points, references.RowCount, columns).Find(rows.Values, nearest, squared);
        var buffer = new RowBuffer(rows);
        for (int i = 0; i < n; i++)
        {
            double[] all = [.. Enumerable.Range(0, references.RowCount).Select(c =>
                DistanceMetric.SquaredEuclidean.Between(buffer[i], points.AsSpan(c * columns, columns)))];
            Assert.That(nearest[i], Is.EqualTo(Array.IndexOf(all, all.Min())));
            Assert.That(squared[i], Is.EqualTo(all.Min()));
        }
    }

    private static double[] Wide(FeatureMatrix rows) => new RowBuffer(rows).Rows(0, rows.RowCount).ToArray();

    private static FeatureMatrix Offset(FeatureMatrix rows, float offset) =>
        new(rows.Values.ToArray().Select(v => v + offset).ToArray(), rows.RowCount, rows.ColumnCount);

    private static FeatureMatrix Grid(int count, int columns, int seed, float scale)
    {
        var random = new RandomStream(seed);
        return new FeatureMatrix(Enumerable.Range(0, count * columns).Select(_ => (random.NextInt32(5) - 2) * scale).ToArray(), count, columns);
    }
}
