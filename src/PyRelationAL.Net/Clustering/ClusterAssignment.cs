using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>Which cluster each row belongs to, with the clusters' centres or exemplars where the clusterer has them. Immutable.</summary>
public sealed class ClusterAssignment
{
    private readonly int[] _clusters;
    private readonly double[][]? _centres;
    private readonly int[]? _exemplars;

    /// <summary>Creates an assignment.</summary>
    /// <param name="clusters">The cluster of each row, in [0, clusterCount).</param>
    /// <param name="clusterCount">The number of clusters, at least 0.</param>
    /// <param name="centres">The centre of each cluster, or null.</param>
    /// <param name="exemplars">The row that stands for each cluster, or null.</param>
    /// <exception cref="ArgumentException">A cluster is out of range, or the counts do not fit.</exception>
    public ClusterAssignment(int[] clusters, int clusterCount, double[][]? centres = null, int[]? exemplars = null)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ClusterCount = Guard.NonNegative(clusterCount);
        int bad = Array.FindIndex(clusters, c => (uint)c >= (uint)clusterCount);
        if (bad >= 0)
        {
            throw new ArgumentException(
                Guard.Text($"Row {bad} is in cluster {clusters[bad]}; clusters are numbered from 0 to {clusterCount - 1}."), nameof(clusters));
        }

        Guard.SameLength(clusterCount, centres?.Length ?? clusterCount, "centres", nameof(centres));
        Guard.SameLength(clusterCount, exemplars?.Length ?? clusterCount, "exemplars", nameof(exemplars));
        _clusters = clusters;
        _centres = centres;
        _exemplars = exemplars;
    }

    /// <summary>The number of clusters.</summary>
    public int ClusterCount { get; }

    /// <summary>The cluster of each row.</summary>
    public ReadOnlySpan<int> Clusters => _clusters;

    /// <summary>The centre of each cluster, or null.</summary>
    internal IReadOnlyList<double[]>? Centres => _centres;

    /// <summary>
    /// One row for each cluster that is not empty, the largest cluster first (ties: lowest cluster): its exemplar, else the member nearest to its centre (ties:
    /// lowest row), else a random member.
    /// </summary>
    /// <param name="rows">The rows that were clustered.</param>
    /// <param name="random">Decides where there are neither exemplars nor centres.</param>
    /// <returns>Distinct row numbers.</returns>
    public IEnumerable<int> Representatives(FeatureMatrix rows, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(random);
        Guard.SameLength(_clusters.Length, rows.RowCount, "rows", nameof(rows));
        return Enumerable.Range(0, _clusters.Length)
            .GroupBy(row => _clusters[row])
            .OrderByDescending(members => members.Count())
            .ThenBy(members => members.Key)
            .Select(members => Representative(members.Key, [.. members], rows, random));
    }

    private int Representative(int cluster, int[] members, FeatureMatrix rows, RandomStream random)
    {
        if (_exemplars is not null)
        {
            return _exemplars[cluster];
        }

        return _centres is null
            ? members[random.Child(cluster).NextInt32(members.Length)]
            : members.MinBy(row => SquaredDistance(_centres[cluster], rows.Row(row)));
    }

    private static double SquaredDistance(double[] centre, ReadOnlySpan<float> row)
    {
        double distance = 0;
        WideRows.SquaredDistances(centre, row, new Span<double>(ref distance));
        return distance;
    }
}
