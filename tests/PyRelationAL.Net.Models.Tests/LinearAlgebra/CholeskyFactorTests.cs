using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.LinearAlgebra;

public class CholeskyFactorTests
{
    [Test]
    public void FactorSolveAndInverseAgreeWithTheMatrix() =>
        Prop.ForAll(Gen.Choose(1, 23).ToArbitrary(), size =>
        {
            PackedMatrix matrix = PositiveDefinite(size);
            double[] a = matrix.ToFull(), b = [.. Enumerable.Range(0, size).Select(i => i - 3.5)];
            CholeskyFactor factor = CholeskyFactor.TryFactor(matrix)!;
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double sum = Enumerable.Range(0, j + 1).Sum(k => factor.Row(i)[k] * factor.Row(j)[k]);
                    Assert.That(sum, Is.EqualTo(a[(i * size) + j]).Within(1e-10 * size));
                }
            }

            double[] x = [.. b];
            factor.Solve(x);
            Assert.That(Product(a, x), Is.EqualTo(b).Within(1e-9));
            double[] inverse = factor.Inverse().ToFull();
            Assert.That(Product(inverse, b), Is.EqualTo(x).Within(1e-9));

            double[] lower = [.. b.SelectMany(v => new[] { v, 2 * v })];
            factor.SolveLower(lower, 2);
            double squared = Enumerable.Range(0, size).Sum(i => lower[2 * i] * lower[(2 * i) + 1]);
            Assert.That(squared, Is.EqualTo(2 * b.Zip(x, (p, q) => p * q).Sum()).Within(1e-8));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void SymmetricProductAndTraceReadBothTriangles()
    {
        PackedMatrix matrix = PositiveDefinite(9);
        double[] v = [.. Enumerable.Range(0, 9).Select(i => Math.Sin(i))], product = new double[9];
        double[] full = matrix.ToFull();
        matrix.MultiplySymmetric(v, product);
        Assert.That(product, Is.EqualTo(Product(full, v)).Within(1e-12));
        Assert.That(matrix.Trace(), Is.EqualTo(Enumerable.Range(0, 9).Sum(i => full[i * 10])).Within(1e-12));
    }

    [Test]
    public void EqualRowsGiveNoFactorWhateverTheRounding()
    {
        for (int seed = 1; seed < 50; seed++)
        {
            double scale = new RandomStream(seed).NextOpenDouble() * 1e5;
            var singular = new PackedMatrix(3);
            new[] { scale, scale / 3, scale, scale, scale / 3, scale }.CopyTo(singular.Values);
            Assert.That(CholeskyFactor.TryFactor(singular), Is.Null, $"{scale}");
        }
    }

    [Test]
    public void IndefiniteAndNonFiniteMatricesGiveNoFactor()
    {
        var indefinite = new PackedMatrix(2);
        new[] { 1.0, 2, 1 }.CopyTo(indefinite.Values);
        Assert.That(CholeskyFactor.TryFactor(indefinite), Is.Null);
        var infinite = new PackedMatrix(1);
        infinite.Values[0] = double.PositiveInfinity;
        Assert.That(CholeskyFactor.TryFactor(infinite), Is.Null);
    }

    private static PackedMatrix PositiveDefinite(int size)
    {
        var random = new RandomStream(size);
        double[] root = [.. Enumerable.Range(0, size * size).Select(_ => random.NextGaussian())];
        var matrix = new PackedMatrix(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix.Row(i)[j] = Enumerable.Range(0, size).Sum(k => root[(i * size) + k] * root[(j * size) + k]);
            }
        }

        matrix.AddToDiagonal(0.5);
        return matrix;
    }

    private static double[] Product(double[] a, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => a[(i * x.Length) + j] * x[j]))];
}
