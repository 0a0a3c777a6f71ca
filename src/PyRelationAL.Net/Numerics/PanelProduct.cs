using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PyRelationAL.Numerics;

/// <summary>
/// C = A B in double, with B packed into panels of <see cref="Width"/> columns that stay in the first-level cache while the rows of A pass by. Each element
/// is one
/// sum over k in order, so it does not depend on its neighbours.
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

    /// <summary>Writes C = A B.</summary>
    /// <param name="a">A [rows×inner], row-major.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="inner">Columns of A.</param>
    /// <param name="packed">B, packed.</param>
    /// <param name="columns">Padded columns of B.</param>
    /// <param name="c">C [rows×columns], row-major.</param>
    public static void Multiply(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> packed, int columns, Span<double> c)
    {
        for (int column = 0; column < columns; column += Width)
        {
            ref double b = ref MemoryMarshal.GetReference(packed[(column * inner)..]);
            int row = 0;
            for (; row + Rows <= rows; row += Rows)
            {
                Four(ref MemoryMarshal.GetReference(a[(row * inner)..]), inner, ref b, c[((row * columns) + column)..], columns);
            }

            for (; row < rows; row++)
            {
                One(ref MemoryMarshal.GetReference(a[(row * inner)..]), inner, ref b, c[((row * columns) + column)..]);
            }
        }
    }

    private static void Four(ref double a, int inner, ref double b, Span<double> c, int columns)
    {
        Vector512<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        nuint second = (nuint)inner, third = 2 * second, fourth = 3 * second;
        for (nuint k = 0; k < (nuint)inner; k++)
        {
            Vector512<double> b0 = Vector512.LoadUnsafe(ref b, k * Width), b1 = Vector512.LoadUnsafe(ref b, (k * Width) + (Width / 2));
            ref double at = ref System.Runtime.CompilerServices.Unsafe.Add(ref a, k);
            Vector512<double> a0 = Vector512.Create(at);
            s00 = Vector512.FusedMultiplyAdd(a0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a0, b1, s01);
            Vector512<double> a1 = Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref at, second));
            s10 = Vector512.FusedMultiplyAdd(a1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a1, b1, s11);
            Vector512<double> a2 = Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref at, third));
            s20 = Vector512.FusedMultiplyAdd(a2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a2, b1, s21);
            Vector512<double> a3 = Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref at, fourth));
            s30 = Vector512.FusedMultiplyAdd(a3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a3, b1, s31);
        }

        Store(s00, s01, c);
        Store(s10, s11, c[columns..]);
        Store(s20, s21, c[(2 * columns)..]);
        Store(s30, s31, c[(3 * columns)..]);
    }

    private static void One(ref double a, int inner, ref double b, Span<double> c)
    {
        Vector512<double> s0 = default, s1 = default;
        for (nuint k = 0; k < (nuint)inner; k++)
        {
            Vector512<double> v = Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref a, k));
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
