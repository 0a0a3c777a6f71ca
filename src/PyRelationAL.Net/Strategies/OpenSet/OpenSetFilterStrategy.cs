using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Applies another strategy to the purest part of an open-set pool: the share ρ of the candidates with the largest purity, maxₗ cos(x, l) over labelled l less
/// maxₒ cos(x, o) over the items that are known to be of none of the task's classes.
/// </summary>
/// <remarks>
/// <para>
/// A baseline that is not from a paper: it needs no network of its own and works with any strategy. Grown to the batch where the part would be smaller.
/// Before anything is known to be out of distribution, purity is the cosine with the nearest labelled item; before anything is known at all, the whole pool
/// is kept.
/// </para>
/// <para>Cosines are taken from the origin: centre features whose values are all positive. O(N·(L + O)·D) time; O(N) memory.</para>
/// </remarks>
public sealed class OpenSetFilterStrategy : Strategy, ITrainingParticipant, IPseudoLabeller
{
    private readonly IStrategy _inner;
    private readonly double _share;
    private readonly FeatureSpace _space;

    /// <summary>Wraps a strategy.</summary>
    /// <param name="inner">What to apply to the part.</param>
    /// <param name="share">ρ, in (0, 1]; 1 keeps the whole pool. Default: 0.5.</param>
    /// <param name="space">Where to take cosines: the dataset's features by default, or embeddings.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public OpenSetFilterStrategy(IStrategy inner, double share = 0.5, FeatureSpace space = FeatureSpace.Features)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _share = Guard.Share(Guard.Positive(share));
        _space = space;
        Requirements = inner.Requirements.And(new Requirements(TaskKinds.Any, space.Needs()));
    }

    /// <inheritdoc/>
    public override string Name => Guard.Text($"{_inner.Name} of the purest {_share:0.##}");

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>The purity of each candidate. O(N·(L + O)·D), in parallel over candidates.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; their term is 0 where L is 0.</param>
    /// <param name="outOfDistribution">Rows of the items that are known to be out of distribution [O×D]; their term is 0 where O is 0.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>N numbers in [−2, 2].</returns>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    public static double[] Purity(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        FeatureMatrix outOfDistribution,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, 0);
        SelectionRows.Check(candidates, outOfDistribution, 0);
        double[] purity = labelled.RowCount == 0
            ? new double[candidates.RowCount]
            : new Cosines(labelled).Largest(candidates, maxDegreeOfParallelism, cancellationToken);
        if (outOfDistribution.RowCount > 0)
        {
            TensorPrimitives.Subtract(purity, new Cosines(outOfDistribution).Largest(candidates, maxDegreeOfParallelism, cancellationToken), purity);
        }

        return purity;
    }

    /// <inheritdoc/>
    public ITrainingHook? CreateTrainingHook(LearningTask task) => StrategyParts.HookOf(task, _inner);

    /// <inheritdoc/>
    public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) => StrategyParts.LabelsOf(context, _inner);

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        int size = Math.Clamp((int)Math.Ceiling(_share * context.Pool.Count), count, context.Pool.Count);
        int[] kept = context.Labelled.Count + context.OutOfDistribution.Count == 0 || size == context.Pool.Count
            ? [.. Enumerable.Range(0, context.Pool.Count)]
            : TopPositions.Of(
                Purity(
                    context.PoolRows(_space),
                    SelectionRows.LabelledOrNone(context, _space),
                    SelectionRows.OutOfDistributionOrNone(context, _space),
                    context.MaxDegreeOfParallelism,
                    context.CancellationToken),
                size);
        Array.Sort(kept);
        return BatchOf(_inner.Suggest(context.Restrict(kept), count), context.Pool);
    }
}
