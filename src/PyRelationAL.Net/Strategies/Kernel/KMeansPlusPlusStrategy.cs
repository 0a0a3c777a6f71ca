using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// k-means++ in a kernel's feature space: one after the other, a candidate drawn with probability in proportion to the squared distance of its row φ to the
/// nearest labelled or taken one.
/// </summary>
/// <remarks>
/// <para>
/// Arthur and Vassilvitskii, SODA 2007; with labelled items as centres Holzmüller, Zaverkin, Kästner and Steinwart, "A framework and benchmark for deep batch
/// active learning for regression", JMLR 2023. Without labelled items the first is drawn in proportion to the prior variance k(x, x) = ‖φ‖². No prediction is
/// used; <see cref="BADGEStrategy"/> does the same among gradients, without the labelled items.
/// </para>
/// <para>
/// Where all candidates left are duplicates of labelled or taken ones, they are taken at random. O((L + b)·N·D) time, in parallel over candidates; O(N) memory
/// beside the rows.
/// </para>
/// </remarks>
public sealed class KMeansPlusPlusStrategy : Strategy
{
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="space">What φ is: the dataset's features by default; embeddings are a network's last-layer features, one of the paper's kernels.</param>
    public KMeansPlusPlusStrategy(FeatureSpace space = FeatureSpace.Features)
    {
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">φ of the candidates [N×D].</param>
    /// <param name="labelled">φ of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="random">Draws.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        RandomStream random,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count, default);
        ArgumentNullException.ThrowIfNull(random);
        if (count == 0)
        {
            return [];
        }

        var clusters = new NearestClusters(candidates, labelled, maxDegreeOfParallelism, cancellationToken);
        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            int next = clusters.Nearest.Draw(random);
            selected[k] = clusters.Take(next < 0 ? clusters.Nearest.AnyLeft(random) : next, out _);
        }

        return selected;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new Batch(Select(
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            count,
            context.RandomFor(nameof(KMeansPlusPlusStrategy)),
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }
}
