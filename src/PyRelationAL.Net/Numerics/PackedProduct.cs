using System.Runtime.InteropServices;

namespace PyRelationAL.Numerics;

/// <summary>
/// Products of row-major matrices in double, by panels in registers (<see cref="PanelProduct"/>). Each element is one sum in order of the inner index, so it
/// depends neither on the number of rows nor on threads.
/// </summary>
internal static class PackedProduct
{
    private const int LineLength = 8;

    // 4 MiB: larger panels are for once.
    private const int MostKept = 1 << 19;

    [ThreadStatic]
    private static double[]? _room;

    /// <summary>C = A B.</summary>
    /// <param name="a">A [rows×inner].</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="inner">Columns of A.</param>
    /// <param name="b">B [inner×columns].</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="c">Gets C [rows×columns].</param>
    public static void Multiply(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> b, int columns, Span<double> c) =>
        PanelProduct.Multiply(a, inner, 1, rows, inner, Pack(b, inner, columns).Span, columns, c);

    /// <summary>C = A B with rows of C on several threads.</summary>
    public static double[] Multiply(double[] a, int rows, int inner, double[] b, int columns, int threads, CancellationToken cancellationToken)
    {
        var c = new double[rows * columns];
        Memory<double> packed = Pack(b, inner, columns);
        Blocks.ForEach(
            rows,
            threads,
            cancellationToken,
            (start, count) => PanelProduct.Multiply(
                a.AsSpan(start * inner, count * inner), inner, 1, count, inner, packed.Span, columns, c.AsSpan(start * columns, count * columns)),
            blockRows: 64);
        return c;
    }

    /// <summary>C = Aᵀ B: a sum over rows, as gradients by weights are.</summary>
    /// <param name="a">A [inner×rows].</param>
    /// <param name="rows">Columns of A, rows of C.</param>
    /// <param name="inner">Rows of A and of B.</param>
    /// <param name="b">B [inner×columns].</param>
    /// <param name="columns">Columns of B.</param>
    /// <param name="c">Gets C [rows×columns].</param>
    public static void MultiplyTransposed(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> b, int columns, Span<double> c) =>
        PanelProduct.Multiply(a, 1, rows, rows, inner, Pack(b, inner, columns).Span, columns, c);

    /// <summary>C = A Bᵀ: rows through a layer of weights B [columns×inner].</summary>
    public static void MultiplyByTransposed(ReadOnlySpan<double> a, int rows, int inner, ReadOnlySpan<double> b, int columns, Span<double> c)
    {
        Span<double> packed = Room(PanelProduct.Padded(columns) * inner).Span;
        PanelProduct.PackTransposed(b, columns, inner, packed);
        PanelProduct.Multiply(a, inner, 1, rows, inner, packed, columns, c);
    }

    private static Memory<double> Pack(ReadOnlySpan<double> b, int inner, int columns)
    {
        Memory<double> packed = Room(PanelProduct.Padded(columns) * inner);
        Span<double> panels = packed.Span;
        if (columns % PanelProduct.Width != 0)
        {
            // What lies beyond the last column is multiplied too, and must be finite.
            panels.Slice(columns / PanelProduct.Width * PanelProduct.Width * inner, PanelProduct.Width * inner).Clear();
        }

        for (int k = 0; k < inner; k++)
        {
            PanelProduct.Pack(b.Slice(k * columns, columns), k, inner, panels);
        }

        return packed;
    }

    /// <summary>
    /// Room for panels that begins with a cache line: across two lines each load would cost twice. It is this thread's, until its next product.
    /// </summary>
    private static Memory<double> Room(int length)
    {
        double[]? room = _room;
        if (room is null || room.Length < length + LineLength)
        {
            room = GC.AllocateUninitializedArray<double>(length + LineLength, pinned: true);
            _room = room.Length <= MostKept ? room : _room;
        }

        long address = Marshal.UnsafeAddrOfPinnedArrayElement(room, 0);
        return room.AsMemory((int)(-address & ((sizeof(double) * LineLength) - 1)) / sizeof(double), length);
    }
}
