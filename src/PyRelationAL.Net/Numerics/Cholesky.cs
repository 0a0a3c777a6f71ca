using System.Numerics.Tensors;

namespace PyRelationAL.Numerics;

/// <summary>Cholesky factors A = L Lᵀ of symmetric, positive definite matrices, row-major. Only the lower triangle is read and written.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle of A by L. O(n³).</summary>
    /// <param name="a">A [n×n].</param>
    /// <param name="n">n.</param>
    /// <param name="leastPivot">
    /// What the pivots cannot be below without rounding, such as λ for λI plus something positive; those that rounding put below are raised to it.
    /// </param>
    public static void Factor(Span<double> a, int n, double leastPivot)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, n);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> above = a.Slice(j * n, n);
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], above[..j])) / above[j];
            }

            double pivot = row[i] - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            row[i] = Math.Sqrt(pivot > leastPivot ? pivot : leastPivot);
        }
    }

    /// <summary>Replaces x by L⁻¹x. O(n²).</summary>
    public static void SolveLower(ReadOnlySpan<double> lower, int n, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = lower.Slice(i * n, i + 1);
            x[i] = (x[i] - TensorPrimitives.Dot<double>(row[..i], x[..i])) / row[i];
        }
    }

    /// <summary>Replaces x by L⁻ᵀx. O(n²).</summary>
    public static void SolveUpper(ReadOnlySpan<double> lower, int n, Span<double> x)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = lower.Slice(i * n, i + 1);
            x[i] /= row[i];
            TensorPrimitives.MultiplyAdd(row[..i], -x[i], x[..i], x[..i]);
        }
    }

    /// <summary>A⁻¹, symmetric to the last bit. O(n³), in parallel over columns.</summary>
    /// <param name="a">A [n×n]; gets its factor.</param>
    /// <param name="n">n.</param>
    /// <param name="leastPivot">As in <see cref="Factor"/>.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static double[] Invert(double[] a, int n, double leastPivot, int threads, CancellationToken cancellationToken)
    {
        Factor(a, n, leastPivot);
        var inverse = new double[n * n];
        Blocks.ForEach(
            n,
            threads,
            cancellationToken,
            (start, count) =>
            {
                for (int i = start; i < start + count; i++)
                {
                    Span<double> row = inverse.AsSpan(i * n, n);
                    row[i] = 1;
                    SolveLower(a, n, row);
                    SolveUpper(a, n, row);
                }
            },
            blockRows: 16);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                inverse[(i * n) + j] = inverse[(j * n) + i] = 0.5 * (inverse[(i * n) + j] + inverse[(j * n) + i]);
            }
        }

        return inverse;
    }
}
