using System.Text.Json;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>Frank-Wolfe and MaxDiag on kernel features.</summary>
public sealed class FrankWolfeTests
{
    private static readonly FeatureMatrix Nothing = new(ReadOnlyMemory<float>.Empty, 0, 0);

    [Test]
    public void Frank_Wolfe_agrees_with_weights_over_the_whole_kernel_matrix([Values] bool cold)
    {
        (FeatureMatrix rows, FeatureMatrix labelled) = Rows();
        JsonElement golden = GoldenData.ProjectionSection(cold ? "frank_wolfe_cold" : "frank_wolfe");
        var residuals = new double[10];
        int[] batch = cold
            ? FrankWolfeStrategy.Select(rows, Nothing, 10, 0.7, residuals)
            : FrankWolfeStrategy.Select(rows, labelled, 10, golden.Number("noise"), residuals);
        Assert.That(batch, Is.EqualTo(golden.Integers("batch")));
        Close.Check(residuals, golden.Numbers("residuals"), 1e-8);
    }

    [Test]
    public void Each_pick_leaves_no_more_than_the_one_before_and_a_batch_approximates_the_pool()
    {
        FeatureMatrix rows = TestData.Rows(3000, 8);
        var residuals = new double[60];
        int[] batch = FrankWolfeStrategy.Select(rows, Nothing, 60, residuals: residuals, maxDegreeOfParallelism: 1);
        Assert.That(residuals, Is.Ordered.Descending);
        Assert.That(residuals[^1], Is.LessThan(0.05 * residuals[0]));
        Assert.That(FrankWolfeStrategy.Select(rows, Nothing, 60, maxDegreeOfParallelism: 4), Is.EqualTo(batch));
    }

    [Test]
    public void Rows_of_no_length_come_last_where_the_others_help()
    {
        FeatureMatrix rows = FeatureMatrix.FromRows([[0, 0], [1, 0], [0, 0], [0, 2]]);
        int[] batch = FrankWolfeStrategy.Select(rows, Nothing, 4);
        Assert.That(batch, Is.Unique);
        Assert.That(batch.Take(2), Is.EquivalentTo([1, 3]));
        Assert.That(FrankWolfeStrategy.Select(new FeatureMatrix(new float[6], 3, 2), Nothing, 3), Is.EqualTo([0, 1, 2]));
    }

    [Test]
    public void I7_MaxDiag_the_worked_example()
    {
        FeatureMatrix example = FeatureMatrix.FromRows([[2, 0], [1.9f, 0.1f], [0, 1], [1, 1]]);
        var variances = new double[2];
        Assert.That(MaxDiagStrategy.Select(example, Nothing, 2, 0.25, variances), Is.EqualTo([0, 1]));
        Close.Check(variances, [4.25, 3.87], Close.SixDecimals);
    }

    [Test]
    public void MaxDiag_agrees_with_the_inverse_of_the_whole_matrix()
    {
        (FeatureMatrix rows, FeatureMatrix labelled) = Rows();
        JsonElement golden = GoldenData.ProjectionSection("max_diag");
        var variances = new double[8];
        Assert.That(MaxDiagStrategy.Select(rows, labelled, 8, 0.7, variances), Is.EqualTo(golden.Integers("batch")));
        Close.Check(variances, golden.Numbers("variances"), 1e-9);
        Assert.That(MaxDiagStrategy.Select(rows, labelled, 1, 0.7), Is.EqualTo(MaxDetStrategy.Select(rows, labelled, 1, 0.7)), "the first of MaxDet");
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        FeatureMatrix rows = TestData.Rows(5);
        Assert.That(() => FrankWolfeStrategy.Select(rows, Nothing, 6), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => FrankWolfeStrategy.Select(rows, TestData.Rows(2, 4), 1), Throws.ArgumentException.With.Message.Contains("columns"));
        Assert.That(() => FrankWolfeStrategy.Select(rows, Nothing, 2, 1, new double[1]), Throws.ArgumentException);
        Assert.That(() => MaxDiagStrategy.Select(rows, Nothing, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => MaxDiagStrategy.Select(TestData.Rows(2, 4097), Nothing, 1), Throws.ArgumentException.With.Message.Contains("4096"));
    }

    private static (FeatureMatrix Rows, FeatureMatrix Labelled) Rows()
    {
        JsonElement golden = GoldenData.ProjectionSection("rows");
        return (TestData.Matrix(golden.Numbers("rows"), 6), TestData.Matrix(golden.Numbers("labelled"), 6));
    }
}
