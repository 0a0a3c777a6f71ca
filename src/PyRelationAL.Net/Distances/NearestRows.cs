using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>The k nearest reference rows of each query row, nearest first, ties by lowest reference.</summary>
/// <remarks>O(N·M·D) time, in parallel over queries; N·k results and never N·M distances.</remarks>
internal sealed class NearestRows
{
    private const int BlockRows = 64;
    private const int Tile = 256;

    // Below it there is nothing to gain.
    private const int LeastRanked = 256;

    private readonly int[] _rows;
    private readonly double[] _distances;

    private NearestRows(int[] rows, double[] distances, int count)
    {
        _rows = rows;
        _distances = distances;
        Count = count;
    }

    /// <summary>How many neighbours each query has: k, or fewer where there are not so many references.</summary>
    public int Count { get; }

    /// <summary>The neighbours of a query.</summary>
    public ReadOnlySpan<int> Of(int query) => _rows.AsSpan(query * Count, Count);

    /// <summary>Their distances, ascending.</summary>
    public ReadOnlySpan<double> DistancesOf(int query) => _distances.AsSpan(query * Count, Count);

    /// <summary>Among other rows.</summary>
    public static NearestRows Find(
        FeatureMatrix queries, FeatureMatrix references, int count, DistanceMetric metric, int threads, CancellationToken cancellationToken) =>
        Find(queries, references, Math.Min(count, references.RowCount), metric, null, threads, cancellationToken);

    /// <summary>Among the rows themselves; no row is its own neighbour, though its duplicates are.</summary>
    public static NearestRows Among(FeatureMatrix rows, int count, DistanceMetric metric, int threads, CancellationToken cancellationToken) =>
        Among(rows, [.. Enumerable.Range(0, rows.RowCount)], count, metric, threads, cancellationToken);

    /// <summary>Of some of the rows among all of them.</summary>
    public static NearestRows Among(FeatureMatrix rows, int[] queries, int count, DistanceMetric metric, int threads, CancellationToken cancellationToken) =>
        Find(rows.SelectRows(queries), rows, Math.Clamp(count, 0, Math.Max(0, rows.RowCount - 1)), metric, queries, threads, cancellationToken);

