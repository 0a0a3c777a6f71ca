using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>
/// The squared distance of each point to the nearest of those selected so far: the state of greedy coverage and of k-means++.
/// </summary>
/// <remarks>
/// One more selected point costs at most O(N·D), in parallel over blocks of points. A point x whose nearest selected point s is closer than half of d(s, new) keeps
/// it, by the triangle inequality, without a look at its distance to the new one (Elkan, ICML 2003): on clustered data that spares most of the work.
/// </remarks>
internal sealed class NearestSelected
{
    private const int BlockRows = 1024;

    // A distance is skipped only where rounding cannot matter.
    private const double Slack = 1 + 1e-9;

    private readonly IPoints _points;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly double[] _distances;

    // Which of the selected points, by order of selection, is the nearest.
    private readonly int[] _owners;
    private readonly List<int> _selectedPoints = [];
    private readonly (double Sum, int Farthest)[] _blocks;

    /// <param name="points">The points.</param>
    /// <param name="candidates">How many of the points, from the first, are candidates; those behind can only be selected, such as labelled items.</param>
    /// <param name="maxDegreeOfParallelism">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public NearestSelected(IPoints points, int candidates, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        _points = points;
        _threads = maxDegreeOfParallelism;
        _cancellationToken = cancellationToken;
        _distances = new double[candidates];
        Array.Fill(_distances, double.PositiveInfinity);
        _owners = new int[candidates];
        Selected = new bool[candidates];
        _blocks = new (double, int)[(candidates + BlockRows - 1) / BlockRows];
    }

    /// <summary>Which candidates are selected.</summary>
    public bool[] Selected { get; }

    /// <summary>The candidates' distances; those of selected ones are 0.</summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>Which of the selected points, by order of selection, each candidate is nearest to; the earlier of equals.</summary>
    public ReadOnlySpan<int> Owners => _owners;

    /// <summary>How many points are selected.</summary>
    public int SelectedCount => _selectedPoints.Count;

    /// <summary>Selects a point.</summary>
    public void Select(int point)
    {
        if (point < Selected.Length)
        {
            Selected[point] = true;
            _distances[point] = 0;
        }

        double[] limits = QuartersOfDistances(point);
        int owner = _selectedPoints.Count;
        _selectedPoints.Add(point);
        Blocks.ForEach(_distances.Length, _threads, _cancellationToken, (start, count) => Lower(point, owner, limits, start, count), BlockRows);
    }

    /// <summary>The candidate farthest from what is selected, the lowest where several are; −1 where no distance is above 0.</summary>
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

    /// <summary>A candidate drawn with probability in proportion to its squared distance; −1 where no distance is above 0.</summary>
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

    /// <summary>A candidate that is not selected, uniformly; for when all that are left are duplicates of selected ones.</summary>
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

    /// <summary>A quarter of the squared distance from the new point to each selected one: candidates nearer than that to theirs stay with it.</summary>
    private double[] QuartersOfDistances(int point)
    {
        var limits = new double[_selectedPoints.Count];
        ReadOnlySpan<int> selected = CollectionsMarshal.AsSpan(_selectedPoints);
        Span<double> one = stackalloc double[1];
        for (int s = 0; s < limits.Length; s++)
        {
            _points.SquaredDistances(point, selected[s], one);
            limits[s] = one[0] / (4 * Slack);
        }

        return limits;
    }

    private void Lower(int point, int owner, double[] limits, int start, int count)
    {
        Span<double> nearest = _distances.AsSpan(start, count);
        Span<int> owners = _owners.AsSpan(start, count);
        Span<int> open = stackalloc int[BlockRows];
        int openCount = count;
        if (owner > 0)
        {
            openCount = 0;
            for (int i = 0; i < count; i++)
            {
                open[openCount] = i;
                openCount += nearest[i] > limits[owners[i]] ? 1 : 0;
            }
        }

        bool changed = false;
        Span<double> distances = stackalloc double[BlockRows];
        // A row by itself costs about twice what it costs among others.
        if (openCount > count / 2)
        {
            distances = distances[..count];
            _points.SquaredDistances(point, start, distances);
            for (int i = 0; i < count; i++)
            {
                if (distances[i] < nearest[i])
                {
                    (nearest[i], owners[i], changed) = (distances[i], owner, true);
                }
            }
        }
        else
        {
            foreach (int i in open[..openCount])
            {
                _points.SquaredDistances(point, start + i, distances[..1]);
                if (distances[0] < nearest[i])
                {
                    (nearest[i], owners[i], changed) = (distances[0], owner, true);
                }
            }
        }

        // The selected point's own distance may have become 0 before this.
        if (changed || (point >= start && point < start + count))
        {
            int farthest = TensorPrimitives.IndexOfMax<double>(nearest);
            _blocks[start / BlockRows] = (TensorPrimitives.Sum<double>(nearest), nearest[farthest] > 0 ? start + farthest : -1);
        }
    }
}
