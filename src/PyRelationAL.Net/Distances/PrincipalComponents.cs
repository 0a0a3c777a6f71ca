using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>
/// The k directions of largest variance of some rows. Exact, from the covariance, for up to <see cref="LargestExactWidth"/> columns; above, by a randomised
/// subspace iteration that never builds the covariance (Halko, Martinsson and Tropp, SIAM Review 2011, algorithm 4.4).
/// </summary>
internal sealed class PrincipalComponents
{
    /// <summary>The widest rows for which the covariance is decomposed.</summary>
    public const int LargestExactWidth = 256;

    private const int BlockRows = 1024;
    private const int Oversampling = 10;
    private const int PowerSteps = 7;

    private readonly double[] _mean;

    private PrincipalComponents(double[] mean, double[] variances, double[] directions)
    {
        _mean = mean;
        Variances = variances;
        Directions = directions;
    }

    /// <summary>The variance along each direction (divisor N), descending.</summary>
    public double[] Variances { get; }

    /// <summary>The directions [k×D], orthonormal, each with its entry of largest magnitude positive.</summary>
    public double[] Directions { get; }

    /// <summary>Finds the components.</summary>
    /// <param name="rows">N rows, at least 1.</param>
    /// <param name="count">k, in [1, D].</param>
    /// <param name="threads">The most threads; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static PrincipalComponents Of(FeatureMatrix rows, int count, int threads, CancellationToken cancellationToken)
    {
        int width = rows.ColumnCount;
        double[] mean = Mean(rows);
        if (width <= LargestExactWidth)
        {
            (double[] values, double[] vectors) = JacobiEigen.Decompose(
                TimesCovariance(rows, mean, null, width, threads, cancellationToken), width, cancellationToken);
            return new PrincipalComponents(mean, values[..count], vectors[..(count * width)]);
        }

        // The start is arbitrary, and fixed: the answer must not depend on a query's stream.
        int size = Math.Min(width, count + Oversampling);
        var random = new RandomStream(20110101);
        var basis = new double[size * width];
        for (int i = 0; i < basis.Length; i++)
        {
            basis[i] = random.NextGaussian();
        }

        Orthonormalise(basis, width, random);
        for (int step = 0; step < PowerSteps; step++)
        {
            basis = TimesCovariance(rows, mean, basis, size, threads, cancellationToken);
            Orthonormalise(basis, width, random);
        }

        double[] image = TimesCovariance(rows, mean, basis, size, threads, cancellationToken), small = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                small[(i * size) + j] = small[(j * size) + i] =
                    TensorPrimitives.Dot<double>(basis.AsSpan(i * width, width), image.AsSpan(j * width, width));
            }
        }

        (double[] variances, double[] turns) = JacobiEigen.Decompose(small, size, cancellationToken);
        var directions = new double[count * width];
        for (int i = 0; i < count; i++)
        {
            Span<double> direction = directions.AsSpan(i * width, width);
            for (int j = 0; j < size; j++)
            {
                TensorPrimitives.MultiplyAdd(basis.AsSpan(j * width, width), turns[(i * size) + j], direction, direction);
            }

            JacobiEigen.Orient(direction);
        }

        return new PrincipalComponents(mean, variances[..count], directions);
    }

    /// <summary>The coordinates of rows [N×k], from the mean of those that the components were found from.</summary>
    public FeatureMatrix Project(FeatureMatrix rows, int threads, CancellationToken cancellationToken)
    {
        int width = rows.ColumnCount, count = Variances.Length;
        var projected = new float[checked(rows.RowCount * count)];
        Blocks.ForEach(
            rows.RowCount,
            threads,
            cancellationToken,
            (start, blockRows) =>
            {
                var centred = new double[width];
                for (int i = start; i < start + blockRows; i++)
                {
                    Centre(rows.Row(i), centred);
                    for (int k = 0; k < count; k++)
                    {
                        projected[(i * count) + k] = (float)TensorPrimitives.Dot<double>(centred, Directions.AsSpan(k * width, width));
                    }
                }
            },
            BlockRows);
        return new FeatureMatrix(projected, rows.RowCount, count);
    }

    private void Centre(ReadOnlySpan<float> row, double[] centred)
    {
        WideRows.Widen(row, centred);
        TensorPrimitives.Subtract(centred, _mean, centred);
    }

    private static double[] Mean(FeatureMatrix rows)
    {
        double[] mean = new double[rows.ColumnCount], row = new double[rows.ColumnCount];
        for (int i = 0; i < rows.RowCount; i++)
        {
            WideRows.Widen(rows.Row(i), row);
            TensorPrimitives.Add(mean, row, mean);
        }

        TensorPrimitives.Divide(mean, rows.RowCount, mean);
        return mean;
    }

    /// <summary>
    /// B Σ for the rows b of B [m×D], or Σ itself for none, Σ = (1/N) Σ (x − mean)(x − mean)ᵀ, in parallel over the rows of B: each is one sum over the rows
    /// in order, so the number of threads does not matter.
    /// </summary>
    private static double[] TimesCovariance(
        FeatureMatrix rows, double[] mean, double[]? basis, int size, int threads, CancellationToken cancellationToken)
    {
        int width = rows.ColumnCount;
        var product = new double[size * width];
        Blocks.ForEach(
            size,
            threads,
            cancellationToken,
            (start, count) =>
            {
                var centred = new double[width];
                for (int i = 0; i < rows.RowCount; i++)
                {
                    WideRows.Widen(rows.Row(i), centred);
                    TensorPrimitives.Subtract(centred, mean, centred);
                    for (int b = start; b < start + count; b++)
                    {
                        Span<double> sum = product.AsSpan(b * width, width);
                        double along = basis is null ? centred[b] : TensorPrimitives.Dot<double>(centred, basis.AsSpan(b * width, width));
                        TensorPrimitives.MultiplyAdd(centred, along, sum, sum);
                    }
                }
            },
            blockRows: 8);
        TensorPrimitives.Divide(product, Math.Max(1, rows.RowCount), product);
        return product;
    }

    /// <summary>Gram and Schmidt, twice, which is enough (Kahan). A row that is a sum of those before it gives way to a random one.</summary>
    private static void Orthonormalise(double[] basis, int width, RandomStream random)
    {
        int size = basis.Length / width;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = basis.AsSpan(i * width, width);
            double before = TensorPrimitives.Norm<double>(row);
            while (true)
            {
                for (int pass = 0; pass < 2; pass++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        ReadOnlySpan<double> other = basis.AsSpan(j * width, width);
                        TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<double>(row, other), row, row);
                    }
                }

                double after = TensorPrimitives.Norm<double>(row);
                if (after > 1e-10 * before && after > 0)
                {
                    TensorPrimitives.Divide(row, after, row);
                    break;
                }

                for (int j = 0; j < width; j++)
                {
                    row[j] = random.NextGaussian();
                }

                before = TensorPrimitives.Norm<double>(row);
            }
        }
    }
}
