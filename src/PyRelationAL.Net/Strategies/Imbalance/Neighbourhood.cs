using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>The candidates nearest to each of some known rows, for strategies that look at no others.</summary>
internal static class Neighbourhood
{
    // What is widened to double at a time: 4 MiB at 64 columns.
    private const int BlockRows = 8192;

    /// <summary>
    /// The k nearest candidates of each row, nearest first, ties by the lowest candidate. O(N·L·D) time, in parallel over blocks of candidates; O(L·k) memory
    /// and a block for each thread.
    /// </summary>
    public static (int Candidate, double Distance)[][] Of(
        FeatureMatrix rows, FeatureMatrix candidates, int count, DistanceMetric metric, int threads, CancellationToken cancellationToken)
    {
        var nearest = new (int Candidate, double Distance)[rows.RowCount][];
        Array.Fill(nearest, []);
        var gate = new Lock();
        Blocks.ForEach(
            candidates.RowCount,
            threads,
            cancellationToken,
            (start, size) =>
            {
                var found = NearestRows.Find(rows, candidates.Slice(start, size), count, metric, 1, cancellationToken);
                lock (gate)
                {
                    // The order in which blocks arrive does not matter: no two entries compare as equal.
                    for (int l = 0; l < nearest.Length; l++)
                    {
                        nearest[l] = Nearest(nearest[l], found.Of(l), found.DistancesOf(l), start, count);
                    }
                }
            },
            BlockRows);
        return nearest;
    }

    /// <summary>The candidates that are among the k nearest of any row, ascending; k grows until they are enough.</summary>
    public static (int Candidate, double MeanDistance)[] Union(
        FeatureMatrix rows, FeatureMatrix candidates, int count, int atLeast, DistanceMetric metric, int threads, CancellationToken cancellationToken)
    {
        for (int k = Math.Min(count, candidates.RowCount); ; k = (int)Math.Min(2L * k, candidates.RowCount))
        {
            (int Candidate, double MeanDistance)[] union =
            [
                .. Of(rows, candidates, k, metric, threads, cancellationToken)
                    .SelectMany(near => near)
                    .GroupBy(near => near.Candidate, (candidate, near) => (candidate, near.Average(n => n.Distance)))
                    .OrderBy(near => near.candidate),
            ];
            if (union.Length >= atLeast || k == candidates.RowCount)
            {
                return union;
            }
        }
    }

    private static (int Candidate, double Distance)[] Nearest(
        (int Candidate, double Distance)[] known, ReadOnlySpan<int> rows, ReadOnlySpan<double> distances, int start, int count)
    {
        var merged = new (int Candidate, double Distance)[Math.Min(count, known.Length + rows.Length)];
        for (int k = 0, i = 0, j = 0; k < merged.Length; k++)
        {
            bool own = j == rows.Length || (i < known.Length && (known[i].Distance, known[i].Candidate).CompareTo((distances[j], start + rows[j])) < 0);
            merged[k] = own ? known[i++] : (start + rows[j], distances[j++]);
        }

        return merged;
    }
}
