using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Float matrix products over padded rows. Every element is one chain of fused multiply-adds along the depth, whatever tile it falls into, so that a row's
/// result depends neither on the rows beside it nor on the width of the machine's vectors.
/// </summary>
internal static class MatrixProduct
{
    private const int TileRows = 6;

    // A panel of B is copied together only where enough rows of A read it again.
    private const int RowsWorthPacking = 24;

    // So much of a panel's depth lies in the first-level cache beside six rows of A.
    private const int DepthBlock = 256;

    /// <summary>Floats of scratch memory that <see cref="Multiply"/> needs.</summary>
    public static int PanelLength(int depth) => 2 * Vector<float>.Count * depth;

    /// <summary>C [rows×columns] = A [rows×depth] · B [depth×columns] + bias, with A's element (r, k) at r·rowStep + k·depthStep.</summary>
    /// <param name="a">A, or the transpose of A, by the choice of the steps.</param>
    /// <param name="rowStep">From one row of A to the next.</param>
    /// <param name="depthStep">From one column of A to the next.</param>
    /// <param name="b">B, with rows of <paramref name="columns"/> elements.</param>
    /// <param name="bias">Added to each row; empty for none.</param>
    /// <param name="c">C, with rows of <paramref name="columns"/> elements; overwritten.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="columns">Padded columns of B and C.</param>
    /// <param name="panel">Scratch memory of <see cref="PanelLength"/>.</param>
    public static void Multiply(
        ReadOnlySpan<float> a,
        int rowStep,
        int depthStep,
        ReadOnlySpan<float> b,
        ReadOnlySpan<float> bias,
        Span<float> c,
        int rows,
        int depth,
        int columns,
        Span<float> panel)
    {
        if (rows == 0)
        {
            return;
        }

        CheckExtents(a.Length, rowStep, depthStep, b.Length, bias.Length, c.Length, rows, depth, columns);
        int width = Vector<float>.Count, tile = 2 * width;
        ref float aStart = ref MemoryMarshal.GetReference(a);
        ref float bStart = ref MemoryMarshal.GetReference(b);
        ref float cStart = ref MemoryMarshal.GetReference(c);
        if (columns < tile)
        {
            Narrow(ref aStart, rowStep, depthStep, ref bStart, bias, ref cStart, rows, depth, columns);
            return;
        }

        bool pack = rows >= RowsWorthPacking && columns > tile;
        for (int start = 0; start < columns; start += tile)
        {
            // The last tile reaches back over columns that are done already: computing them again gives the same bits, and needs no other kernel.
            int column = Math.Min(start, columns - tile);
            ref float panelStart = ref Unsafe.Add(ref bStart, column);
            int panelStep = columns;
            if (pack)
            {
                Pack(ref panelStart, columns, panel[..(depth * tile)]);
                panelStart = ref MemoryMarshal.GetReference(panel);
                panelStep = tile;
            }

            Vector<float> bias0 = bias.IsEmpty ? default : new Vector<float>(bias[column..]);
            Vector<float> bias1 = bias.IsEmpty ? default : new Vector<float>(bias[(column + width)..]);
            int done = 0;
            if (pack && depth > DepthBlock)
            {
                done = rows - (rows % TileRows);
                Deep(ref aStart, rowStep, depthStep, ref panelStart, bias0, bias1, ref Unsafe.Add(ref cStart, column), columns, done, depth);
            }

            while (done < rows)
            {
                int row = rows - done >= TileRows || rows < TileRows ? done : rows - TileRows;
                ref float aRow = ref Unsafe.Add(ref aStart, (nint)row * rowStep);
                ref float cRow = ref Unsafe.Add(ref cStart, ((nint)row * columns) + column);
                if (rows < TileRows)
                {
                    Tile1X2(ref aRow, depthStep, ref panelStart, panelStep, bias0, bias1, ref cRow, depth);
                    done++;
                }
                else
                {
                    Tile6X2(ref aRow, rowStep, depthStep, ref panelStart, panelStep, bias0, bias1, ref cRow, columns, depth, resume: false);
                    done = row + TileRows;
                }
            }
        }
    }

    /// <summary>Writes the transpose [columns × Stride(rows)] of a padded matrix [rows × Stride(columns)]; the padding becomes 0.</summary>
    public static void Transpose(ReadOnlySpan<float> source, int rows, int columns, Span<float> destination)
    {
        int sourceStride = Lanes.Stride(columns), stride = Lanes.Stride(rows);
        destination[..(columns * stride)].Clear();
        const int Block = 16;
        for (int r0 = 0; r0 < rows; r0 += Block)
        {
            int r1 = Math.Min(rows, r0 + Block);
            for (int c = 0; c < columns; c++)
            {
                Span<float> row = destination.Slice((c * stride) + r0, r1 - r0);
                for (int r = 0; r < row.Length; r++)
                {
                    row[r] = source[((r0 + r) * sourceStride) + c];
                }
            }
        }
    }

