using System.Numerics.Tensors;

namespace PyRelationAL.Distances;

/// <summary>cos(a, b) of one row with many, summed in double; 0 where a row is zero.</summary>
internal sealed class Cosines
{
    private readonly FeatureMatrix _rows;
    private readonly double[] _norms;

    public Cosines(FeatureMatrix rows)
    {
        _rows = rows;
        _norms = new double[rows.RowCount];
        Span<double> wide = new double[rows.ColumnCount];
        for (int i = 0; i < _norms.Length; i++)
        {
            WideRows.Widen(rows.Row(i), wide);
            _norms[i] = TensorPrimitives.Norm<double>(wide);
        }
    }

    public int Count => _norms.Length;

    /// <summary>The cosines of a row, of this matrix or another, with consecutive rows of this one.</summary>
    /// <param name="row">D values.</param>
    /// <param name="start">The first row.</param>
    /// <param name="cosines">One to write for each.</param>
    public void Of(ReadOnlySpan<float> row, int start, Span<double> cosines)
    {
        int columns = row.Length;
        Span<double> wide = columns <= 512 ? stackalloc double[columns] : new double[columns];
        WideRows.Widen(row, wide);
        double norm = TensorPrimitives.Norm<double>(wide);
        WideRows.Products(wide, _rows.Values.Slice(start * columns, cosines.Length * columns), cosines);
        for (int i = 0; i < cosines.Length; i++)
        {
            double product = norm * _norms[start + i];
            cosines[i] = product > 0 ? Math.Clamp(cosines[i] / product, -1, 1) : 0;
        }
    }

    /// <summary>The largest cosine of each of other rows with these. O(N·M·D), in parallel over the other rows.</summary>
    public double[] Largest(FeatureMatrix others, int threads, CancellationToken cancellationToken)
    {
        var largest = new double[others.RowCount];
        Numerics.Blocks.ForEach(
            others.RowCount,
            threads,
            cancellationToken,
            (start, count) =>
            {
                var cosines = new double[Count];
                for (int i = start; i < start + count; i++)
                {
                    Of(others.Row(i), 0, cosines);
                    largest[i] = TensorPrimitives.Max<double>(cosines);
                }
            },
            blockRows: 64);
        return largest;
    }
}
