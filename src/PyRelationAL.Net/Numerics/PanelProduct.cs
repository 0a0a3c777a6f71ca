using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PyRelationAL.Numerics;

/// <summary>
/// C = A B in double, with B packed into panels of <see cref="Width"/> columns that stay in the first-level cache while the rows of A pass by. Each element is
/// one sum over k in order, so it does not depend on its neighbours.
/// </summary>
internal static class PanelProduct
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 16;

    private const int Rows = 4;

    /// <summary>The number of columns after padding.</summary>
    public static int Padded(int columns) => (columns + Width - 1) / Width * Width;

    /// <summary>Writes one row of B into the packed panels; the padding must be 0.</summary>
    /// <param name="row">One row of B.</param>
    /// <param name="k">Which.</param>
    /// <param name="inner">Rows of B.</param>
    /// <param name="packed">Padded columns × inner elements.</param>
    public static void Pack(ReadOnlySpan<double> row, int k, int inner, Span<double> packed)
    {
        for (int column = 0; column < row.Length; column += Width)
        {
            row.Slice(column, Math.Min(Width, row.Length - column)).CopyTo(packed[((column * inner) + (k * Width))..]);
        }
    }

    /// <summary>Packs Bᵀ from rows that are its columns; what lies beyond the last one becomes 0.</summary>
    /// <param name="rows">Columns of the packed matrix, row-major [columns×inner].</param>
    /// <param name="columns">How many.</param>
    /// <param name="inner">The length of each.</param>
    /// <param name="packed">Padded columns × inner elements.</param>
    public static void PackTransposed(ReadOnlySpan<double> rows, int columns, int inner, Span<double> packed)
    {
        for (int column = 0; column < columns; column += Width)
        {
            int width = Math.Min(Width, columns - column);
            Span<double> panel = packed.Slice(column * inner, Width * inner);
            for (int j = 0; j < width; j++)
            {
                ReadOnlySpan<double> row = rows.Slice((column + j) * inner, inner);
                for (int k = 0; k < row.Length; k++)
                {
                    panel[(k * Width) + j] = row[k];
                }
            }

            for (int k = 0; k < inner && width < Width; k++)
            {
                panel.Slice((k * Width) + width, Width - width).Clear();
            }
        }
    }

    /// <summary>Writes C = A B.</summary>
    /// <param name="a">A [rows×inner], row-major.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="inner">Columns of A.</param>
    /// <param name="packed">B, packed.</param>
    /// <param name="columns">Padded columns of B.</param>
    /// <param name="c">C [rows×columns], row-major.</param>
    public static void Multiply(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> packed, int columns, Span<double> c) =>
        Multiply(a, inner, 1, rows, inner, packed, columns, c);

    /// <summary>Writes C = A B, with A in any order and C without padding.</summary>
    /// <param name="a">A.</param>
    /// <param name="below">How far apart elements of a column of A are: its width where it is row-major.</param>
    /// <param name="beside">How far apart elements of a row of A are: 1 where it is row-major.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="inner">Columns of A.</param>
    /// <param name="packed">B, packed.</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="c">C [rows×columns], row-major.</param>
    public static void Multiply(
        ReadOnlySpan<double> a, int below, int beside, int rows, int inner, ReadOnlySpan<double> packed, int columns, Span<double> c)
    {
        // The kernels go by references: what they read and write is checked here.
        if (rows == 0 || inner == 0)
        {
            c[..(rows * columns)].Clear();
            return;
        }

        ref double first = ref MemoryMarshal.GetReference(a[..(((rows - 1) * below) + ((inner - 1) * beside) + 1)]);
        Span<double> part = stackalloc double[Rows * Width];
        for (int column = 0; column < columns; column += Width)
        {
            ref double b = ref MemoryMarshal.GetReference(packed.Slice(column * inner, Width * inner));
            int width = Math.Min(Width, columns - column);

            // The kernels write whole panels and call nothing: sums that must outlive a call would be spilled in every step.
            for (int row = 0; row < rows;)
            {
                int count = rows - row < Rows ? 1 : Rows;
                Span<double> target = width == Width ? c[((row * columns) + column)..] : part;
                int stride = width == Width ? columns : Width;
                ref double at = ref Unsafe.Add(ref first, row * below);
                if (count == Rows)
                {
                    Four(ref at, (nuint)below, (nuint)beside, (nuint)inner, ref b, target, stride);
                }
                else
                {
                    One(ref at, (nuint)beside, (nuint)inner, ref b, target);
                }

                for (int i = 0; i < count && width < Width; i++)
                {
                    part.Slice(i * Width, width).CopyTo(c[(((row + i) * columns) + column)..]);
                }

                row += count;
            }
        }
    }

    private static void Four(ref double a, nuint below, nuint beside, nuint inner, ref double b, Span<double> c, int stride)
    {
        Vector512<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        nuint third = 2 * below, fourth = 3 * below;
        for (nuint k = 0; k < inner; k++)
        {
            Vector512<double> b0 = Vector512.LoadUnsafe(ref b, k * Width), b1 = Vector512.LoadUnsafe(ref b, (k * Width) + (Width / 2));
            ref double at = ref Unsafe.Add(ref a, k * beside);
            Vector512<double> a0 = Vector512.Create(at);
            s00 = Vector512.FusedMultiplyAdd(a0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a0, b1, s01);
            Vector512<double> a1 = Vector512.Create(Unsafe.Add(ref at, below));
            s10 = Vector512.FusedMultiplyAdd(a1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a1, b1, s11);
            Vector512<double> a2 = Vector512.Create(Unsafe.Add(ref at, third));
            s20 = Vector512.FusedMultiplyAdd(a2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a2, b1, s21);
            Vector512<double> a3 = Vector512.Create(Unsafe.Add(ref at, fourth));
            s30 = Vector512.FusedMultiplyAdd(a3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a3, b1, s31);
        }

        Store(s00, s01, c);
        Store(s10, s11, c[stride..]);
        Store(s20, s21, c[(2 * stride)..]);
        Store(s30, s31, c[(3 * stride)..]);
    }

    private static void One(ref double a, nuint beside, nuint inner, ref double b, Span<double> c)
    {
        Vector512<double> s0 = default, s1 = default;
        for (nuint k = 0; k < inner; k++)
        {
            Vector512<double> v = Vector512.Create(Unsafe.Add(ref a, k * beside));
            s0 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref b, k * Width), s0);
            s1 = Vector512.FusedMultiplyAdd(v, Vector512.LoadUnsafe(ref b, (k * Width) + (Width / 2)), s1);
        }

        Store(s0, s1, c);
    }

    private static void Store(Vector512<double> left, Vector512<double> right, Span<double> c)
    {
        left.CopyTo(c);
        right.CopyTo(c[(Width / 2)..]);
    }
}
