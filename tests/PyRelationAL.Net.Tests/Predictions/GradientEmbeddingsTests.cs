using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

public sealed class GradientEmbeddingsTests
{
    private static readonly ClassProbabilities P = new([0.6, 0.4, 0.9, 0.1, 0.5, 0.5, 0.6, 0.4], 2);
    private static readonly FeatureMatrix H = FeatureMatrix.FromRows([[1, 2], [2, 0], [0, 1], [1, 2]]);

    [Test]
    public void The_worked_example_of_BADGE()
    {
        GradientEmbeddings g = GradientEmbeddings.OfCrossEntropy(P, H);
        Assert.That(g.OutputFactors.ToArray(), Is.EqualTo(new[] { -0.4, 0.4, -0.1, 0.1, -0.5, 0.5, -0.4, 0.4 }).Within(1e-12));
        Assert.That(Enumerable.Range(0, 4).Select(g.SquaredNorm), Is.EqualTo(new[] { 1.6, 0.08, 0.5, 1.6 }).Within(1e-12));
        double[] distances = [.. from i in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 4) select g.SquaredDistance(i, j)];
        Assert.That(distances, Is.EqualTo(new[] { 0, 1.36, 0.5, 0, 1.36, 0, 0.58, 1.36, 0.5, 0.58, 0, 0.5, 0, 1.36, 0.5, 0 }).Within(1e-12));
    }

    [Test]
    public void The_factors_give_what_the_products_give()
    {
        FeatureMatrix h = TestData.Rows(6, 5);
        double[] a = [.. TestData.Rows(6, 3, seed: 2).Values.ToArray().Select(v => (double)v)];
        var g = new GradientEmbeddings(a, h);
        double[] Whole(int i) => [.. g.OutputFactor(i).ToArray().SelectMany(f => h.Row(i).ToArray().Select(v => f * v))];
        double[][] whole = [.. Enumerable.Range(0, 6).Select(Whole)];
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
            {
                Assert.That(g.InnerProduct(i, j), Is.EqualTo(whole[i].Zip(whole[j], (x, y) => x * y).Sum()).Within(1e-12));
                Assert.That(g.SquaredDistance(i, j), Is.EqualTo(whole[i].Zip(whole[j], (x, y) => (x - y) * (x - y)).Sum()).Within(1e-12));
            }
        }
    }

    [Test]
    public void The_gradient_of_a_value_is_its_embedding()
    {
        GradientEmbeddings g = GradientEmbeddings.OfValue(H);
        Assert.That(g.OutputCount, Is.EqualTo(1));
        Assert.That(g.SquaredDistance(0, 2), Is.EqualTo(2));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Assert.That(() => new GradientEmbeddings(new double[5], H), Throws.ArgumentException.With.Message.Contains("5 output factors"));
        Assert.That(() => new GradientEmbeddings(new[] { 1, 2, 3, double.PositiveInfinity }, H), Throws.ArgumentException.With.Message.Contains("row 3"));
        Assert.That(() => GradientEmbeddings.OfCrossEntropy(P, H.Slice(0, 3)), Throws.ArgumentException);
        Assert.That(new GradientEmbeddings(Array.Empty<double>(), H.Slice(0, 0)).RowCount, Is.Zero);
    }
}
