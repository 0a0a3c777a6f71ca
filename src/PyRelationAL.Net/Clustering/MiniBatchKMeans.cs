using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// Mini-batch k-means: each step moves the centres towards a random batch of rows, each centre with a step that shrinks as it has seen more rows. Far cheaper
/// than <see cref="KMeans"/> on large pools, a little worse.
/// </summary>
/// <remarks>Sculley, WWW 2010. O(steps · batch · k·D + N·k·D) time, in parallel; O(N + k·D) memory beside the rows.</remarks>
public sealed class MiniBatchKMeans : IClusterer
{
    private readonly int _batchSize;
    private readonly int _steps;
    private readonly int _maxDegreeOfParallelism;

    /// <summary>Creates the clusterer.</summary>
    /// <param name="batchSize">Rows per step, at least 1. Default: 1024.</param>
    /// <param name="steps">The number of steps, at least 1. Default: 100.</param>
    /// <param name="maxDegreeOfParallelism">The most threads; −1 for all cores. The result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public MiniBatchKMeans(int batchSize = 1024, int steps = 100, int maxDegreeOfParallelism = -1)
    {
        _batchSize = Guard.Positive(batchSize);
        _steps = Guard.Positive(steps);
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

        // Seeded on a sample: k-means++ over the whole pool would cost as much as all the steps.
        int seedSize = Math.Min(rows.RowCount, Math.Max(3 * _batchSize, 3 * k)), columns = rows.ColumnCount;
        FeatureMatrix seedRows = rows.SelectRows(random.Child("seed sample").Sample(rows.RowCount, seedSize));
        double[] centres = KMeansPlusPlus.Seeds(seedRows, k, random.Child("seeds"), _maxDegreeOfParallelism, cancellationToken);
        var seen = new long[k];
        int size = Math.Min(_batchSize, rows.RowCount);
        int[] assigned = new int[size];
        double[] distances = new double[size];
        for (int step = 0; step < _steps; step++)
        {
            FeatureMatrix batch = rows.SelectRows(random.Child(step).Sample(rows.RowCount, size));
            var search = new NearestPoint(centres, k, columns);
            Blocks.ForEach(
                size,
                _maxDegreeOfParallelism,
                cancellationToken,
                (start, count) => search.Find(
                    batch.Values.Slice(start * columns, count * columns), assigned.AsSpan(start, count), distances.AsSpan(start, count)),
                blockRows: 512);
            for (int i = 0; i < size; i++)
            {
                Span<double> centre = centres.AsSpan(assigned[i] * columns, columns);
                ReadOnlySpan<float> row = batch.Row(i);
                double rate = 1.0 / ++seen[assigned[i]];
                for (int j = 0; j < columns; j++)
                {
                    centre[j] += rate * (row[j] - centre[j]);
                }
            }
        }

        var state = new LloydState(rows, centres, k, _maxDegreeOfParallelism, cancellationToken);
        // Repairs clusters that no row chose, and makes the centres the means of what they ended up with.
        state.Move();
        return new ClusterAssignment(state.Clusters, k, state.Centres);
    }
}
