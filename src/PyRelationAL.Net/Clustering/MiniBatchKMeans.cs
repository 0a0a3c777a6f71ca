using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// Mini-batch k-means: each step moves the centres towards a random batch of rows, each centre with a step that shrinks as it has seen more rows. Far cheaper
/// than <see cref="KMeans"/> on large pools, a little worse.
/// </summary>
/// <remarks>Sculley, WWW 2010. O(steps · batch · k·D + N·k·D).</remarks>
public sealed class MiniBatchKMeans : IClusterer
{
    private readonly int _batchSize;
    private readonly int _steps;

    /// <summary>Creates the clusterer.</summary>
    /// <param name="batchSize">Rows per step, at least 1. Default: 1024.</param>
    /// <param name="steps">The number of steps, at least 1. Default: 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public MiniBatchKMeans(int batchSize = 1024, int steps = 100)
    {
        _batchSize = Guard.Positive(batchSize);
        _steps = Guard.Positive(steps);
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

        // Seeded on a sample: k-means++ over the whole pool would cost as much as all the steps.
        int seedSize = Math.Min(rows.RowCount, Math.Max(3 * _batchSize, 3 * k));
        var seedRows = new RowBuffer(rows.SelectRows(random.Child("seed sample").Sample(rows.RowCount, seedSize)));
        double[][] centres = [.. KMeansPlusPlus.Choose(seedRows, k, random.Child("seeds"), cancellationToken).Select(row => seedRows[row].ToArray())];
        var seen = new long[k];
        int size = Math.Min(_batchSize, rows.RowCount);
        for (int step = 0; step < _steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = new RowBuffer(rows.SelectRows(random.Child(step).Sample(rows.RowCount, size)));
            var assigned = new int[size];
            Centroids.Assign(batch, centres, assigned, new double[size]);
            for (int i = 0; i < size; i++)
            {
                double[] centre = centres[assigned[i]];
                double rate = 1.0 / ++seen[assigned[i]];
                for (int j = 0; j < centre.Length; j++)
                {
                    centre[j] += rate * (batch[i][j] - centre[j]);
                }
            }
        }

        var buffer = new RowBuffer(rows);
        var clusters = new int[rows.RowCount];
        var distances = new double[rows.RowCount];
        Centroids.Assign(buffer, centres, clusters, distances);
        // Repairs clusters that no row chose, and makes the centres the means of what they ended up with.
        centres = Centroids.Means(buffer, rows.ColumnCount, clusters, distances, k);
        Centroids.Assign(buffer, centres, clusters, distances);
        return new ClusterAssignment(clusters, k, centres);
    }
}
