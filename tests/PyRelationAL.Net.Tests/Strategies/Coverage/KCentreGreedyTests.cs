using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class KCentreGreedyTests
{
    private static readonly FeatureMatrix Nothing = new(ReadOnlyMemory<float>.Empty, 0, 0);

    [Test]
    public void The_worked_example()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([[1, 0], [4, 0], [4, 3], [0, 2]]), labelled = FeatureMatrix.FromRows([[0, 0]]);
        var distances = new double[4];
        int[] picks = KCentreGreedyStrategy.Select(rows, labelled, 4, distances);
        Assert.That(picks, Is.EqualTo([2, 1, 3, 0]));
        Assert.That(distances, Is.EqualTo(new[] { 5.0, 3, 2, 1 }), "after three the radius is 1");
        Assert.That(KCentreGreedyStrategy.Select(rows, labelled, 3), Is.EqualTo(picks[..3]));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(7)]
    public void Each_pick_is_the_farthest_of_a_plain_loop(int labelledCount)
    {
        FeatureMatrix rows = TestData.Rows(2500, 11), labelled = TestData.Rows(labelledCount, 11, seed: 5);
        var distances = new double[40];
        int[] picks = KCentreGreedyStrategy.Select(rows, labelled, 40, distances);
        var covered = new List<float[]>(Enumerable.Range(0, labelledCount).Select(l => labelled.Row(l).ToArray()));
        for (int k = labelledCount == 0 ? 1 : 0; k < picks.Length; k++)
        {
            var soFar = covered.Concat(picks[..k].Select(p => rows.Row(p).ToArray())).ToList();
            double[] nearest = [.. Enumerable.Range(0, rows.RowCount).Select(i => soFar.Min(c => Distance(c, rows.Row(i))))];
            Assert.That(distances[k], Is.EqualTo(nearest.Max()).Within(1e-12));
            Assert.That(nearest[picks[k]], Is.EqualTo(nearest.Max()).Within(1e-12));
        }
    }

    [Test]
    public void With_nothing_labelled_the_row_nearest_to_the_mean_goes_first()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([[0], [10], [4], [2]]);
        Assert.That(KCentreGreedyStrategy.Select(rows, Nothing, 4), Is.EqualTo([2, 1, 0, 3]));
    }

    [Test]
    public void The_number_of_threads_does_not_matter()
    {
        FeatureMatrix rows = TestData.Rows(5000, 9);
        int[] one = KCentreGreedyStrategy.Select(rows, Nothing, 60, maxDegreeOfParallelism: 1);
        Assert.That(KCentreGreedyStrategy.Select(rows, Nothing, 60, maxDegreeOfParallelism: 5), Is.EqualTo(one));
    }

    [Test]
    public void Duplicates_are_taken_last_and_each_once()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([[1], [1], [1], [2]]);
        Assert.That(KCentreGreedyStrategy.Select(rows, FeatureMatrix.FromRows([[1]]), 4), Is.EqualTo([3, 0, 1, 2]));
    }

    [Test]
    public void The_radius_is_at_most_twice_the_best([Range(1, 12)] int seed)
    {
        FeatureMatrix rows = TestData.Rows(12, 2, seed), labelled = TestData.Rows(1, 2, seed: seed + 100);
        double Radius(params int[] centres) => Enumerable.Range(0, 12).Max(i =>
            centres.Select(c => Distance(rows.Row(c), rows.Row(i))).Append(Distance(labelled.Row(0), rows.Row(i))).Min());
        double best = (
            from a in Enumerable.Range(0, 12)
            from b in Enumerable.Range(a, 12 - a)
            from c in Enumerable.Range(b, 12 - b)
            select Radius(a, b, c)).Min();
        Assert.That(Radius(KCentreGreedyStrategy.Select(rows, labelled, 3)), Is.InRange(best, 2 * best));
    }

    [Test]
    public void A_large_pool_takes_no_more_memory_than_its_rows()
    {
        // A matrix of all distances would take 1.6 GB in single precision.
        FeatureMatrix rows = TestData.Rows(20_000, 4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        KCentreGreedyStrategy.Select(rows, TestData.Rows(30, 4, seed: 2), 10, maxDegreeOfParallelism: 1);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4_000_000));
    }

    [Test]
    public void Near_neighbours_far_from_the_origin_keep_their_distances()
    {
        // ‖x‖² + ‖y‖² − 2xy has no digits left here, and a root of less than 0 is no number.
        float[] steps = [0, 1 / 64f, 1 / 16f, 1 / 4f, 1];
        FeatureMatrix rows = FeatureMatrix.FromRows([.. steps.Select(s => new[] { 100_000 + s, -100_000 })]);
        var distances = new double[4];
        Assert.That(KCentreGreedyStrategy.Select(rows.Slice(1, 4), rows.Slice(0, 1), 4, distances), Is.EqualTo([3, 2, 1, 0]));
        Assert.That(distances, Is.EqualTo(new[] { 1, 0.25, 0.0625, 0.015625 }));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        FeatureMatrix rows = TestData.Rows(5);
        Assert.That(() => KCentreGreedyStrategy.Select(rows, Nothing, 6), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("[0, 5]"));
        Assert.That(() => KCentreGreedyStrategy.Select(rows, TestData.Rows(2, 4), 2), Throws.ArgumentException);
        Assert.That(() => KCentreGreedyStrategy.Select(rows, Nothing, 2, new double[1]), Throws.ArgumentException);
        Assert.That(KCentreGreedyStrategy.Select(rows, Nothing, 0), Is.Empty);
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += ((double)a[j] - b[j]) * ((double)a[j] - b[j]);
        }

        return Math.Sqrt(sum);
    }
}
