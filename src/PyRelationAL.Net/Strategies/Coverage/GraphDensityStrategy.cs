using PyRelationAL.Distances;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Graph density: one after the other, the candidate with the largest mean weight of its edges in the graph of nearest neighbours, where each one taken lowers
/// the density of its neighbours.
/// </summary>
/// <remarks>
/// <para>
/// Ebert, Fritz and Schiele, "RALF: a reinforced active learning formulation for object class recognition", CVPR 2012. Candidates and labelled items are joined
/// where either is among the other's k nearest, with weight wᵢⱼ = exp(−d(i, j) / D), d the Manhattan distance. After i is taken, densityⱼ −= max(densityᵢ,
/// 0)·wᵢⱼ
/// for its neighbours j; labelled items count as taken before, in their order, so that no state is kept between rounds.
/// </para>
/// <para>Ties by the lowest index. O((N + L)²·D) time, in parallel over items; O((N + L)·(k + D)) memory. Scores are the densities at the time of
/// selection.</para>
/// </remarks>
public sealed class GraphDensityStrategy : Strategy
{
    private readonly int _neighbours;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="neighbours">k, at least 1. Default: 10.</param>
    /// <param name="space">Where to measure distances; the dataset's features by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public GraphDensityStrategy(int neighbours = 10, FeatureSpace space = FeatureSpace.Features)
    {
        _neighbours = Guard.Positive(neighbours);
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <summary>Selects positions from rows.</summary>
    /// <param name="candidates">Rows of the candidates [N×D].</param>
    /// <param name="labelled">Rows of the labelled items [L×D]; L may be 0, D then too.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="densities">Gets the density of each selected one at the time of its selection; empty where they are not wanted.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the selection.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of selection.</returns>
    /// <exception cref="ArgumentException">The widths differ, or a number is out of range.</exception>
    public static int[] Select(
        FeatureMatrix candidates,
        FeatureMatrix labelled,
        int count,
        int neighbours = 10,
        Span<double> densities = default,
        int maxDegreeOfParallelism = -1,
        CancellationToken cancellationToken = default)
    {
        SelectionRows.Check(candidates, labelled, count);
        Guard.Positive(neighbours);
        if (!densities.IsEmpty)
        {
            Guard.SameLength(count, densities.Length, "densities", nameof(densities));
        }

        FeatureMatrix all = SelectionRows.Joined(labelled, candidates);
        SortedDictionary<int, double>[] edges = Edges(all, neighbours, maxDegreeOfParallelism, cancellationToken);
        double[] density = [.. edges.Select(e => e.Count == 0 ? 0 : e.Values.Sum() / e.Count)];
        for (int l = 0; l < labelled.RowCount; l++)
        {
            Take(l, density, edges);
        }

        var selected = new int[count];
        for (int k = 0; k < count; k++)
        {
            int next = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(density);
            if (!densities.IsEmpty)
            {
                densities[k] = density[next];
            }

            selected[k] = next - labelled.RowCount;
            Take(next, density, edges);
        }

        return selected;
    }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        var densities = new double[count];
        int[] selected = Select(
            context.PoolRows(_space),
            SelectionRows.LabelledOrNone(context, _space),
            count,
            _neighbours,
            densities,
            context.MaxDegreeOfParallelism,
            context.CancellationToken);
        return new Batch(selected, densities);
    }

    private static void Take(int item, double[] density, SortedDictionary<int, double>[] edges)
    {
        double discount = Math.Max(density[item], 0);
        foreach ((int neighbour, double weight) in edges[item])
        {
            density[neighbour] -= discount * weight;
        }

        density[item] = double.NegativeInfinity;
    }

    // In the order of the neighbours, so that sums have the same bits each time.
    private static SortedDictionary<int, double>[] Edges(FeatureMatrix rows, int neighbours, int threads, CancellationToken cancellationToken)
    {
        var nearest = NearestRows.Among(rows, neighbours, DistanceMetric.Manhattan, threads, cancellationToken);
        SortedDictionary<int, double>[] edges = [.. Enumerable.Range(0, rows.RowCount).Select(_ => new SortedDictionary<int, double>())];
        for (int i = 0; i < edges.Length; i++)
        {
            for (int k = 0; k < nearest.Count; k++)
            {
                int j = nearest.Of(i)[k];
                edges[i][j] = edges[j][i] = Math.Exp(-nearest.DistancesOf(i)[k] / Math.Max(1, rows.ColumnCount));
            }
        }

        return edges;
    }
}
