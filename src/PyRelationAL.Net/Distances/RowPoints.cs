using System.Buffers;

namespace PyRelationAL.Distances;

/// <summary>Rows as points.</summary>
internal sealed class RowPoints(FeatureMatrix rows) : IPoints
{
    public int Count => rows.RowCount;

    public double SquaredNorm(int point)
    {
        double sum = 0;
        foreach (float value in rows.Row(point))
        {
            sum += (double)value * value;
        }

        return sum;
    }

    public void SquaredDistances(int from, int start, Span<double> distances) => SquaredDistances(rows.Row(from), start, distances);

    /// <summary>Squared distances from any row of the same width.</summary>
    public void SquaredDistances(ReadOnlySpan<float> from, int start, Span<double> distances)
    {
        double[] wide = ArrayPool<double>.Shared.Rent(from.Length);
        WideRows.Widen(from, wide);
        WideRows.SquaredDistances(wide.AsSpan(0, from.Length), rows.Values.Slice(start * rows.ColumnCount, distances.Length * rows.ColumnCount), distances);
        ArrayPool<double>.Shared.Return(wide);
    }
}
