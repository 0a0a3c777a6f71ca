using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// Lloyd's k-means with k-means++ starts; the best of several by the sum of squared distances. A cluster that empties is restarted at the row farthest from its
/// centre.
/// </summary>
/// <remarks>
/// Lloyd 1982; Arthur and Vassilvitskii, SODA 2007. O(starts · iterations · N·k·D) at most, since rows that the triangle inequality leaves where they are
/// cost next to nothing (Hamerly, SDM 2010), in parallel; O(N + k·D) memory beside the rows. The number of clusters is never more than the number of rows.
/// </remarks>
public sealed class KMeans : IClusterer
{
    private readonly int _starts;
    private readonly int _maxIterations;
    private readonly double _tolerance;
    private readonly int _maxDegreeOfParallelism;

    /// <summary>Creates the clusterer.</summary>
    /// <param name="starts">How many starts, at least 1. Default: 3, since k-means++ starts differ little.</param>
    /// <param name="maxIterations">The most iterations of each, at least 1. Default: 300.</param>
    /// <param name="tolerance">
    /// Stops when the centres' summed squared movement falls to this share of the mean variance of the columns, at least 0. Default: 1e-4.
    /// </param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public KMeans(int starts = 3, int maxIterations = 300, double tolerance = 1e-4, int maxDegreeOfParallelism = -1)
    {
        _starts = Guard.Positive(starts);
        _maxIterations = Guard.Positive(maxIterations);
        _tolerance = Guard.NonNegative(tolerance);
        _maxDegreeOfParallelism = Guard.Threads(maxDegreeOfParallelism);
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

        double stop = _tolerance * MeanVariance(rows);
        LloydState? best = null;
        double least = double.PositiveInfinity;
        for (int start = 0; start < _starts; start++)
        {
            LloydState run = Lloyd(rows, k, stop, random.Child(start), cancellationToken);
            double inertia = run.Inertia();
            if (best is null || inertia < least)
            {
                (best, least) = (run, inertia);
            }
        }

        return new ClusterAssignment(best!.Clusters, k, best.Centres);
    }

    private LloydState Lloyd(FeatureMatrix rows, int k, double stop, RandomStream random, CancellationToken cancellationToken)
    {
        double[] seeds = KMeansPlusPlus.Seeds(rows, k, random, _maxDegreeOfParallelism, cancellationToken);
        var state = new LloydState(rows, seeds, k, _maxDegreeOfParallelism, cancellationToken);
        for (int iteration = 0; iteration < _maxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (state.Move() <= stop)
            {
                break;
            }
        }

        return state;
    }

    /// <summary>The variance of each column, averaged over the columns: the scale for tolerances.</summary>
    private static double MeanVariance(FeatureMatrix rows)
    {
        int columns = rows.ColumnCount;
        double[] mean = new double[columns], row = new double[columns];
        for (int i = 0; i < rows.RowCount; i++)
        {
            WideRows.Widen(rows.Row(i), row);
            TensorPrimitives.Add<double>(mean, row, mean);
        }

        TensorPrimitives.Divide<double>(mean, rows.RowCount, mean);
        var distances = new double[Math.Min(rows.RowCount, 1024)];
        double sum = 0;
        for (int start = 0; start < rows.RowCount; start += distances.Length)
        {
            int count = Math.Min(distances.Length, rows.RowCount - start);
            WideRows.SquaredDistances(mean, rows.Values.Slice(start * columns, count * columns), distances.AsSpan(0, count));
            sum += TensorPrimitives.Sum<double>(distances.AsSpan(0, count));
        }

        return columns == 0 ? 0 : sum / rows.RowCount / columns;
    }
}
