using PyRelationAL;
using PyRelationAL.Clustering;
using PyRelationAL.Numerics;

namespace Outsider.Extensions;

/// <summary>A clusterer that finds the number of clusters itself: the quadrant of the first two features.</summary>
internal sealed class Quadrants : IClusterer
{
    public ClusterAssignment Cluster(FeatureMatrix rows, int clusterCount, RandomStream random, CancellationToken cancellationToken = default) =>
        new([.. Enumerable.Range(0, rows.RowCount).Select(i => (rows.Row(i)[0] < 0 ? 1 : 0) + (rows.Row(i)[1] < 0 ? 2 : 0))], clusterCount: 4);
}
