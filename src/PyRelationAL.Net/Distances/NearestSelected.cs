using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>
/// The squared distance of each point to the nearest of those selected so far: the state of greedy coverage and of k-means++. One more selected point costs
/// O(N·D), in parallel over blocks of points.
/// </summary>
internal sealed class NearestSelected
{
    private const int BlockRows = 1024;

    private readonly IPoints _points;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly double[] _distances;
    private readonly (double Sum, int Farthest)[] _blocks;

    public NearestSelected(IPoints points, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        _points = points;
        _threads = maxDegreeOfParallelism;
        _cancellationToken = cancellationToken;
        _distances = new double[points.Count];
        Array.Fill(_distances, double.PositiveInfinity);
        Selected = new bool[points.Count];
        _blocks = new (double, int)[(points.Count + BlockRows - 1) / BlockRows];
    }

    /// <summary>Which points are selected.</summary>
    public bool[] Selected { get; }

    /// <summary>The distances; those of selected points are 0.</summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>Lowers the distances to those from rows that are not among the points, such as labelled items.</summary>
    public void Cover(FeatureMatrix rows)
    {
        var points = (RowPoints)_points;
        Blocks.ForEach(_points.Count, _threads, _cancellationToken, (start, count) =>
        {
            Span<double> distances = stackalloc double[BlockRows];
            for (int r = 0; r < rows.RowCount; r++)
            {
                points.SquaredDistances(rows.Row(r), start, distances[..count]);
                Lower(start, distances[..count]);
            }
        }, BlockRows);
    }

    /// <summary>Selects a point.</summary>
    public void Select(int point)
    {
        Selected[point] = true;
        Blocks.ForEach(_points.Count, _threads, _cancellationToken, (start, count) =>
        {
            Span<double> distances = stackalloc double[BlockRows];
            _points.SquaredDistances(point, start, distances[..count]);
            Lower(start, distances[..count]);
        }, BlockRows);
    }

    /// <summary>The point farthest from what is selected, the lowest where several are; −1 where no distance is above 0.</summary>
    public int Farthest()
    {
        int best = -1;
        foreach ((_, int farthest) in _blocks)
        {
            if (farthest >= 0 && _distances[farthest] > (best < 0 ? 0 : _distances[best]))
            {
                best = farthest;
            }
        }

        return best;
    }

    /// <summary>A point drawn with probability in proportion to its squared distance; −1 where no distance is above 0.</summary>
    public int Draw(RandomStream random)
    {
        double total = 0;
        foreach ((double sum, _) in _blocks)
        {
            total += sum;
        }

        if (!(total > 0))
        {
            return -1;
        }

        double target = random.NextDouble() * total;
        int block = 0;
        // Rounding may carry the target to the end: the last block with weight takes it.
        int last = Array.FindLastIndex(_blocks, b => b.Sum > 0);
        while (block < last && target >= _blocks[block].Sum)
        {
            target -= _blocks[block].Sum;
            block++;
        }

        int drawn = -1;
        for (int i = block * BlockRows; i < Math.Min((block + 1) * BlockRows, _distances.Length); i++)
        {
            if (_distances[i] > 0)
            {
                drawn = i;
                target -= _distances[i];
                if (target < 0)
                {
                    break;
                }
            }
        }

        return drawn;
    }

    /// <summary>A point that is not selected, uniformly; for when all that are left are duplicates of selected ones.</summary>
    public int AnyLeft(RandomStream random)
    {
        int left = Selected.AsSpan().Count(false), skip = random.NextInt32(left);
        for (int i = 0; ; i++)
        {
            if (!Selected[i] && skip-- == 0)
            {
                return i;
            }
        }
    }

    private void Lower(int start, ReadOnlySpan<double> distances)
    {
        Span<double> nearest = _distances.AsSpan(start, distances.Length);
        TensorPrimitives.Min(nearest, distances, nearest);
        for (int i = 0; i < nearest.Length; i++)
        {
            if (Selected[start + i])
            {
                nearest[i] = 0;
            }
        }

        int farthest = TensorPrimitives.IndexOfMax<double>(nearest);
        _blocks[start / BlockRows] = (TensorPrimitives.Sum<double>(nearest), nearest[farthest] > 0 ? start + farthest : -1);
    }
}
