using System.Text.Json;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>LCMD, MaxDet, MaxDist and k-means++ on kernel features.</summary>
public sealed class KernelTests
{
    private static readonly FeatureMatrix Nothing = new(ReadOnlyMemory<float>.Empty, 0, 0);

    // EX-MAXDET
    private static readonly FeatureMatrix Example = FeatureMatrix.FromRows([[2, 0], [1.9f, 0.1f], [0, 1], [1, 1]]);

    [Test]
    public void I7_LCMD_the_worked_example()
    {
        FeatureMatrix pool = FeatureMatrix.FromRows([[1], [2], [3], [9], [20]]);
        var distances = new double[3];
        Assert.That(LCMDStrategy.Select(pool, FeatureMatrix.FromRows([[0], [10]]), 3, distances), Is.EqualTo([4, 2, 0]));
        Assert.That(distances, Is.EqualTo(new[] { 10.0, 3, 1 }));
    }

    [Test]
    public void I7_MaxDet_the_worked_example()
    {
        var variances = new double[4];
        Assert.That(MaxDetStrategy.Select(Example, Nothing, 2, 0.25, variances.AsSpan(0, 2)), Is.EqualTo([0, 3]));
        Close.Check(variances.AsSpan(0, 2), [4.25, 1.308824], Close.SixDecimals);
        Close.Check(Math.Log(variances[0]) + Math.Log(variances[1]), 1.716048, Close.SixDecimals);
        // The one taken has the largest prior variance of all, and is not taken twice.
        Assert.That(MaxDetStrategy.Select(Example, Nothing, 4, 0.25, variances), Is.Unique);
        Assert.That(MaxDetStrategy.Select(Example, FeatureMatrix.FromRows([[2, 0]]), 1, 0.25, variances.AsSpan(0, 1)), Is.EqualTo([3]));
        Close.Check(variances[0], 1.308824, Close.SixDecimals);
        // The other candidates, before and after it is taken; MaxDiag would go on with the second.
        Assert.That(MaxDiagStrategy.Select(Example, Nothing, 4, 0.25, variances), Is.EqualTo([0, 1, 3, 2]));
        Close.Check(variances, [4.25, 3.87, 2.25, 1.25], Close.SixDecimals);
        double first = variances[0];
        Assert.That(MaxDiagStrategy.Select(Example.Slice(1, 3), Example.Slice(0, 1), 3, 0.25, variances.AsSpan(0, 3)), Is.EqualTo([2, 1, 0]));
        Close.Check(variances.AsSpan(0, 3), [1.308824, 1.25, 0.472353], Close.SixDecimals);
        Close.Check(Math.Log(first) + Math.Log(variances[2]), 0.696890, Close.SixDecimals);
    }

    [Test]
    public void LCMD_agrees_with_a_plain_loop([Values] bool cold)
    {
        (FeatureMatrix rows, FeatureMatrix labelled) = Kernel.Rows();
        JsonElement golden = GoldenData.DesignSection(cold ? "lcmd_cold" : "lcmd");
        var distances = new double[9];
        Assert.That(LCMDStrategy.Select(rows, cold ? Nothing : labelled, 9, distances), Is.EqualTo(golden.Integers("batch")));
        Close.Check(distances, golden.Numbers("distances"));
    }

    [TestCase(0)]
    [TestCase(6)]
    public void LCMD_and_MaxDist_keep_what_they_would_compute_anew(int labelledCount)
    {
        FeatureMatrix rows = TestData.Rows(1500, 4), labelled = TestData.Rows(labelledCount, 4, seed: 3);
        int[] largest = LCMDStrategy.Select(rows, labelled, 25), farthest = MaxDistStrategy.Select(rows, labelled, 25);
        double[][] centres = [.. Enumerable.Range(0, labelledCount).Select(l => Wide(labelled, l))];
        foreach ((int[] picks, bool clusters) in new[] { (largest, true), (farthest, false) })
        {
            for (int k = labelledCount == 0 ? 1 : 0; k < picks.Length; k++)
            {
                double[][] soFar = [.. centres, .. picks[..k].Select(i => Wide(rows, i))];
                (double Distance, int Owner)[] nearest = [.. Enumerable.Range(0, rows.RowCount)
                    .Select(i => soFar.Select((c, o) => (Squared(c, Wide(rows, i)), o)).Min())];
                int wanted = clusters ? nearest.GroupBy(n => n.Owner).MaxBy(g => g.Sum(n => n.Distance))!.Key : -1;
                IEnumerable<int> eligible = Enumerable.Range(0, rows.RowCount).Where(i => !clusters || nearest[i].Owner == wanted);
                Assert.That(picks[k], Is.EqualTo(eligible.MaxBy(i => nearest[i].Distance)));
            }
        }
    }

