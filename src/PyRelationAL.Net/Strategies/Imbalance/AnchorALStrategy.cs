using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Applies another strategy to candidates that lie near labelled items of each class: from every class A labelled items are drawn as anchors, the K nearest
/// candidates of each anchor are looked up, and of these the M with the smallest mean distance to the anchors that found them are kept. As many anchors for a
/// rare class as for a common one, and others in every round.
/// </summary>
/// <remarks>
/// <para>
/// AnchorAL: Lesci and Vlachos, "AnchorAL: computationally efficient active learning for large and imbalanced datasets", NAACL 2024. Anchors are drawn by
/// k-means++ among the labelled rows of a class, all of them where there are no more than A. The neighbours are exact; the authors look them up in an
/// approximate index. A candidate that one anchor alone finds is judged by that one. <see cref="SEALSStrategy"/> takes the neighbours of every label.
/// </para>
/// <para>
/// K is doubled until the anchors find a batch. A pool of no more than M is taken whole; where nothing is labelled, a random part of M candidates is taken.
/// Cosines are taken from the origin: centre features whose values are all positive, or choose another distance. O(N·A·C·D) time beside the other strategy, in
/// parallel over candidates; O(A·C·K) memory.
/// </para>
/// </remarks>
public sealed class AnchorALStrategy : Strategy, ITrainingParticipant, IPseudoLabeller
{
    private readonly IStrategy _inner;
    private readonly int _size;
    private readonly int _anchors;
    private readonly int _neighbours;
    private readonly DistanceMetric _metric;
    private readonly FeatureSpace _space;

    /// <summary>Wraps a strategy.</summary>
    /// <param name="inner">What to apply to the part.</param>
    /// <param name="size">M, the most candidates, at least 1; grown to the batch where it is larger. Default: 1000.</param>
    /// <param name="anchors">A, the most anchors of a class, at least 1. Default: 10.</param>
    /// <param name="neighbours">K, how many candidates an anchor finds, at least 1. Default: 50.</param>
    /// <param name="metric">The distance; cosine by default.</param>
    /// <param name="space">Where to measure it: the dataset's features by default, or embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public AnchorALStrategy(
        IStrategy inner, int size = 1000, int anchors = 10, int neighbours = 50, DistanceMetric? metric = null, FeatureSpace space = FeatureSpace.Features)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _size = Guard.Positive(size);
        _anchors = Guard.Positive(anchors);
        _neighbours = Guard.Positive(neighbours);
        _metric = metric ?? DistanceMetric.Cosine;
        _space = space;
        Requirements = inner.Requirements.And(new Requirements(TaskKinds.Classification, space.Needs()));
    }

    /// <inheritdoc/>
    public override string Name => Guard.Text($"{_inner.Name} of {_size} near anchors");

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>The candidates near some anchors. O(N·A·D), in parallel over candidates.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="anchors">Rows of the anchors [A×D].</param>
    /// <param name="size">M, the most candidates, at least 1.</param>
    /// <param name="neighbours">K, how many candidates an anchor finds, at least 1.</param>
    /// <param name="metric">The distance; cosine by default.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>At most M distinct positions, the smallest mean distance first, ties by the lowest position.</returns>
    /// <exception cref="ArgumentException">The widths differ, or a number is below 1.</exception>
    public static int[] SubPool(
        FeatureMatrix candidates,
        FeatureMatrix anchors,
        int size,
        int neighbours = 50,
        DistanceMetric? metric = null,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        Guard.Positive(size);
        Guard.Positive(neighbours);
        return Nearest(candidates, anchors, size, 0, neighbours, metric ?? DistanceMetric.Cosine, maxDegreeOfParallelism, cancellationToken);
    }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, _inner);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) => StrategyParts.LabelsOf(context, _inner);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        int size = Math.Max(_size, count);
        if (size >= context.Pool.Count)
        {
            return BatchOf(_inner.Suggest(context, count), context.Pool);
        }

        RandomStream random = context.RandomFor(nameof(AnchorALStrategy));
        int[] kept = context.Labelled.Count == 0
            ? random.Sample(context.Pool.Count, size)
            : Nearest(
                context.PoolRows(_space),
                Anchors(context, random),
                size,
                count,
                _neighbours,
                _metric,
                context.MaxDegreeOfParallelism,
                context.CancellationToken);
        Array.Sort(kept);
        return BatchOf(_inner.Suggest(context.Restrict(kept), count), context.Pool);
    }

    private static int[] Nearest(
        FeatureMatrix candidates,
        FeatureMatrix anchors,
        int size,
        int atLeast,
        int neighbours,
        DistanceMetric metric,
        int threads,
        CancellationToken cancellationToken)
    {
        SelectionRows.Check(candidates, anchors, 0);
        return
        [
            .. Neighbourhood.Union(anchors, candidates, neighbours, atLeast, metric, threads, cancellationToken)
                .OrderBy(near => near.MeanDistance)
                .Take(size)
                .Select(near => near.Candidate),
        ];
    }

    private FeatureMatrix Anchors(QueryContext context, RandomStream random)
    {
        FeatureMatrix rows = context.LabelledRows(_space);
        int[] classes = context.Labelled.ClassLabels();
        var anchors = new List<int>();
        for (int c = 0; c < context.Task.ClassCount; c++)
        {
            int[] members = [.. Enumerable.Range(0, classes.Length).Where(l => classes[l] == c)];
            anchors.AddRange(members.Length <= _anchors
                ? members
                : KMeansPlusPlus
                    .Choose(rows.SelectRows(members), _anchors, random.Child(c), context.MaxDegreeOfParallelism, context.CancellationToken)
                    .Select(m => members[m]));
        }

        return rows.SelectRows([.. anchors]);
    }
}
