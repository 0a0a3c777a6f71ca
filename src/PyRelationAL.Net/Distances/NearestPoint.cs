using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace PyRelationAL.Distances;

/// <summary>
/// The nearest of some fixed points to each of many rows, ties by lowest point, with its exact squared distance. Safe to use from several threads.
/// </summary>
/// <remarks>O(rows · points · D) in float32; in double only for points that are nearest or too close to tell.</remarks>
internal sealed class NearestPoint
{
    private const int TileRows = 64;
    private const int Lanes = 16;

    private readonly double[] _points;
    private readonly int _count;
    private readonly int _columns;
    private readonly DistanceRanks _ranks;

    /// <param name="points">Points [count×D], row-major, at least one.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">D.</param>
    public NearestPoint(double[] points, int count, int columns)
    {
        _points = points;
        _count = count;
        _columns = columns;
        _ranks = new DistanceRanks(points, count, columns);
    }

    /// <summary>Finds the nearest points.</summary>
    /// <param name="rows">Rows [N×D], row-major.</param>
    /// <param name="nearest">N points to write.</param>
    /// <param name="squared">N squared distances to write.</param>
    /// <param name="others">N numbers to write that no distance (not squared) to another point is below; may be empty.</param>
    public void Find(ReadOnlySpan<float> rows, Span<int> nearest, Span<double> squared, Span<double> others = default)
    {
        for (int start = 0; start < nearest.Length; start += TileRows)
        {
            int count = Math.Min(TileRows, nearest.Length - start);
            FindTile(
                rows.Slice(start * _columns, count * _columns),
                nearest.Slice(start, count),
                squared.Slice(start, count),
                others.IsEmpty ? others : others.Slice(start, count));
        }
    }

    private void FindTile(ReadOnlySpan<float> rows, Span<int> nearest, Span<double> squared, Span<double> others)
    {
        // For each row and lane the smallest rank, whose it is, and the second smallest.
        Span<Vector512<float>> best = stackalloc Vector512<float>[TileRows], second = stackalloc Vector512<float>[TileRows];
        Span<Vector512<int>> points = stackalloc Vector512<int>[TileRows];
        Span<float> ranks = stackalloc float[TileRows * DistanceRanks.Width];
        best.Fill(Vector512.Create(float.PositiveInfinity));
        second.Fill(Vector512.Create(float.PositiveInfinity));
        for (int panel = 0; panel < _ranks.PanelCount; panel++)
        {
            _ranks.Write(rows, nearest.Length, panel, ranks);
            for (int half = 0; half < _ranks.WidthOf(panel); half += Lanes)
            {
                Vector512<int> numbers = Vector512.CreateSequence((panel * DistanceRanks.Width) + half, 1);
                for (int i = 0; i < nearest.Length; i++)
                {
                    Vector512<float> rank = Vector512.LoadUnsafe(ref ranks[(i * DistanceRanks.Width) + half]), least = best[i];
                    Vector512<float> isLess = Vector512.LessThan(rank, least);
                    second[i] = Vector512.MinNative(second[i], Vector512.MaxNative(rank, least));
                    best[i] = Vector512.MinNative(rank, least);
                    points[i] = Vector512.ConditionalSelect(isLess.AsInt32(), numbers, points[i]);
                }
            }
        }

        double[] wide = System.Buffers.ArrayPool<double>.Shared.Rent(_columns);
        Span<double> row = wide.AsSpan(0, _columns);
        for (int i = 0; i < nearest.Length; i++)
        {
            ReadOnlySpan<float> single = rows.Slice(i * _columns, _columns);
            WideRows.Widen(single, row);
            double other = Settle(single, row, best[i], second[i], points[i], out nearest[i], out squared[i]);
            if (!others.IsEmpty)
            {
                others[i] = other;
            }
        }

        System.Buffers.ArrayPool<double>.Shared.Return(wide);
    }

    /// <summary>Decides between the points whose ranks are too close to tell; gives a lower bound on the distance to the others.</summary>
    private double Settle(
        ReadOnlySpan<float> single,
        ReadOnlySpan<double> row,
        Vector512<float> best,
        Vector512<float> second,
        Vector512<int> points,
        out int nearest,
        out double squared)
    {
        double norm = TensorPrimitives.SumOfSquares(row), error = _ranks.ErrorFor(norm);
        int lane = 0;
        for (int l = 1; l < Lanes; l++)
        {
            lane = best[l] < best[lane] ? l : lane;
        }

        double runnerUp = double.PositiveInfinity;
        for (int l = 0; l < Lanes; l++)
        {
            runnerUp = Math.Min(runnerUp, l == lane ? second[l] : best[l]);
        }

        double limit = best[lane] + (2 * error);
        if (runnerUp > limit)
        {
            nearest = points[lane];
            squared = SquaredDifferences.Between(row, Point(nearest));
            return Math.Sqrt(Math.Max(0, norm + (2 * (runnerUp - error)))) * (1 - 1e-12);
        }

        (nearest, squared) = (-1, double.PositiveInfinity);
        Span<float> ranks = stackalloc float[DistanceRanks.Width];
        for (int panel = 0; panel < _ranks.PanelCount; panel++)
        {
            int first = panel * DistanceRanks.Width;
            _ranks.Write(single, 1, panel, ranks);
            for (int j = 0; j < Math.Min(DistanceRanks.Width, _count - first); j++)
            {
                // Written so that what is no number is looked at too.
                if (!(ranks[j] > limit))
                {
                    double distance = SquaredDifferences.Between(row, Point(first + j));
                    if (distance < squared)
                    {
                        (nearest, squared) = (first + j, distance);
                    }
                }
            }
        }

        return Math.Sqrt(squared) * (1 - 1e-12);
    }

    private ReadOnlySpan<double> Point(int point) => _points.AsSpan(point * _columns, _columns);
}
