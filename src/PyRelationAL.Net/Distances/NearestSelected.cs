using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>
/// The squared distance of each point to the nearest of those selected so far: the state of greedy coverage and of k-means++. Distances only fall as more is
/// selected, so an old one is an upper bound, and only points for which that bound does not settle the question are compared with what was selected since.
/// </summary>
/// <remarks>
/// <para>
/// The farthest point is found as in lazy greedy maximisation (Minoux 1978). A draw in proportion to the squared distance is one in proportion to the bound
/// that is accepted with probability distance / bound, which is the same distribution. Results do not depend on which distances were up to date.
/// </para>
/// <para>
/// A point x whose nearest selected point s is closer than half of d(s, t) keeps it, by the triangle inequality, without a look at its distance to t (Elkan,
/// ICML 2003). At most O(N·D) for each selected point, in parallel over blocks of points; O(N) memory, and O(selected²) up to a limit.
/// </para>
/// </remarks>
internal sealed class NearestSelected
{
    private const int BlockRows = 512;

    // Between two looks at whether a point is still of interest.
    private const int Step = 16;

    // A distance is skipped only where rounding cannot matter; the limits are kept in float32.
    private const double Slack = 1 + 1e-6;

    // Limits of so many selected points are kept, 32 MiB.
    private const int MostLimited = 4096;

    private readonly IPoints _points;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly double[] _distances;

    // Which of the selected points, by order of selection, is the nearest.
    private readonly int[] _owners;

    // How many of the selected points each candidate has been compared with.
    private readonly int[] _seen;
    private readonly List<int> _selectedPoints = [];