    /// <summary>Among other rows, where each query may be one of them, which is no neighbour of itself.</summary>
    /// <param name="queries">Queries [N×D].</param>
    /// <param name="references">References [M×D].</param>
    /// <param name="count">k, at least 0 and below M.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="selves">Which reference each query is, −1 for none; null where none is.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static NearestRows Find(
        FeatureMatrix queries, FeatureMatrix references, int count, DistanceMetric metric, int[]? selves, int threads, CancellationToken cancellationToken)
    {
        var found = new NearestRows(new int[checked(queries.RowCount * count)], new double[checked(queries.RowCount * count)], count);
        if (count > 0)
        {
            found._distances.AsSpan().Fill(double.PositiveInfinity);
            IReferenceRanks? ranks = references.RowCount < LeastRanked ? null : RanksFor(metric, references);
            RowBuffer? rows = ranks is null ? new RowBuffer(references) : null;
            Blocks.ForEach(
                queries.RowCount,
                threads,
                cancellationToken,
                (start, size) =>
                {
                    ReadOnlySpan<int> own = selves is null ? default : selves.AsSpan(start, size);
                    if (ranks is null)
                    {
                        found.Search(new RowBuffer(queries.Slice(start, size)), rows!, metric, own, start);
                    }
                    else
                    {
                        found.Search(queries.Slice(start, size), references, ranks, metric, own, start);
                    }
                },
                BlockRows);
        }

        return found;
    }

    private static IReferenceRanks? RanksFor(DistanceMetric metric, FeatureMatrix references)
    {
        if (metric == DistanceMetric.Manhattan)
        {
            return new ManhattanRanks(references);
        }

        return metric == DistanceMetric.Euclidean || metric == DistanceMetric.SquaredEuclidean
            ? new DistanceRanks(references)
            : null;
    }

    /// <summary>By ranks in float32; exact distances of those references only that may be among the nearest.</summary>
    private void Search(
        FeatureMatrix queries, FeatureMatrix references, IReferenceRanks ranks, DistanceMetric metric, ReadOnlySpan<int> selves, int start)
    {
        var wide = new RowBuffer(queries);
        var nearest = new RankedNearest(wide.Count, Count, ranks);
        for (int i = 0; i < wide.Count; i++)
        {
            nearest.Set(i, TensorPrimitives.SumOfSquares(wide[i]));
        }

        Span<float> values = stackalloc float[BlockRows * SinglePanels.Width];
        for (int panel = 0; panel < ranks.PanelCount; panel++)
        {
            ranks.Write(queries.Values, queries.RowCount, panel, values);
            int first = panel * SinglePanels.Width, width = Math.Min(SinglePanels.Width, references.RowCount - first);
            for (int i = 0; i < wide.Count; i++)
            {
                ReadOnlySpan<float> row = values.Slice(i * SinglePanels.Width, SinglePanels.Width);
                uint open = DistanceRanks.NotAbove(row, nearest.Limit(i));
                open &= uint.MaxValue >> (SinglePanels.Width - width);
                if (!selves.IsEmpty && (uint)(selves[i] - first) < SinglePanels.Width)
                {
                    open &= ~(1u << (selves[i] - first));
                }

                if (open != 0 && !nearest.Add(i, first, row, open))
                {
                    Settle(i, start + i, wide, references, nearest, metric);
                }
            }
        }

        for (int i = 0; i < wide.Count; i++)
        {
            nearest.Drop(i);
            Settle(i, start + i, wide, references, nearest, metric);
        }
    }

    private void Settle(int row, int query, RowBuffer queries, FeatureMatrix references, RankedNearest nearest, DistanceMetric metric)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(references.ColumnCount);
        Span<double> wide = rented.AsSpan(0, references.ColumnCount), one = stackalloc double[1];
        foreach (int reference in nearest.Open(row))
        {
            WideRows.Widen(references.Row(reference), wide);
            one[0] = metric.Between(queries[row], wide);
            Insert(query, reference, one);
        }

        ArrayPool<double>.Shared.Return(rented);

        double farthest = _distances[(query * Count) + Count - 1];
        nearest.Settled(row, metric == DistanceMetric.Euclidean ? farthest * farthest : farthest);
    }

    private void Search(RowBuffer queries, RowBuffer references, DistanceMetric metric, ReadOnlySpan<int> selves, int start)
    {
        Span<double> distances = stackalloc double[Tile];
        for (int tile = 0; tile < references.Count; tile += Tile)
        {
            int count = Math.Min(Tile, references.Count - tile);
            ReadOnlySpan<double> candidates = references.Rows(tile, count);
            for (int i = 0; i < queries.Count; i++)
            {
                metric.ToRows(queries[i], candidates, distances[..count]);
                if (!selves.IsEmpty && selves[i] >= tile && selves[i] < tile + count)
                {
                    distances[selves[i] - tile] = double.PositiveInfinity;
                }

                Insert(start + i, tile, distances[..count]);
            }
        }
    }

    private void Insert(int query, int tile, ReadOnlySpan<double> distances)
    {
        Span<double> nearest = _distances.AsSpan(query * Count, Count);
        Span<int> rows = _rows.AsSpan(query * Count, Count);
        for (int j = 0; j < distances.Length; j++)
        {
            // References come in ascending order: one that is only as near as the last goes behind it.
            if (distances[j] < nearest[^1])
            {
                int at = Count - 1;
                for (; at > 0 && nearest[at - 1] > distances[j]; at--)
                {
                    (nearest[at], rows[at]) = (nearest[at - 1], rows[at - 1]);
                }

                (nearest[at], rows[at]) = (distances[j], tile + j);
            }
        }
    }
}
