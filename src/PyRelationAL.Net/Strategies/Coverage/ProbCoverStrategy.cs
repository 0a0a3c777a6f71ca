using PyRelationAL.Clustering;
using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// ProbCover: balls of radius δ around labelled items cover candidates; one after the other, the candidate whose ball covers most that is not covered yet.
/// The greedy
/// batch covers at least 1 − 1/e of the most that any batch could. Made for few labels.
/// </summary>
/// <remarks>
/// <para>
/// Yehuda, Dekel, Hacohen and Weinshall, "Active learning through a covering lens", NeurIPS 2022. x covers y where ‖x − y‖ &lt; δ, and itself. Where no δ is
/// given,
/// it is the largest for which a share α of the balls hold items of one k-means cluster only (<see cref="Radius"/>). Ties by the lowest index; where everything
/// is covered, the batch is filled farthest first.
/// </para>
/// <para>
/// The paper measures in normalised self-supervised embeddings. O(N²·D) time for the graph, in parallel over candidates, and again for δ where it is not given;
/// one integer of memory for each pair of candidates closer than δ, and never N×N numbers. Scores are how many candidates each one newly covers.
/// </para>
/// </remarks>
public sealed class ProbCoverStrategy : Strategy
{
    private readonly double? _radius;
    private readonly double _purity;
    private readonly int? _clusterCount;
    private readonly int _largestEdgeCount;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="radius">δ, above 0; estimated from <paramref name="purity"/> in each round where null. Default: null.</param>
    /// <param name="purity">α, in (0, 1]. Default: 0.95.</param>
    /// <param name="clusterCount">The clusters for purity, at least 1; where null the number of classes, and for other tasks the size of the batch.</param>
    /// <param name="largestEdgeCount">The most pairs closer than δ, at 4 bytes each, before the query is refused. Default: 100 million.</param>
    /// <param name="space">Where to measure distances; the dataset's features by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ProbCoverStrategy(
        double? radius = null,
        double purity = 0.95,
        int? clusterCount = null,
        int largestEdgeCount = 100_000_000,
        FeatureSpace space = FeatureSpace.Features)
    {
        _radius = radius is { } r ? Guard.Positive(r, nameof(radius)) : null;
        Guard.Positive(purity);
        _purity = Guard.Share(purity);
        _clusterCount = clusterCount is { } k ? Guard.Positive(k, nameof(clusterCount)) : null;
        _largestEdgeCount = Guard.Positive(largestEdgeCount);
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>The largest δ for which at least a share α of the rows have no row of another cluster closer than δ.</summary>
    /// <param name="rows">Rows [N×D], N at least 1.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="purity">α, in (0, 1].</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>
    /// δ: the ⌈α·N⌉-th largest distance of a row to the nearest one of another cluster; 0 where duplicates are in different clusters, +∞ where there is one
    /// cluster.
    /// </returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, or α is out of range.</exception>
    public static double Radius(
        FeatureMatrix rows, ReadOnlySpan<int> clusters, double purity = 0.95, int maxDegreeOfParallelism = -1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Guard.Positive(rows.RowCount, nameof(rows));
        Guard.SameLength(rows.RowCount, clusters.Length, "clusters", nameof(clusters));
        Guard.Positive(purity);
        Guard.Share(purity);
        var points = new RowPoints(rows);
        int[] clusterOf = clusters.ToArray();
        var others = new double[rows.RowCount];
        Blocks.ForEach(
            others.Length,
            maxDegreeOfParallelism,
            cancellationToken,
            (start, count) =>
            {
                var distances = new double[others.Length];
                for (int i = start; i < start + count; i++)
                {
                    points.SquaredDistances(i, 0, distances);
                    double nearest = double.PositiveInfinity;
                    int own = clusterOf[i];
                    for (int j = 0; j < distances.Length; j++)
                    {
                        // Nearly always no already by the first.
                        if (distances[j] < nearest && clusterOf[j] != own)
                        {
                            nearest = distances[j];
                        }
                    }

                    others[i] = nearest;
                }
            },
            CoverGraph.BlockRows);
        Array.Sort(others);
        // ⌊(1 − α)·N⌋ rows may have impure balls: the ones with the nearest strangers.
        return Math.Sqrt(others[Math.Min(others.Length - 1, Guard.FloorOfShare(1 - purity, others.Length))]);
    }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="radius">δ, at least 0; +∞ is allowed.</param>
    /// <param name="covered">Gets how many candidates each selected one newly covers; empty where that is not wanted.</param>
    /// <param name="largestEdgeCount">The most pairs closer than δ.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, or a number is out of range.</exception>
    /// <exception cref="InvalidOperationException">More pairs than <paramref name="largestEdgeCount"/> are closer than δ.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        double radius,
        Span<double> covered = default,
        int largestEdgeCount = 100_000_000,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count);
        if (!(radius >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(radius), radius, Guard.Text($"radius is {radius}; it must be at least 0."));
        }

        if (!covered.IsEmpty)
        {
            Guard.SameLength(count, covered.Length, "covered", nameof(covered));
        }

        var selected = new int[count];
        if (count == 0)
        {
            return selected;
        }

        var points = new RowPoints(candidates, labelled);
        var graph = new CoverGraph(points, candidates.RowCount, radius * radius, largestEdgeCount, maxDegreeOfParallelism, cancellationToken);
        NearestSelected? rest = null;
        for (int k = 0; k < count; k++)
        {
            int next = graph.Largest();
            if (next >= 0)
            {
                int newly = graph.Cover(next);
                if (!covered.IsEmpty)
                {
                    covered[k] = newly;
                }
            }
            else
            {
                rest ??= AfterCover(points, candidates.RowCount, selected.AsSpan(0, k), maxDegreeOfParallelism, cancellationToken);
                next = rest.Farthest();
                next = next < 0 ? Array.IndexOf(rest.Selected, false) : next;
                rest.Select(next);
            }

            selected[k] = next;
        }

        return selected;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        FeatureMatrix candidates = context.PoolRows(_space), labelled = SelectionRows.LabelledOrNone(context, _space);
        var covered = new double[count];
        return new Batch(
            Select(
                candidates,
                labelled,
                count,
                _radius ?? EstimatedRadius(context, SelectionRows.Joined(candidates, labelled), count),
                covered,
                _largestEdgeCount,
                context.MaxDegreeOfParallelism,
                context.CancellationToken),
            covered);
    }

    private static NearestSelected AfterCover(RowPoints points, int candidates, ReadOnlySpan<int> selected, int threads, CancellationToken cancellationToken)
    {
        var nearest = new NearestSelected(points, candidates, threads, cancellationToken);
        for (int l = candidates; l < points.Count; l++)
        {
            nearest.Select(l);
        }

        foreach (int position in selected)
        {
            nearest.Select(position);
        }

        return nearest;
    }

    private double EstimatedRadius(QueryContext context, FeatureMatrix rows, int count)
    {
        int clusterCount = _clusterCount ?? (context.Task.Kind == TaskKinds.Classification ? context.Task.ClassCount : count);
        ClusterAssignment clusters = new KMeans(maxDegreeOfParallelism: context.MaxDegreeOfParallelism).Cluster(
            rows, clusterCount, context.RandomFor(nameof(ProbCoverStrategy)), context.CancellationToken);
        return Radius(rows, clusters.Clusters, _purity, context.MaxDegreeOfParallelism, context.CancellationToken);
    }
}
