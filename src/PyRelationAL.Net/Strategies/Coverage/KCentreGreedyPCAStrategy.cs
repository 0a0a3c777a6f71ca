using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// k-centre greedy on principal components: as <see cref="KCentreGreedyStrategy"/>, with distances among the coordinates along the directions in which
/// candidates and labelled items together vary most. For rows of many columns: it costs O(k) instead of O(D) for each distance, and small variances, often
/// noise, do not count.
/// </summary>
/// <remarks>
/// <para>
/// Zhan et al., "A comparative survey of deep active learning", arXiv 2203.13450, 2022 (KCenterGreedyPCA); greedy core-set by Sener and Savarese, ICLR 2018.
/// Rows that have no more than k columns are left as they are: a rotation changes no distance.
/// </para>
/// <para>
/// Ties and the first pick without labels are as there, and scores are distances among the coordinates. Components of up to 256 columns are exact; of more
/// they are found by a randomised subspace iteration from a fixed start. O((N + L)·D·min(D, k)) for them, in parallel; then O((L + b)·N·k) time and O((N +
/// L)·k) memory.
/// </para>
/// </remarks>
public sealed class KCentreGreedyPCAStrategy : Strategy
{
    private readonly int _components;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="components">k, at least 1. Default: 50, as in the source.</param>
    /// <param name="space">Whose components; the dataset's features by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public KCentreGreedyPCAStrategy(int components = 50, FeatureSpace space = FeatureSpace.Features)
    {
        _components = Guard.Positive(components);
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        FeatureMatrix pool = context.PoolRows(_space), labelled = SelectionRows.LabelledOrNone(context, _space);
        int threads = context.MaxDegreeOfParallelism;
        CancellationToken cancellationToken = context.CancellationToken;
        if (pool.ColumnCount > _components)
        {
            SelectionRows.Check(pool, labelled, count);
            var components = PrincipalComponents.Of(SelectionRows.Joined(pool, labelled), _components, threads, cancellationToken);
            pool = components.Project(pool, threads, cancellationToken);
            labelled = components.Project(labelled, threads, cancellationToken);
        }

        var distances = new double[count];
        return new Batch(KCentreGreedyStrategy.Select(pool, labelled, count, distances, threads, cancellationToken), distances);
    }
}
