using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// TypiClust: clusters pool and labelled items together, and takes from the largest clusters without labels the most typical member each: the one with the
/// smallest
/// mean distance to its nearest neighbours. Made for few labels.
/// </summary>
/// <remarks>
/// <para>
/// Hacohen, Dekel and Weinshall, "Active learning on a budget: opposite strategies suit high and low budgets", ICML 2022. Typicality(x) = 1 / ((1/k) Σⱼ d(x,
/// nnⱼ(x)))
/// with the Euclidean distance, as in the paper (the authors' code squares it). min(L + b, largest number) clusters, by labels ascending and size
/// descending, are gone through in turn; neighbours are those members that are neither labelled nor taken, k = min(20, half of them). Clusters of at most
/// five items
/// wait until no other has a candidate left.
/// </para>
/// <para>
/// Random through the clustering only; equally typical members go by the lowest index. The paper clusters self-supervised embeddings: raw features of
/// images will not do. O(clustering + Σ m²·D) over the clusters visited, of m members each, in parallel: distances in float32 first, and in double those of
/// rows that may be among the nearest. O(N + L) memory beside the rows, which are copied where items are labelled.
/// </para>
/// </remarks>
public sealed class TypiClustStrategy : Strategy
{
    private const int LargestExactClusterCount = 50;

    private readonly int _neighbours;
    private readonly int _largestClusterCount;
    private readonly int _smallClusterSize;
    private readonly FeatureSpace _space;
    private readonly IClusterer? _clusterer;

    /// <summary>Creates the strategy.</summary>
    /// <param name="neighbours">k, at least 1. Default: 20.</param>
    /// <param name="largestClusterCount">The most clusters, at least 1. Default: 500.</param>
    /// <param name="smallClusterSize">Clusters of at most so many items wait, at least 0. Default: 5.</param>
    /// <param name="space">What to cluster; the dataset's features by default.</param>
    /// <param name="clusterer">The clusterer; by default k-means for up to 50 clusters and mini-batch k-means with batches of 5000 for more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TypiClustStrategy(
        int neighbours = 20,
        int largestClusterCount = 500,
        int smallClusterSize = 5,
        FeatureSpace space = FeatureSpace.Features,
        IClusterer? clusterer = null)
    {
        _neighbours = Guard.Positive(neighbours);
        _largestClusterCount = Guard.Positive(largestClusterCount);
        _smallClusterSize = Guard.NonNegative(smallClusterSize);
        _space = space;
        _clusterer = clusterer;
        Requirements = new Requirements(TaskKinds.Any, space == FeatureSpace.Embeddings ? Capabilities.Embeddings : Capabilities.None);
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>The typicality of each row among all of them: 1 / (mean distance to the k nearest others).</summary>
    /// <param name="rows">Rows [N×D].</param>
    /// <param name="neighbours">k, at least 1; N − 1 where there are not so many others.</param>
    /// <param name="scores">N values above 0 to write; +∞ where all neighbours are duplicates, and for a single row.</param>
    /// <exception cref="ArgumentException">The counts do not fit.</exception>
    public static void Compute(FeatureMatrix rows, int neighbours, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard.SameLength(rows.RowCount, scores.Length, "scores", nameof(scores));
        double[] means = MeanDistances(rows, Guard.Positive(neighbours), -1, CancellationToken.None);
        for (int i = 0; i < means.Length; i++)
        {
            scores[i] = 1 / means[i];
        }
    }

    /// <summary>Selects positions from clustered rows.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="clusters">The cluster of each candidate and then of each labelled item, N + L values.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="smallClusterSize">Clusters of at most so many items wait.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">There are fewer clusters than candidates, or a number is out of range.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        ReadOnlySpan<int> clusters,
        int count,
        int neighbours = 20,
        int smallClusterSize = 5,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        SelectionBounds.Check(count, candidates.RowCount);
        Guard.Positive(neighbours);
        Guard.NonNegative(smallClusterSize);
        if (clusters.Length < candidates.RowCount)
        {
            Guard.SameLength(candidates.RowCount, clusters.Length, "clusters", nameof(clusters));
        }

        TypicalityCluster[] all = [.. Clusters(clusters, candidates.RowCount).OrderBy(c => c.Labelled).ThenByDescending(c => c.Size)];
        Queue<TypicalityCluster> queue = new(all.Where(c => c.Size > smallClusterSize)), waiting = new(all.Where(c => c.Size <= smallClusterSize));
        var selected = new int[count];
        int taken = 0;
        while (taken < count)
        {
            if (queue.Count == 0)
            {
                queue = waiting;
            }

            TypicalityCluster cluster = queue.Dequeue();
            if (!cluster.IsEmpty)
            {
                selected[taken++] = cluster.TakeMostTypical(candidates, neighbours, maxDegreeOfParallelism, cancellationToken);
                queue.Enqueue(cluster);
            }
        }

        return selected;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        FeatureMatrix candidates = context.PoolRows(_space);
        FeatureMatrix all = SelectionRows.Joined(candidates, SelectionRows.LabelledOrNone(context, _space));
        int clusterCount = Math.Min(context.Labelled.Count + count, _largestClusterCount);
        int threads = context.MaxDegreeOfParallelism;
        IClusterer clusterer = _clusterer ?? (clusterCount <= LargestExactClusterCount
            ? new KMeans(maxDegreeOfParallelism: threads)
            : new MiniBatchKMeans(batchSize: 5000, maxDegreeOfParallelism: threads));
        ClusterAssignment clusters = clusterer.Cluster(all, clusterCount, context.RandomFor(nameof(TypiClustStrategy)), context.CancellationToken);
        return new Batch(Select(
            candidates, clusters.Clusters, count, _neighbours, _smallClusterSize, context.MaxDegreeOfParallelism, context.CancellationToken));
    }

    /// <summary>By their first member, so that ties do not hang on how the clusterer numbers them.</summary>
    private static List<TypicalityCluster> Clusters(ReadOnlySpan<int> clusters, int candidates)
    {
        var byNumber = new Dictionary<int, TypicalityCluster>();
        var inOrder = new List<TypicalityCluster>();
        for (int i = 0; i < clusters.Length; i++)
        {
            if (!byNumber.TryGetValue(clusters[i], out TypicalityCluster? cluster))
            {
                byNumber.Add(clusters[i], cluster = new TypicalityCluster());
                inOrder.Add(cluster);
            }

            if (i < candidates)
            {
                cluster.Add(i);
            }
            else
            {
                cluster.AddLabelled();
            }
        }

        return inOrder;
    }

    private static double[] MeanDistances(FeatureMatrix rows, int neighbours, int threads, CancellationToken cancellationToken)
    {
        var nearest = NearestRows.Among(rows, neighbours, DistanceMetric.Euclidean, threads, cancellationToken);
        var means = new double[rows.RowCount];
        for (int i = 0; i < means.Length && nearest.Count > 0; i++)
        {
            means[i] = System.Numerics.Tensors.TensorPrimitives.Sum(nearest.DistancesOf(i)) / nearest.Count;
        }

        return means;
    }
}