    // For each selected point s a quarter of the squared distance to each one selected after it: candidates nearer than that to s stay with it.
    private readonly List<List<float>> _limits = [];
    private readonly (double Sum, int Farthest)[] _blocks;
    private int _refreshed;
    private int _rejected;

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
        _seen = new int[candidates];
        Selected = new bool[candidates];
        _blocks = new (double, int)[(candidates + BlockRows - 1) / BlockRows];
        for (int b = 0; b < _blocks.Length; b++)
        {
            _blocks[b] = (double.PositiveInfinity, b * BlockRows);
        }
    }

    /// <summary>Which candidates are selected.</summary>
    public bool[] Selected { get; }

    /// <summary>
    /// The candidates' distances after <see cref="Update"/>, before it upper bounds; those of selected ones are 0, that of what <see cref="Farthest"/> gave
    /// is exact.
    /// </summary>
    public ReadOnlySpan<double> Distances => _distances;

    /// <summary>After <see cref="Update"/>, which of the selected points, by order of selection, each candidate is nearest to; the earlier of equals.</summary>
    public ReadOnlySpan<int> Owners => _owners;

    /// <summary>How many points are selected.</summary>
    public int SelectedCount => _selectedPoints.Count;

    /// <summary>Selects a point.</summary>
    public void Select(int point)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        AddLimits(point);
        _selectedPoints.Add(point);
        if (point < Selected.Length)
        {
            Selected[point] = true;
            (_distances[point], _owners[point], _seen[point]) = (0, _selectedPoints.Count - 1, int.MaxValue);
            Summarise(point / BlockRows);
        }
    }

    /// <summary>Brings all distances up to date.</summary>
    public void Update()
    {
        if (_refreshed < _selectedPoints.Count)
        {
            Blocks.ForEach(_distances.Length, _threads, _cancellationToken, Refresh, BlockRows);
            _refreshed = _selectedPoints.Count;
            _rejected = 0;
        }
    }

    /// <summary>The candidate farthest from what is selected, the lowest where several are; −1 where no distance is above 0.</summary>
    public int Farthest()
    {
        // The best few one after the other; where that does not settle it, all that may be farther than the farthest of these, in parallel.
        double least = 0;
        for (int i = 0; i < 4; i++)
        {
            int best = LargestBound();
            if (best < 0 || IsUpToDate(best))
            {
                return best;
            }

            CatchUp(best, double.NegativeInfinity);
            Summarise(best / BlockRows);
            least = Math.Max(least, _distances[best]);
        }

        int[] open = [.. Enumerable.Range(0, _blocks.Length).Where(b => _blocks[b].Farthest is >= 0 and int f && _distances[f] >= least)];
        Blocks.ForEach(open.Length, _threads, _cancellationToken, (start, count) => Lower(open.AsSpan(start, count), least), blockRows: 4);
        return LargestBound();
    }

    /// <summary>A candidate drawn with probability in proportion to its squared distance; −1 where no distance is above 0.</summary>
    public int Draw(RandomStream random)
    {
        // As many rejected proposals have cost about what bringing all up to date costs.
        if (_refreshed == 0 || _rejected > _distances.Length)
        {
            Update();
        }

        while (true)
        {
            int proposed = Propose(random);
            if (proposed < 0 || IsUpToDate(proposed))
            {
                return proposed;
            }

            double bound = _distances[proposed];
            CatchUp(proposed, double.NegativeInfinity);
            if (_distances[proposed] < bound)
            {
                Summarise(proposed / BlockRows);
                if (random.NextDouble() * bound >= _distances[proposed])
                {
                    _rejected++;
                    continue;
                }
            }

            return proposed;
        }
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

    private bool IsUpToDate(int candidate) => _seen[candidate] >= _selectedPoints.Count;

    private int LargestBound()
    {
        int best = -1;
        double largest = 0;
        foreach ((_, int farthest) in _blocks)
        {
            if (farthest >= 0 && _distances[farthest] > largest)
            {
                (best, largest) = (farthest, _distances[farthest]);
            }
        }

        return best;
    }

    private int Propose(RandomStream random)
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

    private void AddLimits(int point)
    {
        int before = Math.Min(_selectedPoints.Count, MostLimited);
        var squared = new double[before];
        _points.SquaredDistances(point, CollectionsMarshal.AsSpan(_selectedPoints)[..before], squared);
        for (int s = 0; s < before; s++)
        {
            // Not rounded up, neither to infinity nor among the subnormal numbers.
            double limit = Math.Min(squared[s] / (4 * Slack), float.MaxValue);
            _limits[s].Add(limit < 1e-30 ? 0 : (float)limit);
        }

        if (_selectedPoints.Count < MostLimited)
        {
            _limits.Add([]);
        }
    }

    /// <summary>Compares the candidates of some blocks that may be at least so far with what they have not seen.</summary>
    private void Lower(ReadOnlySpan<int> blocks, double least)
    {
        foreach (int b in blocks)
        {
            for (int i = b * BlockRows; i < Math.Min((b + 1) * BlockRows, _distances.Length); i++)
            {
                if (_distances[i] >= least && !IsUpToDate(i))
                {
                    CatchUp(i, least);
                }
            }

            Summarise(b);
        }
    }

    /// <summary>Compares a candidate with selected points that it has not seen, until it is nearer than asked for.</summary>
    private void CatchUp(int candidate, double least)
    {
        ReadOnlySpan<int> selected = CollectionsMarshal.AsSpan(_selectedPoints);
        Span<int> points = stackalloc int[Step], orders = stackalloc int[Step];
        Span<double> distances = stackalloc double[Step];
        double nearest = _distances[candidate];
        int owner = _owners[candidate], next = _seen[candidate];
        while (next < selected.Length && nearest >= least)
        {
            int count = 0;
            ReadOnlySpan<float> limits = nearest < double.PositiveInfinity && owner < _limits.Count ? CollectionsMarshal.AsSpan(_limits[owner]) : default;
            if (limits.IsEmpty)
            {
                for (; next < selected.Length && count < Step; next++, count++)
                {
                    (points[count], orders[count]) = (selected[next], next);
                }
            }
            else
            {
                for (; next < selected.Length && count < Step; next++)
                {
                    (points[count], orders[count]) = (selected[next], next);
                    count += nearest > limits[next - owner - 1] ? 1 : 0;
                }
            }

            _points.SquaredDistances(candidate, points[..count], distances[..count]);
            for (int j = 0; j < count; j++)
            {
                if (distances[j] < nearest)
                {
                    (nearest, owner) = (distances[j], orders[j]);
                }
            }
        }

        (_distances[candidate], _owners[candidate], _seen[candidate]) = (nearest, owner, next);
    }

    /// <summary>Compares all candidates of a block with all that was selected since the last update, one selected point after the other.</summary>
    private void Refresh(int start, int count)
    {
        Span<double> nearest = _distances.AsSpan(start, count), distances = stackalloc double[BlockRows];
        Span<int> owners = _owners.AsSpan(start, count), seen = _seen.AsSpan(start, count), open = stackalloc int[BlockRows];
        for (int s = _refreshed; s < _selectedPoints.Count; s++)
        {
            int openCount = 0;
            for (int i = 0; i < count; i++)
            {
                open[openCount] = i;
                bool isLimited = owners[i] < _limits.Count && nearest[i] < double.PositiveInfinity;
                openCount += seen[i] <= s && !(isLimited && nearest[i] <= _limits[owners[i]][s - owners[i] - 1]) ? 1 : 0;
            }

            if (openCount > count / 2)
            {
                _points.SquaredDistances(_selectedPoints[s], start, distances[..count]);
                foreach (int i in open[..openCount])
                {
                    Offer(distances[i], s, ref nearest[i], ref owners[i]);
                }
            }
            else
            {
                foreach (int i in open[..openCount])
                {
                    _points.SquaredDistances(_selectedPoints[s], start + i, distances[..1]);
                    Offer(distances[0], s, ref nearest[i], ref owners[i]);
                }
            }
        }

        foreach (ref int s in seen)
        {
            s = Math.Max(s, _selectedPoints.Count);
        }

        Summarise(start / BlockRows);
    }

    private static void Offer(double distance, int order, ref double nearest, ref int owner)
    {
        if (distance < nearest)
        {
            (nearest, owner) = (distance, order);
        }
    }

    private void Summarise(int block)
    {
        int start = block * BlockRows;
        ReadOnlySpan<double> distances = _distances.AsSpan(start, Math.Min(BlockRows, _distances.Length - start));
        int farthest = TensorPrimitives.IndexOfMax(distances);
        _blocks[block] = (TensorPrimitives.Sum(distances), distances[farthest] > 0 ? start + farthest : -1);
    }
}
