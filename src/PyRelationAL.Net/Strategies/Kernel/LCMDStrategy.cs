using PyRelationAL.Models;

namespace PyRelationAL.Strategies;

/// <summary>
/// LCMD, largest cluster, maximum distance: every candidate belongs to the nearest of the labelled and taken rows; of the cluster with the largest sum of
/// squared distances, the candidate farthest from its centre is taken and becomes a centre itself.
/// </summary>
/// <remarks>
/// <para>
/// Holzmüller, Zaverkin, Kästner and Steinwart, "A framework and benchmark for deep batch active learning for regression", JMLR 2023, who recommend it. Where
/// <see cref="MaxDistStrategy"/> goes for outliers, this goes where many candidates are far from any label. Without labelled items the longest row goes first,
/// that of the largest prior variance k(x, x) = ‖φ‖². No prediction is used.
/// </para>
/// <para>
/// Ties, and candidates that are all duplicates of selected ones, go by the lowest index. Scores are the distances at the time of selection, which need not
/// fall; that of a first pick without labelled items is its norm. O((L + b)·N·D) time, in parallel over candidates; O(N) memory beside the rows.
/// </para>
/// </remarks>
public sealed class LCMDStrategy : Strategy
{
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="space">What φ is: the dataset's features by default; embeddings are a network's last-layer features, one of the paper's kernels.</param>
    public LCMDStrategy(FeatureSpace space = FeatureSpace.Features)
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
    /// <param name="distances">Gets the distance of each selected one at the time of its selection; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, or there is room for some distances but not for all.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        Span<double> distances = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count, distances);
        if (count == 0)
        {
            return [];
        }

        var clusters = new NearestClusters(candidates, labelled, maxDegreeOfParallelism, cancellationToken);
        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            int next = clusters.FarthestOfLargestCluster();
            selected[k] = clusters.Take(next, out double distance);
            if (!distances.IsEmpty)
            {
                distances[k] = distance;
            }
        }

        return selected;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        var distances = new double[count];
        int[] selected = Select(
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            count,
            distances,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        return new Batch(selected, distances);
    }
}
