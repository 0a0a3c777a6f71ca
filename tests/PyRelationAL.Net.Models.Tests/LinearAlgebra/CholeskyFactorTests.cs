using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.LinearAlgebra;

public class CholeskyFactorTests
{
    // Beyond the sizes of FsCheck: around the edges of tiles, chunks and panels.
    private static readonly int[] EdgeSizes = [1, 3, 4, 5, 8, 9, 16, 63, 64, 65, 96, 127, 128, 129, 200, 257, 300];

    [Test]
    public void FactorSolveAndInverseAgreeWithTheMatrix() =>
        Prop.ForAll(Gen.Choose(1, 23).ToArbitrary(), size =>
        {
            PackedMatrix matrix = PositiveDefinite(size);
            double[] a = matrix.ToFull(), b = [.. Enumerable.Range(0, size).Select(i => i - 3.5)];
            CholeskyFactor factor = FactorOf(matrix);
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double sum = Enumerable.Range(0, j + 1).Sum(k => factor.Row(k)[i - k] * factor.Row(k)[j - k]);
                    Assert.That(sum, Is.EqualTo(a[(i * size) + j]).Within(1e-10 * size));
                }
            }

            double[] x = [.. b];
            factor.Solve(x);
            Assert.That(Product(a, x), Is.EqualTo(b).Within(1e-9));
            var negated = new PackedMatrix(size);
            factor.WriteNegatedInverse(negated);
            Assert.That(Product(negated.ToFull(), b), Is.EqualTo(x.Select(v => -v)).Within(1e-9));
        }).QuickCheckThrowOnFailure();

    [TestCaseSource(nameof(EdgeSizes))]
    public void AgreesWithMathNet(int size)
    {
        PackedMatrix matrix = PositiveDefinite(size);
        Matrix<double> dense = Matrix<double>.Build.Dense(size, size, matrix.ToFull());
        Matrix<double> lower = dense.Cholesky().Factor, inverse = dense.Inverse();
        CholeskyFactor factor = FactorOf(matrix);
        var negated = new PackedMatrix(size);
        factor.WriteNegatedInverse(negated);
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
            {
                Assert.That(factor.Row(i)[j - i], Is.EqualTo(lower[j, i]).Within(1e-9 * size), $"U {i} {j}");
                Assert.That(negated.Row(i)[j - i], Is.EqualTo(-inverse[i, j]).Within(1e-9 * size), $"inverse {i} {j}");
            }
        }

        Assert.That(factor.HalfLogDeterminant, Is.EqualTo(dense.Cholesky().DeterminantLn / 2).Within(1e-9 * size));
    }

    [TestCaseSource(nameof(EdgeSizes))]
    public void ManyRightHandSidesEqualOneByOne(int size)
    {
        const int Columns = 72;
        var random = new RandomStream(size);
        CholeskyFactor factor = FactorOf(PositiveDefinite(size));
        double[] block = [.. Enumerable.Range(0, factor.PaddedSize * Columns).Select(_ => random.NextGaussian())], solved = [.. block];
        factor.SolveLower(solved, Columns);
        foreach (int c in new[] { 0, 1, 7, 8, 63, 64, 71 })
        {
            double[] one = [.. Enumerable.Range(0, size).Select(i => block[(i * Columns) + c])];
            factor.SolveLower(one);
            Assert.That(Enumerable.Range(0, size).Select(i => solved[(i * Columns) + c]), Is.EqualTo(one), "the same bits");
        }

        double[] last = block[((size - 1) * Columns)..(size * Columns)];
        factor.SolveRow(size - 1, [.. solved.Chunk(Columns)], last);
        Assert.That(last, Is.EqualTo(solved[((size - 1) * Columns)..(size * Columns)]), "the same bits");
    }

    [Test]
    public void AppendingRowsGivesTheBitsOfFactoringAnew([Values(1, 3, 4, 60, 64)] int start)
    {
        const int Size = 150;
        PackedMatrix matrix = PositiveDefinite(Size);
        double[] full = matrix.ToFull();
        CholeskyFactor grown = FactorOf(Leading(full, Size, start));
        for (int n = start; n < Size; n++)
        {
            Assert.That(grown.TryAppend(full.AsSpan(n * Size, n), full[n * (Size + 1)]), Is.True);
        }

        CholeskyFactor whole = FactorOf(matrix);
        double[] a = [.. Enumerable.Range(0, Size).Select(i => i - 3.5)], b = [.. a];
        whole.Solve(a);
        grown.Solve(b);
        Assert.That(b, Is.EqualTo(a));
        PackedMatrix inverse = new(Size), again = new(Size);
        whole.WriteNegatedInverse(inverse);
        grown.WriteNegatedInverse(again);
        Assert.That(again.Values.ToArray(), Is.EqualTo(inverse.Values.ToArray()));
        Assert.That(grown.HalfLogDeterminant, Is.EqualTo(whole.HalfLogDeterminant));
    }

    [Test]
    public void ARowThatDependsOnTheOthersIsNotAppended()
    {
        PackedMatrix matrix = PositiveDefinite(5);
        double[] full = matrix.ToFull(), x = [1, 2, 3, 4, 5];
        CholeskyFactor factor = FactorOf(matrix);
        Assert.That(factor.TryAppend(full.AsSpan(0, 5), full[0]), Is.False, "the first row once more");
        Assert.That(factor.TryAppend(full.AsSpan(0, 5), double.NaN), Is.False);
        double[] expected = [.. x];
        FactorOf(PositiveDefinite(5)).Solve(expected);
        factor.Solve(x);
        Assert.That(x, Is.EqualTo(expected), "the factor is as before");
    }

    [Test]
    public void MemoryUsedBeforeLeavesNoTrace()
    {
        var factor = new CholeskyFactor(40);
        var infinite = new PackedMatrix(40);
        infinite.Values.Fill(double.PositiveInfinity);
        Assert.That(factor.TryFactor(infinite), Is.False);
        foreach (int size in new[] { 33, 7, 40 })
        {
            Assert.That(factor.TryFactor(PositiveDefinite(size)), Is.True);
            double[] x = [.. Enumerable.Repeat(1.0, size)], y = [.. x];
            factor.Solve(x);
            FactorOf(PositiveDefinite(size)).Solve(y);
            Assert.That(x, Is.EqualTo(y));
        }
    }

    [Test]
    public void SymmetricProductAndTraceReadBothTriangles([Values(1, 2, 9, 40)] int size)
    {
        PackedMatrix matrix = PositiveDefinite(size);
        double[] v = [.. Enumerable.Range(0, size).Select(i => Math.Sin(i))], product = new double[size];
        double[] full = matrix.ToFull();
        matrix.MultiplySymmetric(v, product);
        Assert.That(product, Is.EqualTo(Product(full, v)).Within(1e-11));
        Assert.That(matrix.Trace(), Is.EqualTo(Enumerable.Range(0, size).Sum(i => full[i * (size + 1)])).Within(1e-11));
    }

    [Test]
    public void EqualRowsGiveNoFactorWhateverTheRounding()
    {
        for (int seed = 1; seed < 50; seed++)
        {
            double scale = new RandomStream(seed).NextOpenDouble() * 1e5;
            var singular = new PackedMatrix(3);
            new[] { scale, scale / 3, scale, scale, scale / 3, scale }.CopyTo(singular.Values);
            Assert.That(new CholeskyFactor(3).TryFactor(singular), Is.False, $"{scale}");
        }
    }

    [Test]
    public void IndefiniteAndNonFiniteMatricesGiveNoFactor()
    {
        var indefinite = new PackedMatrix(2);
        new[] { 1.0, 2, 1 }.CopyTo(indefinite.Values);
        Assert.That(new CholeskyFactor(2).TryFactor(indefinite), Is.False);
        var infinite = new PackedMatrix(1);
        infinite.Values[0] = double.PositiveInfinity;
        Assert.That(new CholeskyFactor(1).TryFactor(infinite), Is.False);
    }

    private static CholeskyFactor FactorOf(PackedMatrix matrix)
    {
        var factor = new CholeskyFactor(matrix.Size);
        Assert.That(factor.TryFactor(matrix), Is.True);
        return factor;
    }

    private static PackedMatrix Leading(double[] full, int size, int count)
    {
        var leading = new PackedMatrix(count);
        for (int i = 0; i < count; i++)
        {
            full.AsSpan((i * size) + i, count - i).CopyTo(leading.Row(i));
        }

        return leading;
    }

    private static PackedMatrix PositiveDefinite(int size)
    {
        var random = new RandomStream(size);
        double[] root = [.. Enumerable.Range(0, size * size).Select(_ => random.NextGaussian())];
        var matrix = new PackedMatrix(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = i; j < size; j++)
            {
                double sum = 0;
                for (int k = 0; k < size; k++)
                {
                    sum += root[(i * size) + k] * root[(j * size) + k];
                }

                matrix.Row(i)[j - i] = sum;
            }
        }

        matrix.AddToDiagonal(0.5);
        return matrix;
    }

    private static double[] Product(double[] a, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => a[(i * x.Length) + j] * x[j]))];
}
