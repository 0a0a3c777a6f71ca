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
/// <para>
/// Beyond <c>exactRows</c> rows two things are approximate. The default clusterer learns its centres from 256 random rows for each, and all rows then go to the
/// nearest centre. And in a cluster of more than 4,096 candidates typicality is computed, from all of them, only for the 1,024 that are the most typical among
/// 1,024 at equal steps: O((clusters + 2,048)·(N + L)·D) for all clusters at once. Rows are not copied then.
/// </para>
/// </remarks>
public sealed class TypiClustStrategy : Strategy
{
    private const int LargestExactClusterCount = 50;
    private const int SampledRowsOfCentre = 256;
    private const int ComparedMembers = 1024;

    private readonly int _neighbours;
    private readonly int _largestClusterCount;
    private readonly int _smallClusterSize;
    private readonly FeatureSpace _space;
    private readonly IClusterer? _clusterer;
    private readonly int _exactRows;

    /// <summary>Creates the strategy.</summary>
    /// <param name="neighbours">k, at least 1. Default: 20.</param>
    /// <param name="largestClusterCount">The most clusters, at least 1. Default: 500.</param>
    /// <param name="smallClusterSize">Clusters of at most so many items wait, at least 0. Default: 5.</param>
    /// <param name="space">What to cluster; the dataset's features by default.</param>
    /// <param name="clusterer">The clusterer; by default k-means for up to 50 clusters and mini-batch k-means with batches of 5000 for more.</param>
    /// <param name="exactRows">
    /// With at most so many candidates and labelled items together, all are clustered and compared; with more, as the remarks say. At least 0. Default:
    /// 1,000,000.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TypiClustStrategy(
        int neighbours = 20,
        int largestClusterCount = 500,
        int smallClusterSize = 5,
        FeatureSpace space = FeatureSpace.Features,
        IClusterer? clusterer = null,
        int exactRows = 1_000_000)
    {
        _neighbours = Guard.Positive(neighbours);
        _largestClusterCount = Guard.Positive(largestClusterCount);
        _smallClusterSize = Guard.NonNegative(smallClusterSize);
        _space = space;
        _clusterer = clusterer;
        _exactRows = Guard.NonNegative(exactRows);
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
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

    /// <summary>Selects positions from clustered rows. Exact, however many there are.</summary>
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
        CancellationToken cancellationToken = default) =>
        Select(candidates, clusters, count, neighbours, smallClusterSize, int.MaxValue, maxDegreeOfParallelism, cancellationToken);

    /// <summary>The same with a limit for what is compared with all members of a cluster.</summary>
    internal static int[] Select(
        FeatureMatrix candidates,
        ReadOnlySpan<int> clusters,
        int count,
        int neighbours,
        int smallClusterSize,
        int comparedMembers,
        int maxDegreeOfParallelism,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        SelectionBounds.Check(count, candidates.RowCount);
        Guard.Positive(neighbours);
        Guard.NonNegative(smallClusterSize);
        if (clusters.Length < candidates.RowCount)
        {
            Guard.SameLength(candidates.RowCount, clusters.Length, "clusters", nameof(clusters));
        }

        TypicalityCluster[] all = [.. Clusters(clusters, candidates.RowCount, comparedMembers).OrderBy(c => c.Labelled).ThenByDescending(c => c.Size)];
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
        FeatureMatrix candidates = context.PoolRows(_space), labelled = SelectionRows.LabelledOrNone(context, _space);
        bool exact = candidates.RowCount + labelled.RowCount <= _exactRows;
        int clusterCount = Math.Min(labelled.RowCount + count, _largestClusterCount), threads = context.MaxDegreeOfParallelism;
        RandomStream random = context.RandomFor(nameof(TypiClustStrategy));
        int[] clusters = exact || _clusterer is not null
            ? ClustererFor(clusterCount, threads).Cluster(SelectionRows.Joined(candidates, labelled), clusterCount, random, context.CancellationToken)
                .Clusters.ToArray()
            : ClustersOfSample(candidates, labelled, clusterCount, random, threads, context.CancellationToken);
        int compared = exact ? int.MaxValue : ComparedMembers;
        return new Batch(Select(candidates, clusters, count, _neighbours, _smallClusterSize, compared, threads, context.CancellationToken));
    }

    private IClusterer ClustererFor(int clusterCount, int threads) => _clusterer ?? (clusterCount <= LargestExactClusterCount
        ? new KMeans(maxDegreeOfParallelism: threads)
        : new MiniBatchKMeans(batchSize: 5000, maxDegreeOfParallelism: threads));

    /// <summary>Of each candidate and then of each labelled item the nearest centre of a clustered sample of them.</summary>
    private int[] ClustersOfSample(
        FeatureMatrix candidates, FeatureMatrix labelled, int clusterCount, RandomStream random, int threads, CancellationToken cancellationToken)
    {
        int columns = candidates.ColumnCount, n = candidates.RowCount, all = n + labelled.RowCount;
        int[] sample = random.Child("sample").Sample(all, (int)Math.Min(all, (long)SampledRowsOfCentre * clusterCount));
        FeatureMatrix rows = SelectionRows.Joined(
            candidates.SelectRows(Array.FindAll(sample, i => i < n)), labelled.SelectRows([.. sample.Where(i => i >= n).Select(i => i - n)]));
        ClusterAssignment learned = ClustererFor(clusterCount, threads).Cluster(rows, clusterCount, random, cancellationToken);
        var search = new NearestPoint([.. learned.Centres!.SelectMany(centre => centre)], learned.ClusterCount, columns);
        var clusters = new int[all];
        Assign(candidates, clusters.AsMemory(0, n));
        Assign(labelled, clusters.AsMemory(n));
        return clusters;

        void Assign(FeatureMatrix from, Memory<int> nearest) => Blocks.ForEach(from.RowCount, threads, cancellationToken, (start, count) => search.Find(
            from.Values.Slice(start * columns, count * columns), nearest.Span.Slice(start, count), new double[count]));
    }

    /// <summary>By their first member, so that ties do not hang on how the clusterer numbers them.</summary>
    private static List<TypicalityCluster> Clusters(ReadOnlySpan<int> clusters, int candidates, int comparedMembers)
    {
        var byNumber = new Dictionary<int, TypicalityCluster>();
        var inOrder = new List<TypicalityCluster>();
        for (int i = 0; i < clusters.Length; i++)
        {
            if (!byNumber.TryGetValue(clusters[i], out TypicalityCluster? cluster))
            {
                byNumber.Add(clusters[i], cluster = new TypicalityCluster(comparedMembers));
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