    [Test]
    public void MaxDet_agrees_with_the_determinant_of_the_whole_kernel_matrix()
    {
        (FeatureMatrix rows, FeatureMatrix labelled) = Kernel.Rows();
        JsonElement golden = GoldenData.DesignSection("maxdet");
        var variances = new double[8];
        Assert.That(MaxDetStrategy.Select(rows, labelled, 8, 0.4, variances), Is.EqualTo(golden.Integers("batch")));
        Close.Check(variances, golden.Numbers("variances"), 1e-9);
    }

    [Test]
    public void Without_labels_the_longest_row_goes_first()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([[1, 0], [0, -3], [0, 2], [2.5f, 0]]);
        var distances = new double[2];
        Assert.That(MaxDistStrategy.Select(rows, Nothing, 2, distances), Is.EqualTo([1, 2]));
        Assert.That(distances, Is.EqualTo(new[] { 3.0, 5 }));
        Assert.That(LCMDStrategy.Select(rows, Nothing, 1), Is.EqualTo([1]));
        Assert.That(MaxDetStrategy.Select(rows, Nothing, 2), Is.EqualTo([1, 3]));
    }

    [Test]
    public void K_means_plus_plus_draws_by_squared_distance_to_labelled_and_taken([Values] bool cold)
    {
        // From the label at 0 the squared distances are 1, 4 and 0; without labels the squared norms are the same.
        FeatureMatrix rows = FeatureMatrix.FromRows([[1], [-2], [0]]), labelled = cold ? Nothing : FeatureMatrix.FromRows([[0]]);
        const int draws = 20_000;
        var first = new int[3];
        for (int seed = 0; seed < draws; seed++)
        {
            first[KMeansPlusPlusStrategy.Select(rows, labelled, 1, new RandomStream(seed))[0]]++;
        }

        Assert.That(first[2], Is.Zero);
        Assert.That(first[1] / (double)draws, Is.EqualTo(0.8).Within(4 * Math.Sqrt(0.16 / draws)));
        FeatureMatrix known = cold ? Nothing : TestData.Duplicates(1);
        Assert.That(KMeansPlusPlusStrategy.Select(TestData.Duplicates(20), known, 20, new RandomStream(3)), Is.Unique);
    }

    [Test]
    public void Duplicates_of_what_is_labelled_come_last_and_each_once()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([[1], [1], [1], [2]]), labelled = FeatureMatrix.FromRows([[1]]);
        Assert.That(LCMDStrategy.Select(rows, labelled, 4), Is.EqualTo([3, 0, 1, 2]));
        Assert.That(MaxDistStrategy.Select(rows, labelled, 4), Is.EqualTo([3, 0, 1, 2]));
        Assert.That(KMeansPlusPlusStrategy.Select(rows, labelled, 4, new RandomStream(1))[0], Is.EqualTo(3));
    }

    [Test]
    public void The_number_of_threads_does_not_matter()
    {
        FeatureMatrix rows = TestData.Rows(3000, 6), labelled = TestData.Rows(40, 6, seed: 9);
        int[] Clusters(int threads) => LCMDStrategy.Select(rows, labelled, 30, maxDegreeOfParallelism: threads);
        int[] Determinant(int threads) => MaxDetStrategy.Select(rows, labelled, 30, maxDegreeOfParallelism: threads);
        Assert.That(Clusters(4), Is.EqualTo(Clusters(1)));
        Assert.That(Determinant(4), Is.EqualTo(Determinant(1)));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Assert.That(() => LCMDStrategy.Select(Example, Nothing, 5), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => MaxDistStrategy.Select(Example, TestData.Rows(1), 1), Throws.ArgumentException.With.Message.Contains("columns"));
        Assert.That(() => MaxDetStrategy.Select(Example, Nothing, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => MaxDetStrategy.Select(Example, Nothing, 2, 1, new double[1]), Throws.ArgumentException);
    }

    private static double[] Wide(FeatureMatrix rows, int row) => Array.ConvertAll(rows.Row(row).ToArray(), v => (double)v);

    private static double Squared(double[] x, double[] y) => x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();
}
