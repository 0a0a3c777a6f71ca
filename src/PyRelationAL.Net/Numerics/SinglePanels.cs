using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PyRelationAL.Numerics;

/// <summary>
/// The columns of a matrix B in float32, packed into panels of <see cref="Width"/> that stay in the first-level cache while the rows of A pass by, for
/// products A B, twice as fast as <see cref="PanelProduct"/>, and Manhattan distances. Each element is one sum over k in order, so it does not depend on its
/// neighbours.
/// </summary>
internal sealed class SinglePanels
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 32;

    private const int Half = Width / 2;
    private const int Rows = 4;

    private readonly float[] _packed;
    private readonly int _inner;

    /// <param name="columns">The number of columns of B.</param>
    /// <param name="inner">The number of rows of B.</param>
    public SinglePanels(int columns, int inner)
    {
        _inner = inner;
        Columns = columns;
        Count = (columns + Width - 1) / Width;
        _packed = new float[checked(Count * Width * inner)];
    }

    /// <summary>The number of columns of B.</summary>
    public int Columns { get; }

    /// <summary>The number of panels.</summary>
    public int Count { get; }

    /// <summary>Sets an element of B.</summary>
    public void Set(int k, int column, float value) => _packed[(((column / Width * _inner) + k) * Width) + (column % Width)] = value;

    /// <summary>Sets a column of B.</summary>
    public void SetColumn(int column, ReadOnlySpan<float> values)
    {
        Span<float> panel = _packed.AsSpan((column / Width * _inner * Width) + (column % Width));
        for (int k = 0; k < values.Length; k++)
        {
            panel[k * Width] = values[k];
        }
    }

    /// <summary>How many columns of a panel are computed: the panel's width, or half of it where the last one holds no more.</summary>
    public int WidthOf(int panel) => Columns - (panel * Width) <= Half ? Half : Width;

    /// <summary>Writes the product of rows of A with one panel.</summary>
    /// <param name="a">A [rows×inner], row-major.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="product">Rows of <see cref="Width"/>; what is beyond <see cref="WidthOf"/> is left as it is, and padding is 0.</param>
    public void Multiply(ReadOnlySpan<float> a, int rows, int panel, Span<float> product) => Write<Product>(a, rows, panel, product);

    /// <summary>Writes Σₖ |aₖ − bₖ| for rows of A and the columns of one panel; padding is a column of zeros.</summary>
    /// <param name="a">A [rows×inner], row-major.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="sums">Rows of <see cref="Width"/>; what is beyond <see cref="WidthOf"/> is left as it is.</param>
    public void ManhattanDistances(ReadOnlySpan<float> a, int rows, int panel, Span<float> sums) => Write<AbsoluteDifference>(a, rows, panel, sums);

    private void Write<TTerm>(ReadOnlySpan<float> a, int rows, int panel, Span<float> sums)
        where TTerm : struct, ITerm
    {
        ref float b = ref MemoryMarshal.GetReference(_packed.AsSpan(panel * Width * _inner));
        bool wide = WidthOf(panel) == Width;
        int row = 0;
        for (; row + Rows <= rows; row += Rows)
        {
            ref float at = ref MemoryMarshal.GetReference(a.Slice(row * _inner, Rows * _inner));
            if (wide)
            {
                Four<TTerm>(ref at, ref b, sums[(row * Width)..]);
            }
            else
            {
                FourHalves<TTerm>(ref at, ref b, sums[(row * Width)..]);
            }
        }

        for (; row < rows; row++)
        {
            One<TTerm>(ref MemoryMarshal.GetReference(a.Slice(row * _inner, _inner)), ref b, sums[(row * Width)..]);
        }
    }

    private void Four<TTerm>(ref float a, ref float b, Span<float> sums)
        where TTerm : struct, ITerm
    {
        Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        nuint inner = (nuint)_inner;
        for (nuint k = 0; k < inner; k++)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b, k * Width), b1 = Vector512.LoadUnsafe(ref b, (k * Width) + Half);
            ref float at = ref Unsafe.Add(ref a, k);
            Vector512<float> a0 = Vector512.Create(at);
            s00 = TTerm.Add(a0, b0, s00);
            s01 = TTerm.Add(a0, b1, s01);
            Vector512<float> a1 = Vector512.Create(Unsafe.Add(ref at, inner));
            s10 = TTerm.Add(a1, b0, s10);
            s11 = TTerm.Add(a1, b1, s11);
            Vector512<float> a2 = Vector512.Create(Unsafe.Add(ref at, 2 * inner));
            s20 = TTerm.Add(a2, b0, s20);
            s21 = TTerm.Add(a2, b1, s21);
            Vector512<float> a3 = Vector512.Create(Unsafe.Add(ref at, 3 * inner));
            s30 = TTerm.Add(a3, b0, s30);
            s31 = TTerm.Add(a3, b1, s31);
        }

        Store(s00, s01, sums);
        Store(s10, s11, sums[Width..]);
        Store(s20, s21, sums[(2 * Width)..]);
        Store(s30, s31, sums[(3 * Width)..]);
    }

    private void FourHalves<TTerm>(ref float a, ref float b, Span<float> sums)
        where TTerm : struct, ITerm
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        nuint inner = (nuint)_inner;
        for (nuint k = 0; k < inner; k++)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b, k * Width);
            ref float at = ref Unsafe.Add(ref a, k);
            s0 = TTerm.Add(Vector512.Create(at), b0, s0);
            s1 = TTerm.Add(Vector512.Create(Unsafe.Add(ref at, inner)), b0, s1);
            s2 = TTerm.Add(Vector512.Create(Unsafe.Add(ref at, 2 * inner)), b0, s2);
            s3 = TTerm.Add(Vector512.Create(Unsafe.Add(ref at, 3 * inner)), b0, s3);
        }

        s0.CopyTo(sums);
        s1.CopyTo(sums[Width..]);
        s2.CopyTo(sums[(2 * Width)..]);
        s3.CopyTo(sums[(3 * Width)..]);
    }

    private void One<TTerm>(ref float a, ref float b, Span<float> sums)
        where TTerm : struct, ITerm
    {
        Vector512<float> s0 = default, s1 = default;
        for (nuint k = 0; k < (nuint)_inner; k++)
        {
            Vector512<float> v = Vector512.Create(Unsafe.Add(ref a, k));
            s0 = TTerm.Add(v, Vector512.LoadUnsafe(ref b, k * Width), s0);
            s1 = TTerm.Add(v, Vector512.LoadUnsafe(ref b, (k * Width) + Half), s1);
        }

        Store(s0, s1, sums);
    }

    private static void Store(Vector512<float> left, Vector512<float> right, Span<float> sums)
    {
        left.CopyTo(sums);
        right.CopyTo(sums[Half..]);
    }

    private interface ITerm
    {
        static abstract Vector512<float> Add(Vector512<float> a, Vector512<float> b, Vector512<float> sum);
    }

    private readonly struct Product : ITerm
    {
        public static Vector512<float> Add(Vector512<float> a, Vector512<float> b, Vector512<float> sum) => Vector512.FusedMultiplyAdd(a, b, sum);
    }

    private readonly struct AbsoluteDifference : ITerm
    {
        public static Vector512<float> Add(Vector512<float> a, Vector512<float> b, Vector512<float> sum) => sum + Vector512.Abs(a - b);
    }
}
