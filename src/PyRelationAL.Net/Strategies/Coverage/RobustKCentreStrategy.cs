using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Robust k-centre: as <see cref="KCentreGreedyStrategy"/>, but of the candidates left, the farthest ⌊q·N⌋ are passed over at each step, so that a few
/// outliers do
/// not use up the batch.
/// </summary>
/// <remarks>
/// <para>
/// Sener and Savarese, "Active learning for convolutional neural networks: a core-set approach", ICLR 2018, let a share of the points stay uncovered and
/// solve a
/// mixed-integer program for it. This is the quantile rule in its place: no solver, the cost of the greedy algorithm, and no guarantee of theirs.
/// </para>
/// <para>
/// Where no more than the ⌊q·N⌋ are left, the nearest of them goes next. Where nothing is labelled, the candidate nearest to the pool's mean goes first.
/// Ties by the lowest index. O((L + b)·N·D + b·N·ln(q·N)) time, in parallel over candidates; O(N) memory beside the rows.
/// </para>
/// </remarks>
public sealed class RobustKCentreStrategy : Strategy
{
    private readonly double _outlierShare;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="outlierShare">q, in [0, 1): the share of the pool to pass over; 0 is k-centre greedy. Default: 0.01.</param>
    /// <param name="space">Where to measure distances (Euclidean); the dataset's features by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">q is out of range.</exception>
    public RobustKCentreStrategy(double outlierShare = 0.01, FeatureSpace space = FeatureSpace.Features)
    {
        _outlierShare = CheckShare(outlierShare);
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="outlierShare">q, in [0, 1).</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, or a number is out of range.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        double outlierShare = 0.01,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count);
        int passedOver = Guard.FloorOfShare(CheckShare(outlierShare), candidates.RowCount);
        var nearest = new NearestSelected(new RowPoints(candidates, labelled), candidates.RowCount, maxDegreeOfParallelism, cancellationToken);
        for (int l = 0; l < labelled.RowCount && count > 0; l++)
        {
            nearest.Select(candidates.RowCount + l);
        }

        var selected = new int[count];
        var keys = new double[candidates.RowCount];
        for (int k = 0; k < count; k++)
        {
            int next = k == 0 && labelled.RowCount == 0
                ? SelectionRows.NearestToMean(candidates)
                : AtQuantile(nearest, keys, passedOver, candidates.RowCount - k);
            selected[k] = next;
            nearest.Select(next);
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
            _outlierShare,
            context.MaxDegreeOfParallelism,
            context.CancellationToken));
    }

    private static int AtQuantile(NearestSelected nearest, double[] keys, int passedOver, int left)
    {
        nearest.Update();
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = nearest.Selected[i] ? double.NegativeInfinity : nearest.Distances[i];
        }

        // By value: of several that are equally far the lowest goes first, whatever their place in the ranking.
        double distance = keys[TopPositions.Of(keys, Math.Min(passedOver, left - 1) + 1)[^1]];
        return Array.IndexOf(keys, distance);
    }

    private static double CheckShare(double outlierShare) =>
        outlierShare is >= 0 and < 1
            ? outlierShare
            : throw new ArgumentOutOfRangeException(
                nameof(outlierShare), outlierShare, Guard.Text($"outlierShare is {outlierShare}; it must lie in [0, 1)."));
}
