using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PyRelationAL.Distances;

namespace PyRelationAL.Strategies;

/// <summary>
/// A cluster of <see cref="TypiClustStrategy"/>: its candidates that are left, and how typical they are. Taking one changes that only for those that had it
/// among their nearest neighbours; the others are not looked at again.
/// </summary>
internal sealed class TypicalityCluster
{
    private readonly List<int> _members = [];

    // By member: the mean distance to the nearest neighbours, NaN where it has to be found anew, and the distance to the farthest of these.
    private readonly List<double> _means = [];
    private readonly List<double> _radii = [];
    private int _neighbours = -1;

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
        _means.Add(double.NaN);
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
        if (k != _neighbours)
        {
            means.Fill(double.NaN);
            _neighbours = k;
        }

        int[] open = [.. Enumerable.Range(0, means.Length).Where(i => double.IsNaN(_means[i]))];
        var nearest = NearestRows.Among(rows, open, k, DistanceMetric.Euclidean, threads, cancellationToken);
        for (int j = 0; j < open.Length; j++)
        {
            means[open[j]] = k == 0 ? 0 : TensorPrimitives.Sum(nearest.DistancesOf(j)) / k;
            radii[open[j]] = k == 0 ? 0 : nearest.DistancesOf(j)[^1];
        }

        int best = TensorPrimitives.IndexOfMin<double>(means);
        var buffer = new RowBuffer(rows);
        var distances = new double[rows.RowCount];
        DistanceMetric.Euclidean.ToRows(buffer[best], buffer.Rows(0, rows.RowCount), distances);
        for (int i = 0; i < distances.Length; i++)
        {
            means[i] = distances[i] <= radii[i] ? double.NaN : means[i];
        }

        int taken = _members[best];
        _members.RemoveAt(best);
        _means.RemoveAt(best);
        _radii.RemoveAt(best);
        return taken;
    }
}