    private static void CheckExtents(
        int aLength, int rowStep, int depthStep, int bLength, int biasLength, int cLength, int rows, int depth, int columns)
    {
        // The kernels read without bounds checks.
        long lastOfA = ((long)(rows - 1) * rowStep) + ((long)(depth - 1) * depthStep);
        if (depth < 1 || lastOfA >= aLength || (long)depth * columns > bLength || (long)rows * columns > cLength
            || columns % Vector<float>.Count != 0 || (biasLength != 0 && biasLength < columns))
        {
            throw new ArgumentException("The matrices of a product do not fit together.");
        }
    }

    private static void Pack(ref float source, nint step, Span<float> panel)
    {
        int tile = 2 * Vector<float>.Count;
        ref float target = ref MemoryMarshal.GetReference(panel);
        for (int k = 0; k < panel.Length; k += tile)
        {
            Load(ref source, out Vector<float> first, out Vector<float> second);
            Store(first, second, ref target);
            source = ref Unsafe.Add(ref source, step);
            target = ref Unsafe.Add(ref target, tile);
        }
    }

    /// <summary>
    /// Whole tiles of rows, a block of the depth after the other. Between blocks C holds the chains, exactly, so where they are cut changes no bit.
    /// </summary>
    private static void Deep(
        ref float a, nint rowStep, nint depthStep, ref float panel, Vector<float> bias0, Vector<float> bias1, ref float c, nint cStep, int rows, int depth)
    {
        int blocks = (depth + DepthBlock - 1) / DepthBlock;
        for (int block = 0; block < blocks; block++)
        {
            int start = (int)((long)depth * block / blocks), end = (int)((long)depth * (block + 1) / blocks);
            ref float panelStart = ref Unsafe.Add(ref panel, (nint)start * 2 * Vector<float>.Count);
            for (int row = 0; row < rows; row += TileRows)
            {
                ref float aRow = ref Unsafe.Add(ref a, (row * rowStep) + (start * depthStep));
                ref float cRow = ref Unsafe.Add(ref c, row * cStep);
                Tile6X2(
                    ref aRow, rowStep, depthStep, ref panelStart, 2 * Vector<float>.Count, bias0, bias1, ref cRow, cStep, end - start, resume: block > 0);
            }
        }
    }

    private static void Narrow(
        ref float a, int rowStep, int depthStep, ref float b, ReadOnlySpan<float> bias, ref float c, int rows, int depth, int columns)
    {
        Vector<float> start = bias.IsEmpty ? default : new Vector<float>(bias);
        if (rows < TileRows)
        {
            for (int r = 0; r < rows; r++)
            {
                Tile1X1(ref Unsafe.Add(ref a, (nint)r * rowStep), depthStep, ref b, columns, start, ref Unsafe.Add(ref c, (nint)r * columns), depth);
            }

            return;
        }

        for (int done = 0; done < rows; done += TileRows)
        {
            int row = Math.Min(done, rows - TileRows);
            ref float cRow = ref Unsafe.Add(ref c, (nint)row * columns);
            Tile6X1(ref Unsafe.Add(ref a, (nint)row * rowStep), rowStep, depthStep, ref b, columns, start, ref cRow, columns, depth);
        }
    }

