using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Which candidates cover which: for each one that no labelled point covers, the candidates closer to it than a radius, and for each candidate how many it
/// would
/// newly cover. Sparse: one integer per pair.
/// </summary>
internal sealed class CoverGraph
{
    public const int BlockRows = 32;

    private readonly IPoints _points;
    private readonly double _squaredRadius;
    private readonly int[] _degrees;

    // Who covers a candidate; null once it is covered. Each list is gone through once.
    private readonly int[]?[] _coveredBy;

    /// <param name="points">The candidates, and behind them the labelled points.</param>
    /// <param name="candidates">How many are candidates.</param>
    /// <param name="squaredRadius">Closer than this is covered; a point always covers itself.</param>
    /// <param name="largestEdgeCount">The most pairs.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public CoverGraph(IPoints points, int candidates, double squaredRadius, int largestEdgeCount, int threads, CancellationToken cancellationToken)
    {
        _points = points;
        _squaredRadius = squaredRadius;
        _degrees = new int[candidates];
        _coveredBy = new int[candidates][];
        long edges = 0;
        Blocks.ForEach(
            candidates,
            threads,
            cancellationToken,
            (start, count) =>
            {
                var distances = new double[points.Count];
                for (int y = start; y < start + count; y++)
                {
                    points.SquaredDistances(y, 0, distances);
                    if (!Covers(distances.AsSpan(candidates)))
                    {
                        _coveredBy[y] = Closer(distances.AsSpan(0, candidates), y);
                        if (Interlocked.Add(ref edges, _coveredBy[y]!.Length) > largestEdgeCount)
                        {
                            throw new InvalidOperationException(
                                Guard.Text($"More than {largestEdgeCount} pairs of the {candidates} candidates are closer than {Math.Sqrt(squaredRadius)}: ")
                                + "choose a smaller radius or a larger limit, or query a random sub-pool (SubPoolStrategy).");
                        }
                    }
                }
            },
            BlockRows);
        foreach (int[]? list in _coveredBy)
        {
            foreach (int x in list ?? [])
            {
                _degrees[x]++;
            }
        }
    }

    /// <summary>The candidate that would newly cover most, the lowest where several do; −1 where all are covered.</summary>
    public int Largest()
    {
        int best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<int>(_degrees);
        return _degrees[best] > 0 ? best : -1;
    }

    /// <summary>Covers what a candidate covers; returns how many that are.</summary>
    public int Cover(int candidate)
    {
        int newly = _degrees[candidate];
        // Its own list may be gone already, where something labelled covers it.
        var distances = new double[_degrees.Length];
        _points.SquaredDistances(candidate, 0, distances);
        foreach (int y in Closer(distances, candidate))
        {
            foreach (int x in _coveredBy[y] ?? [])
            {
                _degrees[x]--;
            }

            _coveredBy[y] = null;
        }

        return newly;
    }

    private bool Covers(ReadOnlySpan<double> distances)
    {
        foreach (double distance in distances)
        {
            if (distance < _squaredRadius)
            {
                return true;
            }
        }

        return false;
    }

    private int[] Closer(ReadOnlySpan<double> distances, int self)
    {
        int count = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            count += distances[i] < _squaredRadius || i == self ? 1 : 0;
        }

        var closer = new int[count];
        for (int i = 0, k = 0; k < count; i++)
        {
            if (distances[i] < _squaredRadius || i == self)
            {
                closer[k++] = i;
            }
        }

        return closer;
    }
}
