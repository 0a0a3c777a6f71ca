using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// k-centre greedy, also known as core-set: one after the other, the candidate farthest from everything labelled and everything taken. The largest distance of
/// a candidate to the nearest selected one is at most twice the smallest possible.
/// </summary>
/// <remarks>
/// <para>
/// Sener and Savarese, "Active learning for convolutional neural networks: a core-set approach", ICLR 2018; the greedy 2-approximation is Gonzalez, Theoretical
/// Computer Science 1985. Unlike <see cref="RelativeDistanceStrategy"/>, distances are updated within the batch.
/// </para>
/// <para>
/// Where nothing is labelled, the candidate nearest to the pool's mean goes first. Ties, and candidates that are all duplicates of selected ones, go
/// by the lowest index. Scores are the distances at the time of selection. O((L + b)·N·D) time, in parallel over candidates; O(N) memory beside the rows.
/// </para>
/// </remarks>
public sealed class KCentreGreedyStrategy : Strategy
{
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="space">Where to measure distances (Euclidean); the dataset's features by default.</param>
    public KCentreGreedyStrategy(FeatureSpace space = FeatureSpace.Features)
    {
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; L may be 0, D then too.</param>
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
        SelectionRows.Check(candidates, labelled, count);
        if (!distances.IsEmpty)
        {
            Guard.SameLength(count, distances.Length, "distances", nameof(distances));
        }

        if (count == 0)
        {
            return [];
        }

        var nearest = new NearestSelected(new RowPoints(candidates, labelled), candidates.RowCount, maxDegreeOfParallelism, cancellationToken);
        for (int l = 0; l < labelled.RowCount; l++)
        {
            nearest.Select(candidates.RowCount + l);
        }

        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            int next = k == 0 && labelled.RowCount == 0 ? SelectionRows.NearestToMean(candidates) : nearest.Farthest();
            next = next < 0 ? Array.IndexOf(nearest.Selected, false) : next;
            double squared = nearest.Distances[next];
            if (!distances.IsEmpty)
            {
                distances[k] = double.IsFinite(squared) ? Math.Sqrt(squared) : 0;
            }

            selected[k] = next;
            nearest.Select(next);
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