    private static void Tile6X2(
        ref float a,
        nint rowStep,
        nint depthStep,
        ref float b,
        nint bStep,
        Vector<float> bias0,
        Vector<float> bias1,
        ref float c,
        nint cStep,
        int depth,
        bool resume)
    {
        Vector<float> c00 = bias0, c01 = bias1, c10 = bias0, c11 = bias1, c20 = bias0, c21 = bias1;
        Vector<float> c30 = bias0, c31 = bias1, c40 = bias0, c41 = bias1, c50 = bias0, c51 = bias1;
        if (resume)
        {
            Load(ref c, out c00, out c01);
            Load(ref Unsafe.Add(ref c, cStep), out c10, out c11);
            Load(ref Unsafe.Add(ref c, 2 * cStep), out c20, out c21);
            Load(ref Unsafe.Add(ref c, 3 * cStep), out c30, out c31);
            Load(ref Unsafe.Add(ref c, 4 * cStep), out c40, out c41);
            Load(ref Unsafe.Add(ref c, 5 * cStep), out c50, out c51);
        }

        nint row2 = 2 * rowStep, row3 = 3 * rowStep, row4 = 4 * rowStep, row5 = 5 * rowStep;
        for (int k = 0; k < depth; k++)
        {
            Vector<float> b0 = Vector.LoadUnsafe(ref b);
            Vector<float> b1 = Vector.LoadUnsafe(ref b, (nuint)Vector<float>.Count);
            Vector<float> x = new(a);
            c00 = Vector.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector.FusedMultiplyAdd(x, b1, c01);
            x = new(Unsafe.Add(ref a, rowStep));
            c10 = Vector.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector.FusedMultiplyAdd(x, b1, c11);
            x = new(Unsafe.Add(ref a, row2));
            c20 = Vector.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector.FusedMultiplyAdd(x, b1, c21);
            x = new(Unsafe.Add(ref a, row3));
            c30 = Vector.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector.FusedMultiplyAdd(x, b1, c31);
            x = new(Unsafe.Add(ref a, row4));
            c40 = Vector.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector.FusedMultiplyAdd(x, b1, c41);
            x = new(Unsafe.Add(ref a, row5));
            c50 = Vector.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector.FusedMultiplyAdd(x, b1, c51);
            a = ref Unsafe.Add(ref a, depthStep);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Store(c00, c01, ref c);
        Store(c10, c11, ref Unsafe.Add(ref c, cStep));
        Store(c20, c21, ref Unsafe.Add(ref c, 2 * cStep));
        Store(c30, c31, ref Unsafe.Add(ref c, 3 * cStep));
        Store(c40, c41, ref Unsafe.Add(ref c, 4 * cStep));
        Store(c50, c51, ref Unsafe.Add(ref c, 5 * cStep));
    }

    private static void Tile6X1(
        ref float a, nint rowStep, nint depthStep, ref float b, nint bStep, Vector<float> bias, ref float c, nint cStep, int depth)
    {
        Vector<float> c0 = bias, c1 = bias, c2 = bias, c3 = bias, c4 = bias, c5 = bias;
        nint row2 = 2 * rowStep, row3 = 3 * rowStep, row4 = 4 * rowStep, row5 = 5 * rowStep;
        for (int k = 0; k < depth; k++)
        {
            Vector<float> b0 = Vector.LoadUnsafe(ref b);
            c0 = Vector.FusedMultiplyAdd(new(a), b0, c0);
            c1 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, rowStep)), b0, c1);
            c2 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, row2)), b0, c2);
            c3 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, row3)), b0, c3);
            c4 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, row4)), b0, c4);
            c5 = Vector.FusedMultiplyAdd(new(Unsafe.Add(ref a, row5)), b0, c5);
            a = ref Unsafe.Add(ref a, depthStep);
            b = ref Unsafe.Add(ref b, bStep);
        }

        c0.StoreUnsafe(ref c);
        c1.StoreUnsafe(ref Unsafe.Add(ref c, cStep));
        c2.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cStep));
        c3.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cStep));
        c4.StoreUnsafe(ref Unsafe.Add(ref c, 4 * cStep));
        c5.StoreUnsafe(ref Unsafe.Add(ref c, 5 * cStep));
    }

    private static void Tile1X2(
        ref float a, nint depthStep, ref float b, nint bStep, Vector<float> bias0, Vector<float> bias1, ref float c, int depth)
    {
        for (int k = 0; k < depth; k++)
        {
            Vector<float> x = new(a);
            bias0 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b), bias0);
            bias1 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, (nuint)Vector<float>.Count), bias1);
            a = ref Unsafe.Add(ref a, depthStep);
            b = ref Unsafe.Add(ref b, bStep);
        }

        Store(bias0, bias1, ref c);
    }

    private static void Tile1X1(ref float a, nint depthStep, ref float b, nint bStep, Vector<float> bias, ref float c, int depth)
    {
        for (int k = 0; k < depth; k++)
        {
            bias = Vector.FusedMultiplyAdd(new(a), Vector.LoadUnsafe(ref b), bias);
            a = ref Unsafe.Add(ref a, depthStep);
            b = ref Unsafe.Add(ref b, bStep);
        }

        bias.StoreUnsafe(ref c);
    }

    private static void Load(ref float source, out Vector<float> first, out Vector<float> second)
    {
        first = Vector.LoadUnsafe(ref source);
        second = Vector.LoadUnsafe(ref source, (nuint)Vector<float>.Count);
    }

    private static void Store(Vector<float> first, Vector<float> second, ref float destination)
    {
        first.StoreUnsafe(ref destination);
        second.StoreUnsafe(ref destination, (nuint)Vector<float>.Count);
    }
}
