using System.Numerics.Tensors;

namespace PyRelationAL.Distances;

/// <summary>Rows widened from float32 to double, once, so that distances accumulate in double without widening again for each pair.</summary>
internal sealed class RowBuffer
{
    private readonly double[] _values;
    private readonly int _columns;

    public RowBuffer(FeatureMatrix rows)
    {
        _columns = rows.ColumnCount;
        Count = rows.RowCount;
        _values = new double[rows.Values.Length];
        TensorPrimitives.ConvertChecked<float, double>(rows.Values, _values);
    }

    public int Count { get; }

    /// <summary>Consecutive rows, row-major.</summary>
    public ReadOnlySpan<double> Rows(int start, int count) => _values.AsSpan(start * _columns, count * _columns);

    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * _columns, _columns);
}
