using System.Numerics.Tensors;
using PyRelationAL.Distances;

namespace PyRelationAL.Strategies;

/// <summary>
/// Rows as networks see them: in double, each column with mean 0 over all rows and one standard deviation. A column that does not vary is 0. Rows are brought
/// to it as they are asked for; beside the features nothing of the pool's size is kept.
/// </summary>
internal sealed class StandardisedRows
{
    // Features are float32: their rounding alone makes a constant column vary by up to 6e-8 of its size, and noise is not to be blown up. What varies by less
    // than a millionth has some sixteen values at most.
    private const double LeastVariation = 1e-6;

    private readonly FeatureMatrix _rows;
    private readonly double[] _mean;
    private readonly double[] _scale;

    /// <param name="rows">The rows.</param>
    /// <param name="deviation">The standard deviation to give each column.</param>
    /// <param name="order">The order to sum in; null for the rows' own.</param>
    public StandardisedRows(FeatureMatrix rows, double deviation = 1, int[]? order = null)
    {
        _rows = rows;
        Order = order ?? [.. Enumerable.Range(0, rows.RowCount)];
        int width = rows.ColumnCount, count = Math.Max(1, rows.RowCount);
        double[] row = new double[width];
        _mean = new double[width];
        _scale = new double[width];
        foreach (int i in Order)
        {
            WideRows.Widen(rows.Row(i), row);
            TensorPrimitives.Add(_mean, row, _mean);
        }

        TensorPrimitives.Divide(_mean, count, _mean);
        foreach (int i in Order)
        {
            WideRows.Widen(rows.Row(i), row);
            TensorPrimitives.Subtract(row, _mean, row);
            TensorPrimitives.MultiplyAdd(row, row, _scale, _scale);
        }

        for (int j = 0; j < width; j++)
        {
            double own = Math.Sqrt(_scale[j] / count);
            _scale[j] = own > LeastVariation * Math.Abs(_mean[j]) ? deviation / own : 0;
        }
    }

    /// <summary>The rows in an order that is the same in every round: by dataset index, where there is one.</summary>
    public int[] Order { get; }

    public int Width => _rows.ColumnCount;

    /// <summary>The pool's rows, the labelled, and those known to be out of distribution, one behind the other.</summary>
    public static StandardisedRows Of(QueryContext context, FeatureSpace space)
    {
        FeatureMatrix rows = SelectionRows.Joined(
            SelectionRows.Joined(context.PoolRows(space), SelectionRows.LabelledOrNone(context, space)), SelectionRows.OutOfDistributionOrNone(context, space));
        int[] indices = SelectionRows.JoinedIndices(context), order = [.. Enumerable.Range(0, rows.RowCount)];
        Array.Sort(indices, order);
        return new StandardisedRows(rows, order: order);
    }

    /// <summary>Writes one row.</summary>
    public void Write(int row, Span<double> values)
    {
        WideRows.Widen(_rows.Row(row), values);
        TensorPrimitives.Subtract(values, _mean, values);
        TensorPrimitives.Multiply(values, _scale, values);
    }

    /// <summary>Writes some rows, one behind the other.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="offset">What to add to each of these numbers.</param>
    /// <param name="values">Their values to write.</param>
    public void Write(ReadOnlySpan<int> rows, int offset, Span<double> values)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Write(rows[i] + offset, values.Slice(i * Width, Width));
        }
    }

    /// <summary>Writes consecutive rows.</summary>
    public void WriteFrom(int start, int count, Span<double> values)
    {
        for (int i = 0; i < count; i++)
        {
            Write(start + i, values.Slice(i * Width, Width));
        }
    }
}
