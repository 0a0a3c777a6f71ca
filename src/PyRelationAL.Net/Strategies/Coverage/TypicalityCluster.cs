using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PyRelationAL.Distances;

namespace PyRelationAL.Strategies;

/// <summary>
/// A cluster of <see cref="TypiClustStrategy"/>: its candidates that are left, and how typical they are. Taking one makes others less typical, and only those
/// that had it among their nearest neighbours; of these only such are looked at again that may be the most typical.
/// </summary>
/// <param name="comparedMembers">
/// In a cluster of more than <see cref="SampledFrom"/> times as many candidates only so many of them may be taken at first: those that are the most typical
/// among as many that lie at equal steps in the cluster.
/// </param>
internal sealed class TypicalityCluster(int comparedMembers)
{
    /// <summary>Below it a sample costs as much as it saves.</summary>
    public const int SampledFrom = 4;

    // Neighbours come from a sample, so that fewer of them lie as far away.
    private const int SampledNeighbours = 5;

    // Finding the neighbours of fewer costs no less, since all rows have to be packed.
    private const int RefreshedAtOnce = 256;

    private const int ChunkRows = 16_384;

    private readonly List<int> _members = [];

    // By member: a lower bound on the mean distance to the nearest neighbours, +∞ where it is not to be taken, and the distance to the farthest of these,
    // NaN where the mean is no more than a bound. What is taken from a cluster only makes means larger.
    private readonly List<double> _means = [];
    private readonly List<double> _radii = [];
    private int _neighbours = -1;
    private int _compared;

    // Where so few are left of what was compared, others have their turn.
    private int _fewest;

    /// <summary>The number of items, labelled and taken ones included.</summary>
    public int Size { get; private set; }

    /// <summary>How many of them are labelled.</summary>
    public int Labelled { get; private set; }

    /// <summary>Whether no candidate is left.</summary>
    public bool IsEmpty => _members.Count == 0;

    public void Add(int candidate)
    {
        Size++;
        _members.Add(candidate);
        _means.Add(0);
        _radii.Add(double.NaN);
    }

    public void AddLabelled()
    {
        Size++;
        Labelled++;
    }

    /// <summary>
    /// Takes the candidate with the smallest mean distance to its min(k, half of them) nearest neighbours among those left; the first of equals.
    /// </summary>
    public int TakeMostTypical(FeatureMatrix candidates, int neighbours, int threads, CancellationToken cancellationToken)
    {
        FeatureMatrix rows = candidates.SelectRows(CollectionsMarshal.AsSpan(_members));
        Span<double> means = CollectionsMarshal.AsSpan(_means), radii = CollectionsMarshal.AsSpan(_radii);
        int k = Math.Min(neighbours, rows.RowCount / 2);
        if (k != _neighbours || _compared == _fewest)
        {
            int[] compared = Compared(rows, threads, cancellationToken);
            means.Fill(double.PositiveInfinity);
            radii.Fill(double.PositiveInfinity);
            (_neighbours, _compared) = (k, compared.Length);
            _fewest = compared.Length < rows.RowCount ? comparedMembers / 2 : 0;
            Find(compared, rows, threads, cancellationToken);
        }

        int best = TensorPrimitives.IndexOfMin<double>(means);
        for (; double.IsNaN(radii[best]); best = TensorPrimitives.IndexOfMin<double>(means))
        {
            Find(Doubtful(), rows, threads, cancellationToken);
        }

        MarkNeighboursOf(best, rows);
        int taken = _members[best];
        _members.RemoveAt(best);
        _means.RemoveAt(best);
        _radii.RemoveAt(best);
        _compared--;
        return taken;
    }

    /// <summary>All members, or in large clusters those that are the most typical among a sample.</summary>
    private int[] Compared(FeatureMatrix rows, int threads, CancellationToken cancellationToken)
    {
        int count = rows.RowCount;
        if (count / SampledFrom < comparedMembers)
        {
            return [.. Enumerable.Range(0, count)];
        }

        int[] sample = [.. Enumerable.Range(0, comparedMembers).Select(i => (int)((long)i * count / comparedMembers))];
        var selves = new int[count];
        Array.Fill(selves, -1);
        for (int i = 0; i < sample.Length; i++)
        {
            selves[sample[i]] = i;
        }

        FeatureMatrix references = rows.SelectRows(sample);
        var sums = new double[count];
        // In chunks, since neighbours take more memory than rows may.
        for (int start = 0; start < count; start += ChunkRows)
        {
            int size = Math.Min(ChunkRows, count - start);
            var nearest = NearestRows.Find(
                rows.Slice(start, size),
                references,
                Math.Min(SampledNeighbours, comparedMembers - 1),
                DistanceMetric.Euclidean,
                selves[start..(start + size)],
                threads,
                cancellationToken);
            for (int i = 0; i < size; i++)
            {
                sums[start + i] = TensorPrimitives.Sum(nearest.DistancesOf(i));
            }
        }

        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(sums, order);
        int[] compared = order[..comparedMembers];
        // Ascending, so that ties go to the lowest.
        Array.Sort(compared);
        return compared;
    }

    /// <summary>Members whose bounds are the smallest, and which may be more typical than all whose means are known.</summary>
    private int[] Doubtful()
    {
        double least = double.PositiveInfinity;
        var doubtful = new List<int>();
        for (int i = 0; i < _means.Count; i++)
        {
            if (double.IsNaN(_radii[i]))
            {
                doubtful.Add(i);
            }
            else
            {
                least = Math.Min(least, _means[i]);
            }
        }

        return [.. doubtful.Where(i => _means[i] <= least).OrderBy(i => _means[i]).Take(RefreshedAtOnce)];
    }

    private void Find(int[] members, FeatureMatrix rows, int threads, CancellationToken cancellationToken)
    {
        var nearest = NearestRows.Among(rows, members, _neighbours, DistanceMetric.Euclidean, threads, cancellationToken);
        for (int j = 0; j < members.Length; j++)
        {
            _means[members[j]] = _neighbours == 0 ? 0 : TensorPrimitives.Sum(nearest.DistancesOf(j)) / _neighbours;
            _radii[members[j]] = _neighbours == 0 ? 0 : nearest.DistancesOf(j)[^1];
        }
    }

    /// <summary>Marks the means as bounds of those members that have one among their nearest neighbours.</summary>
    private void MarkNeighboursOf(int member, FeatureMatrix rows)
    {
        double[] own = new double[rows.ColumnCount], other = new double[rows.ColumnCount];
        WideRows.Widen(rows.Row(member), own);
        for (int i = 0; i < _means.Count; i++)
        {
            if (!double.IsFinite(_means[i]) || double.IsNaN(_radii[i]))
            {
                continue;
            }

            WideRows.Widen(rows.Row(i), other);
            if (DistanceMetric.Euclidean.Between(own, other) <= _radii[i])
            {
                _radii[i] = double.NaN;
            }
        }
    }
}
