using PyRelationAL.Clustering;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>What every clusterer promises, for every one in the core.</summary>
[TestFixtureSource(typeof(Subjects), nameof(Subjects.Clusterers), Category = "Contract")]
public sealed class ClustererContractTests
{
    private readonly IClusterer _clusterer;

    public ClustererContractTests(IClusterer clusterer)
    {
        _clusterer = clusterer;
    }

    [Test]
    public void Every_row_gets_a_cluster_and_every_cluster_a_member([Values(0, 1, 2, 25)] int rowCount, [Values(1, 2, 10, 40)] int clusterCount)
    {
        FeatureMatrix rows = TestData.Rows(rowCount);
        ClusterAssignment clusters = _clusterer.Cluster(rows, clusterCount, new RandomStream(1));
        Assert.That(clusters.ClusterCount, Is.EqualTo(Math.Min(rowCount, clusterCount)));
        Assert.That(clusters.Clusters.Length, Is.EqualTo(rowCount));
        Assert.That(clusters.Clusters.ToArray().Distinct().Count(), Is.EqualTo(clusters.ClusterCount), "distinct rows leave no cluster empty");
        int[] representatives = [.. clusters.Representatives(rows, new RandomStream(2))];
        Assert.That(representatives.Select(r => clusters.Clusters[r]), Is.Unique);
        Assert.That(representatives, Has.Length.EqualTo(clusters.ClusterCount));
    }

    [Test]
    public void Duplicates_are_no_problem()
    {
        FeatureMatrix rows = TestData.Duplicates(1000);
        ClusterAssignment clusters = _clusterer.Cluster(rows, 7, new RandomStream(1));
        Assert.That(clusters.Clusters.ToArray(), Is.All.InRange(0, clusters.ClusterCount - 1));
        Assert.That(clusters.Representatives(rows, new RandomStream(2)).Count(), Is.InRange(1, 7));
    }

    [Test]
    public void Well_separated_groups_are_found()
    {
        // Three groups around (0, 0), (100, 0) and (0, 100).
        float[] centres = [0, 0, 100, 0, 0, 100];
        FeatureMatrix noise = TestData.Rows(60, 2);
        FeatureMatrix rows = new(Enumerable.Range(0, 120).Select(i => noise.Values[i] + centres[(2 * (i / 2 % 3)) + (i % 2)]).ToArray(), 60, 2);
        int[] clusters = _clusterer.Cluster(rows, 3, new RandomStream(1)).Clusters.ToArray();
        Assert.That(Enumerable.Range(0, 60).Select(i => (Group: i % 3, Cluster: clusters[i])).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void The_same_stream_gives_the_same_clusters()
    {
        FeatureMatrix rows = TestData.Rows(80);
        int[] Cluster() => _clusterer.Cluster(rows, 9, new RandomStream(6)).Clusters.ToArray();
        int[] first = Cluster();
        Assert.That(Cluster(), Is.EqualTo(first));
    }

    [Test]
    public void A_cancelled_clustering_stops() => Assert.That(
        () => _clusterer.Cluster(TestData.Rows(80), 9, new RandomStream(6), new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void No_clusters_are_refused([Values(0, -2)] int clusterCount) => Assert.That(
        () => _clusterer.Cluster(TestData.Rows(8), clusterCount, new RandomStream(6)),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("clusterCount"));

    [Test]
    public void Null_arguments_are_refused()
    {
        Assert.That(() => _clusterer.Cluster(null!, 2, new RandomStream(6)), Throws.ArgumentNullException);
        Assert.That(() => _clusterer.Cluster(TestData.Rows(8), 2, null!), Throws.ArgumentNullException);
    }
}
