using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Applies another strategy to the candidates that are among the k nearest of any labelled item, so that a batch is looked for around what is known: for rare
/// classes of a large pool, of which some items are labelled.
/// </summary>
/// <remarks>
/// <para>
/// SEALS: Coleman, Chou, Katz-Samuels, Culatana, Bailis, Berg, Nowak, Sumbaly, Zaharia and Yalniz, "Similarity search for efficient active learning and search
/// of rare concepts", AAAI 2022. The authors look the neighbours of an item up once, in an approximate index, when it is labelled; here they are looked up
/// exactly in every round, so that candidates farther away follow for those that have been labelled. <see cref="AnchorALStrategy"/> takes a part of fixed size
/// with as many neighbours for each class.
/// </para>
/// <para>
/// The whole pool where nothing is labelled; k is doubled until there is a batch. Cosines are taken from the origin: centre features whose values are all
/// positive, or choose another distance. O(N·L·D) time beside the other strategy, in parallel over candidates; O(L·k) memory.
/// </para>
/// </remarks>
public sealed class SEALSStrategy : Strategy, ITrainingParticipant, IPseudoLabeller
{
    private readonly IStrategy _inner;
    private readonly int _neighbours;
    private readonly DistanceMetric _metric;
    private readonly FeatureSpace _space;

    /// <summary>Wraps a strategy.</summary>
    /// <param name="inner">What to apply to the part.</param>
    /// <param name="neighbours">k, at least 1. Default: 100.</param>
    /// <param name="metric">The distance; cosine by default.</param>
    /// <param name="space">Where to measure it: the dataset's features by default, or embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public SEALSStrategy(IStrategy inner, int neighbours = 100, DistanceMetric? metric = null, FeatureSpace space = FeatureSpace.Features)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _neighbours = Guard.Positive(neighbours);
        _metric = metric ?? DistanceMetric.Cosine;
        _space = space;
        Requirements = inner.Requirements.And(new Requirements(TaskKinds.Any, space.Needs()));
    }

    /// <inheritdoc/>
    public override string Name => Guard.Text($"{_inner.Name} near labels");

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>The candidates near some labelled items. O(N·L·D), in parallel over candidates.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D].</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="metric">The distance; cosine by default.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Distinct positions, ascending.</returns>
    /// <exception cref="ArgumentException">The widths differ, or k is below 1.</exception>
    public static int[] SubPool(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int neighbours = 100,
        DistanceMetric? metric = null,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default) =>
        Near(candidates, labelled, 0, Guard.Positive(neighbours), metric ?? DistanceMetric.Cosine, maxDegreeOfParallelism, cancellationToken);

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, _inner);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) => StrategyParts.LabelsOf(context, _inner);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Labelled.Count == 0 || Math.Max(_neighbours, count) >= context.Pool.Count)
        {
            return BatchOf(_inner.Suggest(context, count), context.Pool);
        }

        int[] near = Near(
            context.PoolRows(_space), context.LabelledRows(_space), count, _neighbours, _metric, context.MaxDegreeOfParallelism, context.CancellationToken);
        return BatchOf(_inner.Suggest(context.Restrict(near), count), context.Pool);
    }

    private static int[] Near(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int atLeast,
        int neighbours,
        DistanceMetric metric,
        int threads,
        CancellationToken cancellationToken)
    {
        SelectionRows.Check(candidates, labelled, 0);
        return [.. Neighbourhood.Union(labelled, candidates, neighbours, atLeast, metric, threads, cancellationToken).Select(near => near.Candidate)];
    }
}
