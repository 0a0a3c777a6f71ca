using System.Text.Json;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ExpectedVarianceReductionTests
{
    [Test]
    public void I5_the_worked_example()
    {
        // Rows (1, 0), (1, 1), (1, 2), (1, 4), of which the first two are labelled: k = x M⁻¹ xᵀ with M = I + Σ x xᵀ = [3 1; 1 2].
        double[][] rows = [[1, 0], [1, 1], [1, 2], [1, 4]];
        double K(double[] x, double[] y) => ((2 * x[0] * y[0]) - (x[0] * y[1]) - (x[1] * y[0]) + (3 * x[1] * y[1])) / 5;
        double[] covariance = [.. rows.SelectMany(x => rows.Select(y => K(x, y)))];
        double[] variances = [covariance[0], covariance[5], covariance[10], covariance[15]];
        Close.Check(variances, [0.4, 0.6, 2, 8.4]);
        Close.Check(variances.Average(), 2.85);
        var reductions = new double[4];
        ExpectedVarianceReductionStrategy.Compute(new JointGaussianPredictions(new double[4], covariance), reductions);
        Close.Check(reductions.AsSpan(2), [1.75, 2.392553], Close.SixDecimals);
    }

    [Test]
    public void A_batch_agrees_with_training_again()
    {
        JsonElement golden = GoldenData.DesignSection("variance_reduction");
        var joint = new JointGaussianPredictions(new double[60], golden.Numbers("covariance"));
        var reductions = new double[6];
        Assert.That(ExpectedVarianceReductionStrategy.Select(joint, 6, 0.7, reductions), Is.EqualTo(golden.Integers("batch")));
        Close.Check(reductions, golden.Numbers("reductions"), 1e-9);
    }

    [Test]
    public void A_batch_from_posterior_samples_agrees_with_their_covariance()
    {
        JsonElement golden = GoldenData.DesignSection("sampled_variance_reduction");
        var samples = new PosteriorValueSamples(golden.Numbers("samples"), 9);
        var reductions = new double[6];
        Assert.That(ExpectedVarianceReductionStrategy.Select(samples, 6, 0.7, reductions), Is.EqualTo(golden.Integers("batch")));
        Close.Check(reductions, golden.Numbers("reductions"), Close.SixDecimals);
    }

    [Test]
    public void It_is_the_forward_pass_of_BAIT_on_one_linear_output()
    {
        FeatureMatrix rows = TestData.Rows(50, 4);
        double[] k = [.. Enumerable.Range(0, 2500).Select(at => Dot(rows.Row(at / 50), rows.Row(at % 50)))], reductions = new double[7], gains = new double[7];
        int[] batch = ExpectedVarianceReductionStrategy.Select(new JointGaussianPredictions(new double[50], k), 7, 0.6, reductions);
        var information = new FisherInformation(rows, null);
        var target = new double[16];
        information.AddTo(target, 1 / 50.0, 1, default);
        var design = new OptimalDesign(information, 1 / Math.Sqrt(0.6), FisherSelection.Identity(4, 1), 1, target, 1, default);
        Assert.That(design.Forward(7, gains), Is.EqualTo(batch));
        Close.Check(gains, reductions, 1e-9);
    }

    [Test]
    public void A_pool_too_large_for_its_covariance_says_what_to_do()
    {
        QueryContext context = Rounds.Over(TestData.Regression(TestData.Rows(4101)), new FakeGaussian());
        Assert.That(
            () => new ExpectedVarianceReductionStrategy().Suggest(context, 2),
            Throws.InvalidOperationException.With.Message.Contains("4097").And.Message.Contains("SubPoolStrategy"));
        Assert.That(new SubPoolStrategy(new ExpectedVarianceReductionStrategy(), 50).Suggest(context, 2).Indices, Has.Count.EqualTo(2));
    }

    [Test]
    public void Nothing_uncertain_and_duplicates_go_by_the_lowest_index()
    {
        Assert.That(ExpectedVarianceReductionStrategy.Select(new JointGaussianPredictions(new double[5], new double[25]), 3), Is.EqualTo([0, 1, 2]));
        double[] ones = [.. Enumerable.Repeat(1.0, 25)];
        Assert.That(ExpectedVarianceReductionStrategy.Select(new JointGaussianPredictions(new double[5], ones), 3), Is.EqualTo([0, 1, 2]));
        Assert.That(() => new ExpectedVarianceReductionStrategy(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_factor_and_an_inverse_that_rounding_would_break_stay_finite()
    {
        // Twice the same row and λ = 1e-30: the second pivot is lost to rounding.
        double[] a = [1 + 1e-30, 1, 1, 1 + 1e-30];
        Assert.That(Cholesky.Invert(a, 2, 1e-30, 1, default), Is.All.Matches<double>(double.IsFinite));
    }

    private static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            sum += (double)x[j] * y[j];
        }

        return sum;
    }
}
