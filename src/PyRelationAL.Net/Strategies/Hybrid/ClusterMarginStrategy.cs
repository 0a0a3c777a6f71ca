using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Cluster-Margin: of the candidates with the smallest margins, several times the batch, one at random from each cluster in turn, smallest cluster first.
/// Uncertain
/// batches, spread over the pool's clusters.
/// </summary>
/// <remarks>
/// <para>
/// Citovsky et al., "Batch active learning at scale", NeurIPS 2021: agglomerative clusters with average linkage, of the whole pool; sizes and turns count
/// the candidates
/// with small margins only, and of equally large ones that with the smallest margin goes first. Here the number of clusters is given in place of a distance
/// at which to stop, and they are made anew in each round.
/// </para>
/// <para>
/// Where the pool is larger than the largest number of rows to cluster, a random sample of that size is clustered, and a candidate belongs to the cluster of
/// the
/// nearest sampled one. O(n²·D + f·b·n·D) time for n clustered rows, O(n²) memory.
/// </para>
/// </remarks>
public sealed class ClusterMarginStrategy : Strategy
{
    private readonly double _candidateFactor;
    private readonly int? _clusterCount;
    private readonly int _largestClusteredCount;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="candidateFactor">f, at least 1: the batch is chosen among the ⌈f·b⌉ smallest margins. Default: 10.</param>
    /// <param name="clusterCount">The number of clusters, at least 1; where null, the larger of 10 b and the number of classes, but no more than half of the
    /// clustered rows.</param>
    /// <param name="largestClusteredCount">The most rows to cluster, in [1, 20000]. Default: 5000, for 100 MB of distances.</param>
    /// <param name="space">What to cluster (Euclidean); the dataset's features by default, the paper uses embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ClusterMarginStrategy(
        double candidateFactor = 10, int? clusterCount = null, int largestClusteredCount = 5000, FeatureSpace space = FeatureSpace.Features)
    {
        if (!(candidateFactor >= 1) || !double.IsFinite(candidateFactor))
        {
            throw new ArgumentOutOfRangeException(
                nameof(candidateFactor), candidateFactor, Guard.Text($"candidateFactor is {candidateFactor}; it must be finite and at least 1."));
        }

        if (largestClusteredCount is < 1 or > Agglomerative.LargestRowCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(largestClusteredCount),
                largestClusteredCount,
                Guard.Text($"largestClusteredCount is {largestClusteredCount}; it must lie in [1, {Agglomerative.LargestRowCount}]."));
        }

        _candidateFactor = candidateFactor;
        _clusterCount = clusterCount is { } k ? Guard.Positive(k, nameof(clusterCount)) : null;
        _largestClusteredCount = largestClusteredCount;
        _space = space;
        Requirements = new Requirements(TaskKinds.Classification, Capabilities.ClassProbabilities | space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions in turn from the clusters of the candidates with the smallest margins.</summary>
    /// <param name="candidates">Distinct positions, smallest margin first.</param>
    /// <param name="clusters">The cluster of each of them.</param>
    /// <param name="count">In [0, number of candidates].</param>
    /// <param name="random">Decides within clusters.</param>
    /// <returns><paramref name="count"/> of the positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The counts do not fit.</exception>
    public static int[] Select(ReadOnlySpan<int> candidates, ReadOnlySpan<int> clusters, int count, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        SelectionBounds.Check(count, candidates.Length);
        Guard.SameLength(candidates.Length, clusters.Length, "clusters", nameof(clusters));
        int[] positions = candidates.ToArray(), clusterOf = clusters.ToArray();
        // The sort is stable: of equally large groups, the one that comes first among the candidates goes first.
        int[][] groups =
        [
            .. Enumerable.Range(0, positions.Length)
                .GroupBy(i => clusterOf[i], i => positions[i])
                .OrderBy(g => g.Count())
                .Select(g => g.ToArray()),
        ];
        foreach (int[] group in groups)
        {
            random.Shuffle(group.AsSpan());
        }

        return [.. Enumerable.Range(0, positions.Length).SelectMany(turn => groups.Where(g => g.Length > turn).Select(g => g[turn])).Take(count)];
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        RandomStream random = context.RandomFor(nameof(ClusterMarginStrategy));
        double[] scores = context.Score(Informativeness.MarginConfidence);
        int[] candidates = TopPositions.Of(scores, (int)Math.Min(scores.Length, Math.Ceiling(_candidateFactor * count)));
        int[] clusters = ClustersOf(candidates, context, count, random);
        return new Batch(Select(candidates, clusters, count, random.Child("members")));
    }

    private int[] ClustersOf(int[] candidates, QueryContext context, int count, RandomStream random)
    {
        FeatureMatrix rows = context.PoolRows(_space);
        // With a cluster for each row the turns would mean nothing.
        int half = Math.Max(1, Math.Min(rows.RowCount, _largestClusteredCount) / 2);
        int clusterCount = _clusterCount ?? (int)Math.Min(half, Math.Max(10L * count, context.Task.ClassCount));
        if (rows.RowCount <= _largestClusteredCount)
        {
            ClusterAssignment whole = new Agglomerative().Cluster(rows, clusterCount, random.Child("clusters"), context.CancellationToken);
            return [.. candidates.Select(i => whole.Clusters[i])];
        }

        FeatureMatrix sample = rows.SelectRows(random.Child("sample").Sample(rows.RowCount, _largestClusteredCount));
        ClusterAssignment clusters = new Agglomerative().Cluster(sample, clusterCount, random.Child("clusters"), context.CancellationToken);
        var nearest = NearestRows.Find(
            rows.SelectRows(candidates), sample, 1, DistanceMetric.Euclidean, context.MaxDegreeOfParallelism, context.CancellationToken);
        return [.. Enumerable.Range(0, candidates.Length).Select(i => clusters.Clusters[nearest.Of(i)[0]])];
    }
}
