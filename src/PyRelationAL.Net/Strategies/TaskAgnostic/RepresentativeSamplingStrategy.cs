using PyRelationAL.Clustering;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// Queries representatives of the pool: clusters it and takes each cluster's exemplar where the clusterer names one, else the member nearest to its centre,
/// else a random member. Needs no model; does not look at what is labelled.
/// </summary>
/// <remarks>
/// PyRelationAL's RepresentativeSamplingStrategy, which returns fewer items where there are fewer clusters; here the batch is filled with random other
/// candidates. Where a clusterer gives more clusters than the batch, representatives of the largest clusters go first.
/// </remarks>
public sealed class RepresentativeSamplingStrategy : Strategy
{
    private readonly IClusterer? _clusterer;
    private readonly FeatureSpace _space;

    /// <summary>Creates the strategy.</summary>
    /// <param name="clusterer">The clusterer; k-means by default.</param>
    /// <param name="space">What to cluster; the dataset's features by default.</param>
    public RepresentativeSamplingStrategy(IClusterer? clusterer = null, FeatureSpace space = FeatureSpace.Features)
    {
        _clusterer = clusterer;
        _space = space;
        Requirements = new Requirements(TaskKinds.Any, space.Needs());
    }

    /// <inheritdoc/>
    public override Requirements Requirements { get; }

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        RandomStream random = context.RandomFor(nameof(RepresentativeSamplingStrategy));
        FeatureMatrix rows = context.PoolRows(_space);
        IClusterer clusterer = _clusterer ?? new KMeans(maxDegreeOfParallelism: context.MaxDegreeOfParallelism);
        ClusterAssignment clusters = clusterer.Cluster(rows, count, random.Child("clusters"), context.CancellationToken);

        int[] representatives = [.. clusters.Representatives(rows, random.Child("members")).Take(count)];
        var taken = new HashSet<int>(representatives);
        int[] rest = [.. Enumerable.Range(0, rows.RowCount).Where(i => !taken.Contains(i))];
        int[] fill = random.Child("fill").Sample(rest.Length, count - representatives.Length);
        return new Batch([.. representatives, .. fill.Select(i => rest[i])]);
    }
}
