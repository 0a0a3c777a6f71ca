using PyRelationAL.Numerics;

namespace PyRelationAL.Distances;

/// <summary>The k nearest reference rows of each query row, nearest first, ties by lowest reference.</summary>
/// <remarks>O(N·M·D) time, in parallel over queries; N·k results and never N·M distances.</remarks>
internal sealed class NearestRows
{
    private const int BlockRows = 64;
    private const int Tile = 256;

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
        Find(new RowBuffer(queries), new RowBuffer(references), Math.Min(count, references.RowCount), metric, false, threads, cancellationToken);

    /// <summary>Among the rows themselves; no row is its own neighbour, though its duplicates are.</summary>
    public static NearestRows Among(FeatureMatrix rows, int count, DistanceMetric metric, int threads, CancellationToken cancellationToken)
    {
        var buffer = new RowBuffer(rows);
        return Find(buffer, buffer, Math.Clamp(count, 0, Math.Max(0, rows.RowCount - 1)), metric, true, threads, cancellationToken);
    }

    private static NearestRows Find(
        RowBuffer queries, RowBuffer references, int count, DistanceMetric metric, bool skipSelf, int threads, CancellationToken cancellationToken)
    {
        var found = new NearestRows(new int[checked(queries.Count * count)], new double[checked(queries.Count * count)], count);
        if (count > 0)
        {
            found._distances.AsSpan().Fill(double.PositiveInfinity);
            Blocks.ForEach(
                queries.Count,
                threads,
                cancellationToken,
                (start, rows) => found.Search(queries, references, metric, skipSelf, start, rows),
                BlockRows);
        }

        return found;
    }

    private void Search(RowBuffer queries, RowBuffer references, DistanceMetric metric, bool skipSelf, int start, int rows)
    {
        Span<double> distances = stackalloc double[Tile];
        for (int tile = 0; tile < references.Count; tile += Tile)
        {
            int count = Math.Min(Tile, references.Count - tile);
            ReadOnlySpan<double> candidates = references.Rows(tile, count);
            for (int query = start; query < start + rows; query++)
            {
                metric.ToRows(queries[query], candidates, distances[..count]);
                if (skipSelf && query >= tile && query < tile + count)
                {
                    distances[query - tile] = double.PositiveInfinity;
                }

                Insert(query, tile, distances[..count]);
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
