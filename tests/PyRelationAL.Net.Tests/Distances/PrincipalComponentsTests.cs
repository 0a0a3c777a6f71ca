using System.Text.Json;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class PrincipalComponentsTests
{
    [Test]
    public void Components_agree_with_a_singular_value_decomposition()
    {
        JsonElement golden = GoldenData.ProjectionSection("components");
        FeatureMatrix rows = TestData.Matrix(golden.Numbers("rows"), 12);
        var components = PrincipalComponents.Of(rows, 4, -1, default);
        Close.Check(components.Variances, golden.Numbers("variances"), 1e-9);
        Close.Check(components.Directions, golden.Numbers("directions"), 1e-7);
        double[] projected = Array.ConvertAll(components.Project(rows, -1, default).Values.ToArray(), v => (double)v);
        Assert.That(projected.Zip(golden.Numbers("projected"), (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-5), "float32");
    }

    [Test]
    public void Wide_rows_get_the_same_components_as_their_rotation()
    {
        // 12 columns that carry the variance, turned into 300 by orthonormal directions: the components are known, the noise is small.
        FeatureMatrix narrow = TestData.Matrix(GoldenData.ProjectionSection("components").Numbers("rows"), 12);
        double[] frame = Frame(12, 300);
        FeatureMatrix noise = TestData.Rows(80, 300, seed: 7);
        var values = new float[80 * 300];
        for (int i = 0; i < values.Length; i++)
        {
            double sum = 1e-4 * noise.Values[i];
            for (int j = 0; j < 12; j++)
            {
                sum += narrow.Row(i / 300)[j] * frame[(j * 300) + (i % 300)];
            }

            values[i] = (float)sum;
        }

        var wide = new FeatureMatrix(values, 80, 300);
        PrincipalComponents randomised = PrincipalComponents.Of(wide, 4, -1, default), exact = PrincipalComponents.Of(narrow, 4, -1, default);
        for (int k = 0; k < 4; k++)
        {
            Assert.That(randomised.Variances[k], Is.EqualTo(exact.Variances[k]).Within(1e-5 * exact.Variances[0]));
            double[] back = [.. Enumerable.Range(0, 12).Select(j =>
                Enumerable.Range(0, 300).Sum(c => randomised.Directions[(k * 300) + c] * frame[(j * 300) + c]))];
            Assert.That(Math.Abs(back.Zip(exact.Directions.Skip(k * 12).Take(12), (a, b) => a * b).Sum()), Is.EqualTo(1).Within(1e-5));
            double[] direction = randomised.Directions[(k * 300)..((k + 1) * 300)];
            Assert.That(direction.MaxBy(Math.Abs), Is.Positive);
            Assert.That(direction.Sum(v => v * v), Is.EqualTo(1).Within(1e-12));
        }

        Assert.That(PrincipalComponents.Of(wide, 4, 1, default).Directions, Is.EqualTo(PrincipalComponents.Of(wide, 4, 4, default).Directions));
    }

    [Test]
    public void Eigenvectors_of_a_random_matrix_rebuild_it([Values(1, 2, 7, 40)] int n)
    {
        var random = new RandomStream(3);
        var a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[(i * n) + j] = a[(j * n) + i] = random.NextGaussian();
            }
        }

        (double[] values, double[] vectors) = JacobiEigen.Decompose([.. a], n, default);
        Assert.That(values, Is.Ordered.Descending);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = Enumerable.Range(0, n).Sum(k => values[k] * vectors[(k * n) + i] * vectors[(k * n) + j]);
                double dot = Enumerable.Range(0, n).Sum(k => vectors[(i * n) + k] * vectors[(j * n) + k]);
                Assert.That(sum, Is.EqualTo(a[(i * n) + j]).Within(1e-12 * n));
                Assert.That(dot, Is.EqualTo(i == j ? 1 : 0).Within(1e-12));
            }
        }
    }

    [Test]
    public void Rows_that_do_not_vary_have_components_too([Values(5, 300)] int width)
    {
        var components = PrincipalComponents.Of(TestData.Duplicates(20, width), 3, -1, default);
        Assert.That(components.Variances, Is.All.EqualTo(0).Within(1e-12));
        Assert.That(components.Project(TestData.Duplicates(2, width), -1, default).Values.ToArray(), Is.All.EqualTo(0f).Within(1e-5f));
    }

    [Test]
    public void K_centre_on_components_measures_their_distances()
    {
        JsonElement golden = GoldenData.ProjectionSection("components");
        FeatureMatrix rows = TestData.Matrix(golden.Numbers("rows"), 12), projected = TestData.Matrix(golden.Numbers("projected"), 4);
        QueryContext context = Rounds.Over(TestData.Classification(rows, 2), model: null);
        int[] expected = KCentreGreedyStrategy.Select(projected.Slice(4, 76), projected.Slice(0, 4), 40);
        IReadOnlyList<int> batch = new KCentreGreedyPCAStrategy(components: 4).Suggest(context, 40).Indices;
        Assert.That(batch, Is.EqualTo(expected.Select(i => i + 4)));
        Assert.That(batch, Is.Not.EqualTo(new KCentreGreedyStrategy().Suggest(context, 40).Indices));
        Assert.That(
            new KCentreGreedyPCAStrategy(components: 12).Suggest(context, 40).Indices, Is.EqualTo(new KCentreGreedyStrategy().Suggest(context, 40).Indices));
        Assert.That(() => new KCentreGreedyPCAStrategy(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static double[] Frame(int count, int width)
    {
        var random = new RandomStream(11);
        var frame = new double[count * width];
        for (int i = 0; i < count; i++)
        {
            Span<double> row = frame.AsSpan(i * width, width);
            for (int c = 0; c < width; c++)
            {
                row[c] = random.NextGaussian();
            }

            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    double dot = 0;
                    for (int c = 0; c < width; c++)
                    {
                        dot += row[c] * frame[(j * width) + c];
                    }

                    for (int c = 0; c < width; c++)
                    {
                        row[c] -= dot * frame[(j * width) + c];
                    }
                }
            }

            double norm = Math.Sqrt(row.ToArray().Sum(v => v * v));
            for (int c = 0; c < width; c++)
            {
                row[c] /= norm;
            }
        }

        return frame;
    }
}
