using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// k-medoids by alternation: assigns rows to the nearest medoid, then makes the member with the smallest sum of distances to its cluster the medoid, until
/// nothing changes. Starts from k-means++ seeds; the best of several starts. Every cluster has an exemplar that is a real row, under any distance.
/// </summary>
/// <remarks>Park and Jun, Expert Systems with Applications 2009. O(starts · iterations · (N·k + Σ cluster²)·D); no N×N matrix.</remarks>
public sealed class KMedoids : IClusterer
{
    private readonly DistanceMetric _metric;
    private readonly int _starts;
    private readonly int _maxIterations;

    /// <summary>Creates the clusterer.</summary>
    /// <param name="metric">The distance; Euclidean by default.</param>
    /// <param name="starts">How many starts, at least 1. Default: 3.</param>
    /// <param name="maxIterations">The most iterations of each, at least 1. Default: 50.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public KMedoids(DistanceMetric? metric = null, int starts = 3, int maxIterations = 50)
    {
        _metric = metric ?? DistanceMetric.Euclidean;
        _starts = Guard.Positive(starts);
        _maxIterations = Guard.Positive(maxIterations);
    }

    /// <inheritdoc/>
    public ClusterAssignment Cluster(FeatureMatrix rows, int clusterCount, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(random);
        int k = Math.Min(Guard.Positive(clusterCount), rows.RowCount);
        if (k == 0)
        {
            return new ClusterAssignment([], 0, exemplars: []);
        }

        var buffer = new RowBuffer(rows);
        (double Cost, int[] Clusters, int[] Medoids)? best = null;
        for (int start = 0; start < _starts; start++)
        {
            int[] medoids = KMeansPlusPlus.Choose(rows, k, random.Child(start), -1, cancellationToken);
            var clusters = new int[rows.RowCount];
            double cost = Assign(buffer, medoids, clusters);
            for (int iteration = 0; iteration < _maxIterations; iteration++)
            {
                int[] moved = Medoids(buffer, clusters, medoids, cancellationToken);
                if (moved.AsSpan().SequenceEqual(medoids))
                {
                    break;
                }

                medoids = moved;
                cost = Assign(buffer, medoids, clusters);
            }

            if (best is null || cost < best.Value.Cost)
            {
                best = (cost, clusters, medoids);
            }
        }

        return new ClusterAssignment(best!.Value.Clusters, k, exemplars: best.Value.Medoids);
    }

    private double Assign(RowBuffer rows, int[] medoids, int[] clusters)
    {
        double cost = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double nearest = double.PositiveInfinity;
            for (int c = 0; c < medoids.Length; c++)
            {
                double d = _metric.Between(rows[i], rows[medoids[c]]);
                if (d < nearest)
                {
                    nearest = d;
                    clusters[i] = c;
                }
            }

            cost += nearest;
        }

        // A medoid keeps its own cluster even where a duplicate of it with a lower number is just as near: no cluster is ever empty.
        for (int c = 0; c < medoids.Length; c++)
        {
            clusters[medoids[c]] = c;
        }

        return cost;
    }

    private int[] Medoids(RowBuffer rows, int[] clusters, int[] current, CancellationToken cancellationToken)
    {
        ILookup<int, int> members = Enumerable.Range(0, rows.Count).ToLookup(i => clusters[i]);
        return [.. current.Select((medoid, c) =>
        {
            // The current medoid goes first, so that a tie leaves it in place and the alternation ends.
            int[] cluster = [medoid, .. members[c].Where(i => i != medoid)];
            return cluster.MinBy(i =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return cluster.Sum(j => _metric.Between(rows[i], rows[j]));
            });
        })];
    }
}
