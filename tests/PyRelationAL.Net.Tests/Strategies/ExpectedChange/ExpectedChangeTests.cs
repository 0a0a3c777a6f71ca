using PyRelationAL.Datasets;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ExpectedChangeTests
{
    // EX-EER: Parzen windows with labels 0 at 0 and 1 at 3.
    private static readonly InMemoryDataset Parzen = InMemoryDataset.ForClassification(
        "Parzen", FeatureMatrix.FromRows([[0], [3], [0.5f], [1.5f], [2.8f]]), [0, 1, -1, -1, -1], 2);

    [Test]
    public void F1_the_worked_example()
    {
        FeatureMatrix h = FeatureMatrix.FromRows([[1, 2], [2, 0], [0, 1]]);
        var scores = new double[3];
        ExpectedGradientLength.Compute([0.6, 0.4, 0.9, 0.1, 0.5, 0.5], 2, h, scores);
        Close.Check(scores, [1.517893, 0.509117, 0.707107], Close.SixDecimals);
    }

    [Test]
    public void Gradient_lengths_are_those_of_the_whole_gradients()
    {
        System.Text.Json.JsonElement golden = GoldenData.DesignSection("bait");
        var scores = new double[40];
        ExpectedGradientLength.Compute(golden.Numbers("p"), 3, TestData.Matrix(golden.Numbers("h"), 4), scores);
        Close.Check(scores, GoldenData.DesignSection("egl").Numbers("scores"));
    }

    [Test]
    public void A_certain_class_has_no_expected_gradient()
    {
        var scores = new double[2];
        ExpectedGradientLength.Compute([1, 0, 1 - 1e-12, 1e-12], 2, FeatureMatrix.FromRows([[3, 4], [3, 4]]), scores);
        Assert.That(scores[0], Is.Zero);
        // 2 √2 p₀ p₁ ‖h‖, with all digits though p₀ is nearly 1.
        Assert.That(Close.AreRelatively(scores[1], 2 * Math.Sqrt(2) * 1e-12 * 5, 1e-4));
    }

    [TestCase(ExpectedErrorLoss.ZeroOne, new[] { 0.639821, 0.595420, 0.717054 })]
    [TestCase(ExpectedErrorLoss.Logarithmic, new[] { 1.234930, 1.193954, 1.280301 })]
    public void F2_the_worked_example(ExpectedErrorLoss loss, double[] expected)
    {
        ParzenClassifier present = new();
        present.Train(new DatasetView(Parzen, new[] { 0, 1 }), null, new RandomStream(1));
        QueryContext context = new(new DatasetView(Parzen, new[] { 2, 3, 4 }), new DatasetView(Parzen, new[] { 0, 1 }), present, new RandomStream(1));
        Close.Check(context.ClassProbabilities.Values, [0.718132, 0.281868, 0.5, 0.5, 0.255149, 0.744851], Close.SixDecimals);
        Suggestion suggestion = new ExpectedErrorReductionStrategy(() => new ParzenClassifier(), loss).Suggest(context, 3);
        Assert.That(suggestion.Indices, Is.EqualTo([3, 2, 4]), "every candidate has a score, the lowest expected loss first");
        Close.Check([.. suggestion.Scores!], [-expected[1], -expected[0], -expected[2]], Close.SixDecimals);
        Assert.That(Parzen.GetLabel(2).IsMissing, "the supposed labels are gone");
    }

    [Test]
    public void Labels_that_cannot_be_are_not_tried()
    {
        var tried = new List<(int, int)>();
        var certain = new ClassProbabilities([1, 0, 0, 1], 2);
        double[] scores = ExpectedErrorReductionStrategy.Compute(
            certain,
            (i, c) =>
            {
                tried.Add((i, c));
                return new ClassProbabilities([0.5, 0.5, 0.25, 0.75], 2);
            },
            ExpectedErrorLoss.ZeroOne,
            maxDegreeOfParallelism: 1);
        Assert.That(tried, Is.EqualTo([(0, 0), (1, 1)]));
        Close.Check(scores, [-0.25, -0.5]);
    }

    [Test]
    public void A_model_or_a_refit_that_does_not_fit_is_refused()
    {
        QueryContext context = Rounds.Of(TaskKinds.Classification, 5);
        Assert.That(
            () => new ExpectedErrorReductionStrategy(() => new FakeGaussian()).Suggest(context, 1),
            Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("FakeGaussian").And.Message.Contains("ExpectedErrorReduction"));
        Assert.That(() => new ExpectedErrorReductionStrategy(null!), Throws.ArgumentNullException);
        Assert.That(
            () => ExpectedErrorReductionStrategy.Compute(new ClassProbabilities([1, 0], 2), (_, _) => new ClassProbabilities([], 2)),
            Throws.ArgumentException.With.Message.Contains("refit"));
    }

    [Test]
    public void I4_and_I2_the_worked_example()
    {
        double[] committee = [1, 2, 3, 1.5, 2, 2, 0.5, 2, 5], scores = new double[3];
        ExpectedModelChange.Compute(committee, 3, [1, 2, 3], [2, 5, 1], scores);
        Close.Check(scores, [0.666667, 0, 1], Close.SixDecimals);
        CommitteeVariance.Compute(committee, 3, scores);
        Close.Check(scores, [0.166667, 0, 1.555556], Close.SixDecimals);
    }

    [Test]
    public void Committees_agree_with_numpy()
    {
        System.Text.Json.JsonElement golden = GoldenData.DesignSection("emcm");
        double[] samples = GoldenData.DesignSection("sampled_variance_reduction").Numbers("samples"), scores = new double[60];
        (FeatureMatrix rows, _) = Kernel.Rows();
        double[] norms = [.. Enumerable.Range(0, 60).Select(i => Math.Sqrt(rows.Row(i).ToArray().Sum(v => (double)v * v)))];
        ExpectedModelChange.Compute(samples, 9, golden.Numbers("main"), norms, scores);
        Close.Check(scores, golden.Numbers("scores"));
        CommitteeVariance.Compute(samples, 9, scores);
        Close.Check(scores, golden.Numbers("variances"));
    }

    [Test]
    public void The_expected_model_change_of_a_Gaussian_is_that_of_many_samples_of_it()
    {
        QueryContext gaussian = Rounds.Over(TestData.Regression(TestData.Rows(9)), new FakeGaussian());
        double[] scores = gaussian.Score(new ExpectedModelChange());
        FeatureMatrix rows = gaussian.PoolRows(FeatureSpace.Features);
        GaussianPredictions p = gaussian.GaussianPredictions;
        var random = new RandomStream(1);
        for (int i = 0; i < scores.Length; i++)
        {
            double norm = Math.Sqrt(rows.Row(i).ToArray().Sum(v => (double)v * v));
            double mean = Enumerable.Range(0, 40_000).Average(_ => Math.Abs(random.NextGaussian()) * p.StandardDeviation[i] * norm);
            Assert.That(mean, Is.EqualTo(scores[i]).Within(0.02 * scores[i]));
        }
    }

    [Test]
    public void A_committee_is_compared_with_its_mean()
    {
        QueryContext context = Rounds.Over(TestData.Regression(TestData.Rows(12)), new FakeValueCommittee());
        PosteriorValueSamples samples = context.PosteriorValueBlocks().Single().Samples;
        FeatureMatrix rows = context.PoolRows(FeatureSpace.Features);
        double[] norms = [.. Enumerable.Range(0, 8).Select(i => Math.Sqrt(rows.Row(i).ToArray().Sum(v => (double)v * v)))], expected = new double[8];
        ExpectedModelChange.Compute(samples.Values, 5, samples.Moments().Mean, norms, expected);
        Close.Check(context.Score(new ExpectedModelChange()), expected);
        double[] variance = context.Score(new CommitteeVariance()), deviation = context.Score(new StandardDeviation());
        Close.Check(variance, [.. deviation.Select(d => d * d * 4 / 5)]);
    }
}
