using System.Buffers;

namespace PyRelationAL.Numerics;

/// <summary>
/// Products of row-major matrices in double, by panels in registers (<see cref="PanelProduct"/>). Each element is one sum in order of the inner index, so it
/// depends neither on the number of rows nor on threads.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>C = A B.</summary>
    /// <param name="a">A [rows×inner].</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="inner">Columns of A.</param>
    /// <param name="b">B [inner×columns].</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="c">Gets C [rows×columns].</param>
    public static void Multiply(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> b, int columns, Span<double> c)
    {
        double[] packed = Rent(PanelProduct.Padded(columns) * inner);
        Pack(b, inner, columns, packed);
        Multiply(a, rows, inner, packed, columns, c);
        ArrayPool<double>.Shared.Return(packed);
    }

    /// <summary>C = A B with rows of C on several threads.</summary>
    public static double[] Multiply(double[] a, int rows, int inner, double[] b, int columns, int threads, CancellationToken cancellationToken)
    {
        var c = new double[rows * columns];
        double[] packed = Rent(PanelProduct.Padded(columns) * inner);
        Pack(b, inner, columns, packed);
        Blocks.ForEach(
            rows,
            threads,
            cancellationToken,
            (start, count) => Multiply(a.AsSpan(start * inner, count * inner), count, inner, packed, columns, c.AsSpan(start * columns, count * columns)),
            blockRows: 64);
        ArrayPool<double>.Shared.Return(packed);
        return c;
    }

    /// <summary>Aᵀ [columns×rows].</summary>
    public static void Transpose(ReadOnlySpan<double> a, int rows, int columns, Span<double> transposed)
    {
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> row = a.Slice(i * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                transposed[(j * rows) + i] = row[j];
            }
        }
    }

    /// <summary>C = Aᵀ B: a sum over rows, as gradients by weights are.</summary>
    /// <param name="a">A [inner×rows].</param>
    /// <param name="rows">Columns of A, rows of C.</param>
    /// <param name="inner">Rows of A and of B.</param>
    /// <param name="b">B [inner×columns].</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="c">Gets C [rows×columns].</param>
    public static void MultiplyTransposed(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> b, int columns, Span<double> c)
    {
        double[] transposed = Rent(rows * inner);
        Transpose(a, inner, rows, transposed);
        Multiply(transposed.AsSpan(0, rows * inner), rows, inner, b, columns, c);
        ArrayPool<double>.Shared.Return(transposed);
    }

    /// <summary>C = A Bᵀ: rows through a layer of weights B [columns×inner].</summary>
    public static void MultiplyByTransposed(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> b, int columns, Span<double> c)
    {
        double[] transposed = Rent(columns * inner);
        Transpose(b, columns, inner, transposed);
        Multiply(a, rows, inner, transposed.AsSpan(0, columns * inner), columns, c);
        ArrayPool<double>.Shared.Return(transposed);
    }

    private static void Multiply(ReadOnlySpan<double> a, int rows, int inner, double[] packed, int columns, Span<double> c)
    {
        int padded = PanelProduct.Padded(columns);
        if (padded == columns)
        {
            PanelProduct.Multiply(a, rows, inner, packed.AsSpan(0, padded * inner), padded, c);
            return;
        }

        double[] wide = Rent(rows * padded);
        PanelProduct.Multiply(a, rows, inner, packed.AsSpan(0, padded * inner), padded, wide.AsSpan(0, rows * padded));
        for (int i = 0; i < rows; i++)
        {
            wide.AsSpan(i * padded, columns).CopyTo(c[(i * columns)..]);
        }

        ArrayPool<double>.Shared.Return(wide);
    }

    private static void Pack(ReadOnlySpan<double> b, int inner, int columns, double[] packed)
    {
        // What lies beyond the last column is multiplied too, and must be finite.
        packed.AsSpan(0, PanelProduct.Padded(columns) * inner).Clear();
        for (int k = 0; k < inner; k++)
        {
            PanelProduct.Pack(b.Slice(k * columns, columns), k, inner, packed);
        }
    }

    private static double[] Rent(int length) => ArrayPool<double>.Shared.Rent(Math.Max(1, length));
}
