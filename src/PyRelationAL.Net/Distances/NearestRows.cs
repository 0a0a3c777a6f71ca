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

    private static NearestRows Find(
        FeatureMatrix queries, FeatureMatrix references, int count, DistanceMetric metric, int[]? selves, int threads, CancellationToken cancellationToken)
    {
        var found = new NearestRows(new int[checked(queries.RowCount * count)], new double[checked(queries.RowCount * count)], count);
        if (count > 0)
        {
            found._distances.AsSpan().Fill(double.PositiveInfinity);
            var rows = new RowBuffer(references);
            bool ranked = references.RowCount >= LeastRanked && (metric == DistanceMetric.Euclidean || metric == DistanceMetric.SquaredEuclidean);
            DistanceRanks? ranks = ranked ? new DistanceRanks(rows.Rows(0, rows.Count), rows.Count, references.ColumnCount) : null;
            Blocks.ForEach(
                queries.RowCount,
                threads,
                cancellationToken,
                (start, size) =>
                {
                    ReadOnlySpan<int> own = selves is null ? default : selves.AsSpan(start, size);
                    if (ranks is null)
                    {
                        found.Search(new RowBuffer(queries.Slice(start, size)), rows, metric, own, start);
                    }
                    else
                    {
                        found.Search(queries.Slice(start, size), rows, ranks, metric, own, start);
                    }
                },
                BlockRows);
        }

        return found;
    }

    /// <summary>By ranks in float32; exact distances of those references only that may be among the nearest.</summary>
    private void Search(FeatureMatrix queries, RowBuffer references, DistanceRanks ranks, DistanceMetric metric, ReadOnlySpan<int> selves, int start)
    {
        var wide = new RowBuffer(queries);
        Span<double> norms = stackalloc double[BlockRows], errors = stackalloc double[BlockRows], one = stackalloc double[1];
        Span<float> values = stackalloc float[BlockRows * DistanceRanks.Width];
        for (int i = 0; i < wide.Count; i++)
        {
            norms[i] = TensorPrimitives.SumOfSquares(wide[i]);
            errors[i] = ranks.ErrorFor(norms[i]);
        }

        for (int panel = 0; panel < ranks.PanelCount; panel++)
        {
            ranks.Write(queries.Values, queries.RowCount, panel, values);
            int first = panel * DistanceRanks.Width, width = Math.Min(DistanceRanks.Width, references.Count - first);
            for (int i = 0; i < wide.Count; i++)
            {
                double farthest = _distances[((start + i) * Count) + Count - 1];
                double squared = metric == DistanceMetric.Euclidean ? farthest * farthest : farthest;
                // A little more for the rounding of these two lines; what is no number is looked at.
                double limit = (((squared * (1 + 1e-12)) - norms[i]) / 2) + (errors[i] * (1 + 1e-6)) + (1e-7 * Math.Abs(norms[i] - squared));
                uint open = DistanceRanks.NotAbove(values.Slice(i * DistanceRanks.Width, DistanceRanks.Width), (float)limit);
                for (open &= uint.MaxValue >> (DistanceRanks.Width - width); open != 0; open &= open - 1)
                {
                    int reference = first + BitOperations.TrailingZeroCount(open);
                    if (selves.IsEmpty || selves[i] != reference)
                    {
                        one[0] = metric.Between(wide[i], references.Rows(reference, 1));
                        Insert(start + i, reference, one);
                    }
                }
            }
        }
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
