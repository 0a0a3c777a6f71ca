using System.Numerics;
using System.Runtime.InteropServices;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// Matrix products of several networks at once: element (r, c) of a matrix is a group of <see cref="Lanes.Group"/> floats, one for each network. Every element
/// is the same chain of fused multiply-adds as in <see cref="MatrixProduct"/>, so a network's numbers are the same bits either way.
/// </summary>
internal static class LaneProduct
{
    private const int TileRows = 4;

    /// <summary>C [rows×columns] = A [rows×depth] · B [depth×columns] + bias; all steps count groups, C is row-major.</summary>
    /// <param name="a">A.</param>
    /// <param name="rowStep">From one row of A to the next.</param>
    /// <param name="depthStep">From one column of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="bDepthStep">From one row of B to the next.</param>
    /// <param name="columnStep">From one column of B to the next.</param>
    /// <param name="bias">Added to each row; empty for none.</param>
    /// <param name="c">C; overwritten.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B and C.</param>
    public static void Multiply(
        ReadOnlySpan<float> a,
        int rowStep,
        int depthStep,
        ReadOnlySpan<float> b,
        int bDepthStep,
        int columnStep,
        ReadOnlySpan<float> bias,
        Span<float> c,
        int rows,
        int depth,
        int columns)
    {
        int group = Lanes.Group;
        nuint aRow = (nuint)(rowStep * group), aDepth = (nuint)(depthStep * group), bDepth = (nuint)(bDepthStep * group), bColumn = (nuint)(columnStep * group);
        nuint cRow = (nuint)(columns * group);
        // The kernels read without bounds checks.
        _ = a[(((rows - 1) * rowStep) + ((depth - 1) * depthStep) + 1) * group - 1];
        _ = b[(((depth - 1) * bDepthStep) + ((columns - 1) * columnStep) + 1) * group - 1];
        _ = c[(rows * columns * group) - 1];
        ref float aStart = ref MemoryMarshal.GetReference(a);
        ref float bStart = ref MemoryMarshal.GetReference(b);
        ref float cStart = ref MemoryMarshal.GetReference(c);
        for (int lane = 0; lane < group; lane += Vector<float>.Count)
        {
            for (int j = 0; j < columns; j++)
            {
                Vector<float> start = bias.IsEmpty ? default : new Vector<float>(bias[((j * group) + lane)..]);
                nuint bAt = ((nuint)j * bColumn) + (nuint)lane, cAt = (nuint)((j * group) + lane);
                int done = 0;
                while (done < rows)
                {
                    // The last tile reaches back over rows that are done already.
                    int row = rows - done >= TileRows || rows < TileRows ? done : rows - TileRows;
                    nuint aAt = ((nuint)row * aRow) + (nuint)lane, at = cAt + ((nuint)row * cRow);
                    if (rows < TileRows)
                    {
                        Vector<float> sum = start;
                        for (nuint k = 0; k < (nuint)depth; k++)
                        {
                            sum = Vector.FusedMultiplyAdd(
                                Vector.LoadUnsafe(ref aStart, aAt + (k * aDepth)), Vector.LoadUnsafe(ref bStart, bAt + (k * bDepth)), sum);
                        }

                        sum.StoreUnsafe(ref cStart, at);
                        done++;
                        continue;
                    }

                    Vector<float> c0 = start, c1 = start, c2 = start, c3 = start;
                    nuint from = bAt;
                    for (int k = 0; k < depth; k++)
                    {
                        Vector<float> y = Vector.LoadUnsafe(ref bStart, from);
                        c0 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref aStart, aAt), y, c0);
                        c1 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref aStart, aAt + aRow), y, c1);
                        c2 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref aStart, aAt + (2 * aRow)), y, c2);
                        c3 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref aStart, aAt + (3 * aRow)), y, c3);
                        aAt += aDepth;
                        from += bDepth;
                    }

                    c0.StoreUnsafe(ref cStart, at);
                    c1.StoreUnsafe(ref cStart, at + cRow);
                    c2.StoreUnsafe(ref cStart, at + (2 * cRow));
                    c3.StoreUnsafe(ref cStart, at + (3 * cRow));
                    done = row + TileRows;
                }
            }
        }
    }
}
