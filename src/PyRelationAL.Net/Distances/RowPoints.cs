using System.Buffers;

namespace PyRelationAL.Distances;

/// <summary>Rows as points: those of one matrix, and behind them those of another where there is one.</summary>
internal sealed class RowPoints(FeatureMatrix rows, FeatureMatrix? more = null) : IPoints
{
    public int Count => rows.RowCount + (more?.RowCount ?? 0);

    public double SquaredNorm(int point)
    {
        double sum = 0;
        foreach (float value in Row(point))
        {
            sum += (double)value * value;
        }

        return sum;
    }

    public void SquaredDistances(int from, int start, Span<double> distances)
    {
        int columns = rows.ColumnCount;
        double[] rented = ArrayPool<double>.Shared.Rent(columns);
        Span<double> wide = rented.AsSpan(0, columns);
        WideRows.Widen(Row(from), wide);
        int first = Math.Clamp(rows.RowCount - start, 0, distances.Length);
        if (first > 0)
        {
            WideRows.SquaredDistances(wide, rows.Values.Slice(start * columns, first * columns), distances[..first]);
        }

        if (first < distances.Length)
        {
            int at = start + first - rows.RowCount, count = distances.Length - first;
            WideRows.SquaredDistances(wide, more!.Values.Slice(at * columns, count * columns), distances[first..]);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    public void SquaredDistances(int from, ReadOnlySpan<int> others, Span<double> distances)
    {
        int columns = rows.ColumnCount;
        double[] rented = ArrayPool<double>.Shared.Rent(columns);
        Span<double> wide = rented.AsSpan(0, columns);
        WideRows.Widen(Row(from), wide);
        int i = 0;
        for (; i + 4 <= others.Length; i += 4)
        {
            WideRows.SquaredDistances(wide, Row(others[i]), Row(others[i + 1]), Row(others[i + 2]), Row(others[i + 3]), distances[i..]);
        }

        for (; i < others.Length; i++)
        {
            WideRows.SquaredDistances(wide, Row(others[i]), distances.Slice(i, 1));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private ReadOnlySpan<float> Row(int point) => point < rows.RowCount ? rows.Row(point) : more!.Row(point - rows.RowCount);
}
