using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>
/// The upper triangular U with Uᵀ U = A, for a symmetric positive definite A; L = Uᵀ. Its memory serves one A after another, and a row and column can be
/// appended to A in O(n²), with the same bits as factoring anew.
/// </summary>
/// <remarks>
/// Rows are padded, and the matrix goes on as the identity beyond A, so that the kernels of <see cref="RowTile"/> meet no ragged edges. Left of the
/// diagonal there are numbers without meaning.
/// </remarks>
internal sealed class CholeskyFactor
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    // Rows eliminated from all that are left at a time, and columns in which that is done: what both take of a block fits the first-level cache.
    private const int PanelRows = 64;
    private const int ChunkColumns = 64;

    // Finer blocks skip more of an inverse's zeros; coarser ones move less memory. Up to this size all of it is in the second-level cache.
    private const int LargestInCache = 256;
    private const int FineBlock = 16;

    private double[] _upper = [];
    private double[] _reciprocals = [];
    private double[] _inverseLower = [];
    private double[] _inverse = [];
    private int _stride;

    /// <summary>A factor for matrices of a size; other sizes are taken too, at the cost of new memory where they are larger.</summary>
    public CholeskyFactor(int size)
    {
        Resize(size);
    }

    public int Size { get; private set; }

    /// <summary>ln |A|^½ = Σ ln Uᵢᵢ.</summary>
    public double HalfLogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Size; i++)
            {
                sum += Math.Log(_upper[(i * _stride) + i]);
            }

            return sum;
        }
    }

    /// <summary>The number of rows that right-hand sides must have memory for.</summary>
    public int PaddedSize => Padded(Size);

    /// <summary>Row i from the diagonal on: of A before <see cref="TryFactor()"/>, where it is to be written, and of U after it.</summary>
    public Span<double> Row(int row) => _upper.AsSpan((row * _stride) + row, Size - row);

    /// <summary>Changes the size; the content is lost.</summary>
    public void Resize(int size)
    {
        Size = size;
        int stride = StrideFor(size);
        if (stride > _stride)
        {
            _stride = stride;
            _upper = new double[checked(stride * stride)];
            _reciprocals = new double[stride];
        }
    }

    /// <summary>Factors a matrix with a number added to its diagonal.</summary>
    /// <returns>False where the sum is not positive definite to working precision.</returns>
    public bool TryFactor(PackedMatrix a, double added = 0)
    {
        Resize(a.Size);
        for (int i = 0; i < Size; i++)
        {
            Span<double> row = Row(i);
            a.Row(i).CopyTo(row);
            row[0] += added;
        }

        return TryFactor();
    }

    /// <summary>Factors what was written to the rows, O(n³/6) fused multiply-adds.</summary>
    /// <returns>False where A is not positive definite to working precision; the content is lost then.</returns>
    public bool TryFactor()
    {
        int m = PaddedSize, columns = RowTile.Aligned(m);
        Pad(m, columns);
        ref double u = ref MemoryMarshal.GetArrayDataReference(_upper);
        Span<double> block = stackalloc double[RowTile.Rows * RowTile.Rows];
        for (int panel = 0; panel < m; panel += PanelRows)
        {
            int end = Math.Min(panel + PanelRows, m);
            for (int i = panel; i < end; i += RowTile.Rows)
            {
                int start = RowTile.AlignedStart(i);
                ref double rows = ref At(ref u, i, start);
                RowTile.Subtract(ref At(ref u, panel, i), _stride, ref At(ref u, panel, start), _stride, i - panel, ref rows, _stride, columns - start);
                if (!TryFactorBlock(i, block))
                {
                    return false;
                }

                RowTile.Solve(ref block[0], RowTile.Rows, _reciprocals.AsSpan(i, RowTile.Rows), ref rows, _stride, columns - start);
                for (int r = 0; r < RowTile.Rows; r++)
                {
                    At(ref u, i + r, i + r) = block[r * (RowTile.Rows + 1)];
                }
            }

            for (int chunk = end; chunk < columns; chunk += ChunkColumns)
            {
                int chunkEnd = Math.Min(chunk + ChunkColumns, columns);
                for (int i = end; i < Math.Min(chunkEnd, m); i += RowTile.Rows)
                {
                    int start = Math.Max(chunk, RowTile.AlignedStart(i));
                    RowTile.Subtract(
                        ref At(ref u, panel, i),
                        _stride,
                        ref At(ref u, panel, start),
                        _stride,
                        end - panel,
                        ref At(ref u, i, start),
                        _stride,
                        chunkEnd - start);
                }
            }
        }

        return true;
    }

    /// <summary>Appends a row and column to A, O(n²/2).</summary>
    /// <param name="column">The covariances with the rows there are [n].</param>
    /// <param name="diagonal">The new element of the diagonal.</param>
    /// <returns>False where the larger A is not positive definite to working precision; the factor is as before then.</returns>
    public bool TryAppend(ReadOnlySpan<double> column, double diagonal)
    {
        int n = Size;
        var solved = new double[n];
        column[..n].CopyTo(solved);
        double pivot = diagonal;
        for (int k = 0; k < n; k++)
        {
            double u = solved[k] * _reciprocals[k];
            VectorLoops.SubtractScaled(Row(k)[1..], u, solved.AsSpan(k + 1));
            solved[k] = u;
            pivot = Math.FusedMultiplyAdd(-u, u, pivot);
        }

        if (!IsPivot(pivot, diagonal, n + 1))
        {
            return false;
        }

        Grow(n + 1);
        for (int k = 0; k < n; k++)
        {
            _upper[(k * _stride) + n] = solved[k];
        }

        double root = Math.Sqrt(pivot);
        _upper[(n * _stride) + n] = root;
        _reciprocals[n] = 1 / root;
        Size = n + 1;
        return true;
    }

    /// <summary>Solves A x = b in place, O(n²).</summary>
    public void Solve(Span<double> vector)
    {
        SolveLower(vector);
        for (int i = Size - 1; i >= 0; i--)
        {
            vector[i] = (vector[i] - VectorLoops.Dot(Row(i)[1..], vector[(i + 1)..])) * _reciprocals[i];
        }
    }

    /// <summary>Solves L v = b in place, O(n²/2).</summary>
    public void SolveLower(Span<double> vector)
    {
        vector = vector[..Size];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] *= _reciprocals[i];
            VectorLoops.SubtractScaled(Row(i)[1..], vector[i], vector[(i + 1)..]);
        }
    }

    /// <summary>
    /// Solves L V = B in place for many right-hand sides at once: B is [<see cref="PaddedSize"/> × columns], row-major; only its first n rows mean anything.
    /// </summary>
    /// <param name="block">B, and then V.</param>
    /// <param name="columns">A multiple of <see cref="RowTile.Alignment"/>.</param>
    public void SolveLower(Span<double> block, int columns)
    {
        CheckBlock(block.Length, columns);
        ref double b = ref MemoryMarshal.GetReference(block);
        for (int chunk = 0; chunk < columns; chunk += ChunkColumns)
        {
            SolveChunk(ref Unsafe.Add(ref b, chunk), columns, Math.Min(ChunkColumns, columns - chunk), firstRow: 0);
        }
    }

    /// <summary>
    /// Row <paramref name="row"/> of L V = B in place, where the rows before it are solved: with the bits of <see cref="SolveLower(Span{double}, int)"/>, in
    /// O(row · columns).
    /// </summary>
    public void SolveRow(int row, IReadOnlyList<double[]> solved, Span<double> target)
    {
        for (int k = 0; k < row; k++)
        {
            VectorLoops.SubtractScaled(solved[k], _upper[(k * _stride) + row], target);
        }

        TensorPrimitives.Multiply(target, _reciprocals[row], target);
    }

    /// <summary>Writes −A⁻¹ = −L⁻ᵀ L⁻¹, O(n³/3) fused multiply-adds.</summary>
    public void WriteNegatedInverse(PackedMatrix destination)
    {
        int m = PaddedSize, columns = RowTile.Aligned(m);
        if (_inverse.Length < columns * columns)
        {
            _inverseLower = new double[columns * columns];
            _inverse = new double[columns * columns];
        }
        else
        {
            Array.Clear(_inverseLower, 0, columns * columns);
            Array.Clear(_inverse, 0, columns * columns);
        }

        int block = m <= LargestInCache ? FineBlock : PanelRows;
        ref double lower = ref MemoryMarshal.GetArrayDataReference(_inverseLower);
        ref double inverse = ref MemoryMarshal.GetArrayDataReference(_inverse);
        for (int i = 0; i < m; i++)
        {
            Unsafe.Add(ref lower, (i * columns) + i) = 1;
        }

        for (int chunk = 0; chunk < columns; chunk += block)
        {
            SolveChunk(ref Unsafe.Add(ref lower, chunk), columns, Math.Min(block, columns - chunk), firstRow: chunk);
        }

        for (int panel = 0; panel < m; panel += block)
        {
            int depth = Math.Min(block, m - panel);
            ref double rows = ref Unsafe.Add(ref lower, panel * columns);
            for (int chunk = 0; chunk <= panel; chunk += block)
            {
                int chunkEnd = Math.Min(chunk + block, columns);
                for (int i = 0; i < Math.Min(chunkEnd, m); i += RowTile.Rows)
                {
                    int start = Math.Max(chunk, RowTile.AlignedStart(i));
                    RowTile.Subtract(
                        ref Unsafe.Add(ref rows, i),
                        columns,
                        ref Unsafe.Add(ref rows, start),
                        columns,
                        depth,
                        ref Unsafe.Add(ref inverse, (i * columns) + start),
                        columns,
                        chunkEnd - start);
                }
            }
        }

        for (int i = 0; i < Size; i++)
        {
            _inverse.AsSpan((i * columns) + i, Size - i).CopyTo(destination.Row(i));
        }
    }

    private static int Padded(int size) => (size + RowTile.Rows - 1) & -RowTile.Rows;

    // An odd multiple of the alignment: rows a power of two apart would compete for the same lines of the cache.
    private static int StrideFor(int size) => RowTile.Aligned(Math.Max(1, size)) | RowTile.Alignment;

    // A pivot within rounding of 0 is noise, and what is solved with it would be noise too.
    private static bool IsPivot(double pivot, double diagonal, int size) => pivot > MachineEpsilon * size * diagonal && double.IsFinite(pivot);

    private ref double At(ref double u, int row, int column) => ref Unsafe.Add(ref u, ((nint)row * _stride) + column);

    /// <summary>Makes all but A's upper triangle 0 or the identity where kernels read it, and keeps the diagonal for the pivots' check.</summary>
    private void Pad(int m, int columns)
    {
        for (int i = 0; i < m; i++)
        {
            int start = i * _stride, from = RowTile.AlignedStart(i);
            _upper.AsSpan(start + from, i - from).Clear();
            if (i < Size)
            {
                _upper.AsSpan(start + Size, columns - Size).Clear();
            }
            else
            {
                _upper.AsSpan(start + i, columns - i).Clear();
                _upper[start + i] = 1;
            }

            _reciprocals[i] = _upper[start + i];
        }
    }

    /// <summary>Factors the 4×4 block at (i, i) into another place, and replaces the kept diagonal by the factor's reciprocals.</summary>
    private bool TryFactorBlock(int i, Span<double> block)
    {
        const int Rows = RowTile.Rows;
        for (int r = 0; r < Rows; r++)
        {
            _upper.AsSpan(((i + r) * _stride) + i, Rows).CopyTo(block[(r * Rows)..]);
        }

        for (int r = 0; r < Rows; r++)
        {
            double pivot = block[(r * Rows) + r];
            if (!IsPivot(pivot, _reciprocals[i + r], Size))
            {
                return false;
            }

            double root = Math.Sqrt(pivot), reciprocal = 1 / root;
            block[(r * Rows) + r] = root;
            _reciprocals[i + r] = reciprocal;
            for (int s = r + 1; s < Rows; s++)
            {
                block[(r * Rows) + s] *= reciprocal;
            }

            for (int s = r + 1; s < Rows; s++)
            {
                for (int t = s; t < Rows; t++)
                {
                    block[(s * Rows) + t] = Math.FusedMultiplyAdd(-block[(r * Rows) + s], block[(r * Rows) + t], block[(s * Rows) + t]);
                }
            }
        }

        return true;
    }

    /// <summary>Solves L V = B for a few columns of which the rows before <paramref name="firstRow"/>, a multiple of 4, are 0.</summary>
    private void SolveChunk(ref double b, int step, int columns, int firstRow)
    {
        int m = PaddedSize;
        ref double u = ref MemoryMarshal.GetArrayDataReference(_upper);
        for (int panel = firstRow; panel < m; panel += PanelRows)
        {
            int end = Math.Min(panel + PanelRows, m);
            ref double top = ref Unsafe.Add(ref b, (nint)panel * step);
            for (int i = panel; i < end; i += RowTile.Rows)
            {
                ref double rows = ref Unsafe.Add(ref b, (nint)i * step);
                RowTile.Subtract(ref At(ref u, panel, i), _stride, ref top, step, i - panel, ref rows, step, columns);
                RowTile.Solve(ref At(ref u, i, i), _stride, _reciprocals.AsSpan(i, RowTile.Rows), ref rows, step, columns);
            }

            for (int i = end; i < m; i += RowTile.Rows)
            {
                RowTile.Subtract(ref At(ref u, panel, i), _stride, ref top, step, end - panel, ref Unsafe.Add(ref b, (nint)i * step), step, columns);
            }
        }
    }

    /// <summary>Memory for a larger matrix that begins with this one, and the identity after it.</summary>
    private void Grow(int size)
    {
        int old = Size, m = Padded(size);
        if (size > _stride)
        {
            int stride = StrideFor(2 * size);
            var upper = new double[checked(stride * stride)];
            for (int i = 0; i < old; i++)
            {
                Row(i).CopyTo(upper.AsSpan((i * stride) + i));
            }

            Array.Resize(ref _reciprocals, stride);
            (_upper, _stride) = (upper, stride);
        }

        if (m == Padded(old) && old > 0)
        {
            return;
        }

        // A new block of rows begins.
        for (int i = 0; i < old; i++)
        {
            _upper.AsSpan((i * _stride) + old, m - old).Clear();
        }

        for (int i = old; i < m; i++)
        {
            Span<double> row = _upper.AsSpan(i * _stride, RowTile.Aligned(m));
            row.Clear();
            row[i] = 1;
            _reciprocals[i] = 1;
        }
    }

    private void CheckBlock(int length, int columns)
    {
        // The kernels read without bounds checks.
        if (columns % RowTile.Alignment != 0 || (long)PaddedSize * columns > length)
        {
            throw new ArgumentException("The right-hand sides do not fit the factor.");
        }
    }
}
