using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>Divides rows into clusters.</summary>
/// <remarks>Implementations hold settings only and are safe for concurrent use.</remarks>
public interface IClusterer
{
    /// <summary>Clusters rows.</summary>
    /// <param name="rows">Rows [N×D].</param>
    /// <param name="clusterCount">How many clusters to look for; a clusterer that finds the number itself may give another.</param>
    /// <param name="random">Equal streams give equal clusters.</param>
    /// <param name="cancellationToken">Stops the clustering.</param>
    /// <returns>The clusters.</returns>
    ClusterAssignment Cluster(FeatureMatrix rows, int clusterCount, RandomStream random, CancellationToken cancellationToken = default);
}
