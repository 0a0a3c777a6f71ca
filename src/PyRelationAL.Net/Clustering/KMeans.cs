using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// Lloyd's k-means with k-means++ starts; the best of several by the sum of squared distances. A cluster that empties is restarted at the row farthest from its
/// centre.
/// </summary>
/// <remarks>
/// Lloyd 1982; Arthur and Vassilvitskii, SODA 2007. O(starts · iterations · N·k·D). The number of clusters is never more than the number of rows.
/// </remarks>
public sealed class KMeans : IClusterer
{
    private readonly int _starts;
    private readonly int _maxIterations;
    private readonly double _tolerance;

    /// <summary>Creates the clusterer.</summary>
    /// <param name="starts">How many starts, at least 1. Default: 3, since k-means++ starts differ little.</param>
    /// <param name="maxIterations">The most iterations of each, at least 1. Default: 300.</param>
    /// <param name="tolerance">
    /// Stops when the centres' summed squared movement falls to this share of the mean variance of the columns, at least 0. Default: 1e-4.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public KMeans(int starts = 3, int maxIterations = 300, double tolerance = 1e-4)
    {
        _starts = Guard.Positive(starts);
        _maxIterations = Guard.Positive(maxIterations);
        _tolerance = Guard.NonNegative(tolerance);
    }

    /// <inheritdoc/>
    public ClusterAssignment Cluster(FeatureMatrix rows, int clusterCount, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(random);
        int k = Math.Min(Guard.Positive(clusterCount), rows.RowCount);
        if (k == 0)
        {
            return new ClusterAssignment([], 0, []);
        }

        var buffer = new RowBuffer(rows);
        double stop = _tolerance * Centroids.MeanVariance(buffer, rows.ColumnCount);
        (double Inertia, int[] Clusters, double[][] Centres)? best = null;
        for (int start = 0; start < _starts; start++)
        {
            (double Inertia, int[] Clusters, double[][] Centres) run = Lloyd(buffer, rows.ColumnCount, k, stop, random.Child(start), cancellationToken);
            if (best is null || run.Inertia < best.Value.Inertia)
            {
                best = run;
            }
        }

        return new ClusterAssignment(best!.Value.Clusters, k, best.Value.Centres);
    }

    private (double Inertia, int[] Clusters, double[][] Centres) Lloyd(
        RowBuffer rows, int columns, int k, double stop, RandomStream random, CancellationToken cancellationToken)
    {
        double[][] centres = [.. KMeansPlusPlus.Choose(rows, k, random, cancellationToken).Select(row => rows[row].ToArray())];
        var clusters = new int[rows.Count];
        var distances = new double[rows.Count];
        double inertia = Centroids.Assign(rows, centres, clusters, distances);
        for (int iteration = 0; iteration < _maxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[][] moved = Centroids.Means(rows, columns, clusters, distances, k);
            double movement = 0;
            for (int c = 0; c < k; c++)
            {
                movement += DistanceMetric.SquaredEuclidean.Between(moved[c], centres[c]);
            }

            centres = moved;
            inertia = Centroids.Assign(rows, centres, clusters, distances);
            if (movement <= stop)
            {
                break;
            }
        }

        return (inertia, clusters, centres);
    }
}
