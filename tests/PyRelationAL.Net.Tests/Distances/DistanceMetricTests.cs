using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>The vectorised distances against plain loops, at every width and number of rows around the vectors' and tiles' lengths.</summary>
internal sealed class DistanceMetricTests
{
    private static readonly int[] Widths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33];

    private static IEnumerable<TestCaseData> Metrics =>
    [
        new TestCaseData(DistanceMetric.Euclidean, (Func<double[], double[], double>)((a, b) => Math.Sqrt(Squares(a, b)))).SetArgDisplayNames("Euclidean"),
        new TestCaseData(DistanceMetric.SquaredEuclidean, (Func<double[], double[], double>)Squares).SetArgDisplayNames("SquaredEuclidean"),
        new TestCaseData(
            DistanceMetric.Manhattan, (Func<double[], double[], double>)((a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum())).SetArgDisplayNames("Manhattan"),
        new TestCaseData(
            DistanceMetric.Chebyshev,
            (Func<double[], double[], double>)((a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).DefaultIfEmpty().Max())).SetArgDisplayNames("Chebyshev"),
    ];

    [TestCaseSource(nameof(Metrics))]
    public void Distances_equal_a_plain_loop(DistanceMetric metric, Func<double[], double[], double> plain)
    {
        var random = new RandomStream(4);
        foreach (int width in Widths)
        {
            double[] a = Row(width, random), b = Row(width, random);
            Close.Check([metric.Between(a, b)], [plain(a, b)]);
            Assert.That(metric.Between(a, a), Is.Zero);
        }
    }

    [TestCaseSource(nameof(Metrics))]
    public void One_row_to_many_gives_the_same_bits_as_one_to_one(DistanceMetric metric, Func<double[], double[], double> plain)
    {
        var random = new RandomStream(5);
        foreach (int width in Widths)
        {
            for (int count = 0; count <= 9; count++)
            {
                double[] from = Row(width, random), rows = Row(width * count, random);
                var distances = new double[count];
                metric.ToRows(from, rows, distances);
                Assert.That(
                    distances,
                    Is.EqualTo(Enumerable.Range(0, count).Select(i => metric.Between(from, rows.AsSpan(i * width, width)))),
                    $"{count} rows of {width}");
            }
        }
    }

    [Test]
    public void Near_duplicates_keep_their_distance()
    {
        // An expansion into norms and products would lose this difference entirely.
        double[] a = [1e6, 1e6, 1e6], b = [1e6, 1e6, 1e6 + 0.0625];
        Assert.That(DistanceMetric.SquaredEuclidean.Between(a, b), Is.EqualTo(0.0625 * 0.0625));
    }

    [TestCase(0, 0, 0, 0, 0.0)]
    [TestCase(1, 0, 0, 0, 1.0)]
    [TestCase(1, 0, 0, 2, 1.0)]
    [TestCase(1, 1, -2, -2, 2.0)]
    [TestCase(3, 4, 6, 8, 0.0)]
    public void Cosine_distance_of_known_pairs(double a0, double a1, double b0, double b1, double expected) =>
        Assert.That(DistanceMetric.Cosine.Between([a0, a1], [b0, b1]), Is.EqualTo(expected).Within(1e-15));

    [Test]
    public void Similarities_of_one_row_to_many_are_those_of_one_to_one()
    {
        var random = new RandomStream(6);
        foreach (Similarity similarity in new[] { Similarity.InverseDistance, Similarity.Cosine, Similarity.RadialBasis(0.3) })
        {
            double[] from = Row(5, random), rows = Row(35, random);
            var similarities = new double[7];
            similarity.ToRows(from, rows, similarities);
            Assert.That(similarities, Is.EqualTo(Enumerable.Range(0, 7).Select(i => similarity.Between(from, rows.AsSpan(i * 5, 5)))));
            Assert.That(similarities, Is.All.InRange(0.0, 1.0));
            Assert.That(similarity.Between(from, from), Is.EqualTo(1));
        }
    }

    private static double Squares(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static double[] Row(int width, RandomStream random) => [.. Enumerable.Range(0, width).Select(_ => random.NextGaussian())];
}
