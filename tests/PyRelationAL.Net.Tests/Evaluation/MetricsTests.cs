using System.Text.Json;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

public sealed class MetricsTests
{
    [Test]
    public void Classification_metrics_agree_with_scikit_learn()
    {
        JsonElement golden = GoldenData.Section("classification");
        IReadOnlyDictionary<string, double> metrics = ClassificationMetrics.Compute(
            new ClassProbabilities(golden.Numbers("probabilities"), golden.Integer("classCount")), golden.Integers("classes"));
        Assert.That(metrics.Keys, Is.EquivalentTo([MetricNames.Accuracy, MetricNames.BalancedAccuracy, MetricNames.MacroF1, MetricNames.LogLoss]));
        foreach ((string name, double value) in metrics)
        {
            Close.Check(value, golden.Number(name), what: name);
        }
    }

    [Test]
    public void Regression_metrics_agree_with_scikit_learn()
    {
        JsonElement golden = GoldenData.Section("regression");
        IReadOnlyDictionary<string, double> metrics = RegressionMetrics.Compute(golden.Numbers("predicted"), golden.Numbers("actual"));
        Assert.That(
            metrics.Keys,
            Is.EquivalentTo([MetricNames.MeanSquaredError, MetricNames.RootMeanSquaredError, MetricNames.MeanAbsoluteError, MetricNames.RSquared]));
        foreach ((string name, double value) in metrics)
        {
            Close.Check(value, golden.Number(name), what: name);
        }
    }

    [Test]
    public void A_certain_wrong_prediction_costs_a_finite_log_loss() =>
        Close.Check(ClassificationMetrics.Compute(new ClassProbabilities([1, 0], 2), [1])[MetricNames.LogLoss], 52 * Math.Log(2));

    [Test]
    public void The_calibration_error_compares_confidence_with_accuracy_within_bins()
    {
        // Confidence 0.8 and right, 0.7 and wrong, 0.6 and right.
        var p = new ClassProbabilities([0.8, 0.2, 0.7, 0.3, 0.4, 0.6], 2);
        int[] classes = [0, 1, 1];
        Close.Check(ClassificationMetrics.ExpectedCalibrationError(p, classes, binCount: 1), Math.Abs((2 / 3.0) - 0.7));
        Close.Check(ClassificationMetrics.ExpectedCalibrationError(p, classes, binCount: 10), (0.2 + 0.7 + 0.4) / 3, what: "an upper edge belongs to its bin");
        Close.Check(ClassificationMetrics.ExpectedCalibrationError(p, classes, binCount: 4), (Math.Abs(0.2) + Math.Abs(1 - 0.7 - 0.6)) / 3);
        Close.Check(ClassificationMetrics.ExpectedCalibrationError(p, classes), (0.2 + 0.7 + 0.4) / 3, what: "15 bins, edges at 0.6, 0.667, 0.733, 0.8");
        Assert.That(ClassificationMetrics.ExpectedCalibrationError(new ClassProbabilities([1, 0, 0, 1], 2), [0, 1]), Is.Zero);
        Assert.That(ClassificationMetrics.ExpectedCalibrationError(new ClassProbabilities([1, 0, 0, 1], 2), [1, 0]), Is.EqualTo(1));
        Assert.That(
            ClassificationMetrics.ExpectedCalibrationError(new ClassProbabilities([0.75, 0.25, 0.75, 0.25, 0.75, 0.25, 0.75, 0.25], 2), [0, 0, 1, 0]), Is.Zero);
        Assert.That(() => ClassificationMetrics.ExpectedCalibrationError(p, classes, binCount: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ClassificationMetrics.ExpectedCalibrationError(p, [0, 1, 2]), Throws.ArgumentException.With.Message.Contains("[0, 2)"));
        Assert.That(() => ClassificationMetrics.ExpectedCalibrationError(new ClassProbabilities([], 2), []), Throws.ArgumentException);
    }

    [Test]
    public void R_squared_of_a_constant_target_is_one_for_a_perfect_prediction_and_zero_else()
    {
        Assert.That(RegressionMetrics.Compute([2, 2], [2, 2])[MetricNames.RSquared], Is.EqualTo(1));
        Assert.That(RegressionMetrics.Compute([2, 3], [2, 2])[MetricNames.RSquared], Is.EqualTo(0));
        double[] tenths = [.. Enumerable.Repeat(0.1, 7)];
        Assert.That(tenths.Sum(y => y / 7), Is.Not.EqualTo(0.1), "the mean of equal targets can be off by rounding");
        Assert.That(RegressionMetrics.Compute([.. tenths.Skip(1), 0.2], tenths)[MetricNames.RSquared], Is.EqualTo(0));
    }

    [Test]
    public void Metrics_refuse_what_they_cannot_measure()
    {
        var p = new ClassProbabilities([0.5, 0.5], 2);
        Assert.That(() => ClassificationMetrics.Compute(p, [2]), Throws.ArgumentException.With.Message.Contains("[0, 2)"));
        Assert.That(() => ClassificationMetrics.Compute(p, [-1]), Throws.ArgumentException);
        Assert.That(() => ClassificationMetrics.Compute(p, [0, 1]), Throws.ArgumentException);
        Assert.That(() => ClassificationMetrics.Compute(new ClassProbabilities([], 2), []), Throws.ArgumentException);
        Assert.That(() => RegressionMetrics.Compute([], []), Throws.ArgumentException);
        Assert.That(() => RegressionMetrics.Compute([double.NaN], [1]), Throws.ArgumentException.With.Message.Contains("row 0"));
        Assert.That(() => RegressionMetrics.Compute([1], [double.PositiveInfinity]), Throws.ArgumentException);
        Assert.That(() => RegressionMetrics.Compute([1], [1, 2]), Throws.ArgumentException);
    }

    [TestCase(MetricNames.Accuracy, true)]
    [TestCase(MetricNames.BalancedAccuracy, true)]
    [TestCase(MetricNames.MacroF1, true)]
    [TestCase(MetricNames.RSquared, true)]
    [TestCase(MetricNames.LogLoss, false)]
    [TestCase(MetricNames.MeanSquaredError, false)]
    [TestCase(MetricNames.RootMeanSquaredError, false)]
    [TestCase(MetricNames.MeanAbsoluteError, false)]
    public void Metrics_know_their_direction(string metric, bool higherIsBetter) =>
        Assert.That(MetricNames.HigherIsBetter(metric), Is.EqualTo(higherIsBetter));

    [Test]
    public void The_primary_metric_depends_on_the_task()
    {
        Assert.That(MetricNames.Primary(LearningTask.Regression), Is.EqualTo(MetricNames.MeanSquaredError));
        Assert.That(MetricNames.Primary(LearningTask.Classification(2)), Is.EqualTo(MetricNames.BalancedAccuracy));
    }

    [Test]
    public void Every_kind_of_model_is_evaluated_by_what_it_predicts()
    {
        DatasetView classes = DatasetView.All(TestData.Classification(TestData.Rows(20), 3)), values = DatasetView.All(TestData.Regression(TestData.Rows(20)));
        var committee = new FakeCommittee();
        Assert.That(ModelEvaluation.Evaluate(new FakeClassifier(), classes), Contains.Key(MetricNames.Accuracy));
        Assert.That(ModelEvaluation.Evaluate(committee, classes), Contains.Key(MetricNames.LogLoss));
        Assert.That(ModelEvaluation.Evaluate(new FakeGaussian(), values), Contains.Key(MetricNames.RSquared));
        Assert.That(ModelEvaluation.Evaluate(new FakeValueCommittee(), values), Contains.Key(MetricNames.MeanAbsoluteError));

        // Sampled predictions are evaluated with one fixed stream.
        _ = ModelEvaluation.Evaluate(committee, classes);
        Assert.That(committee.Streams.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_model_that_predicts_nothing_fitting_is_named()
    {
        DatasetView classes = DatasetView.All(TestData.Classification(TestData.Rows(5), 2)), values = DatasetView.All(TestData.Regression(TestData.Rows(5)));
        Assert.That(
            () => ModelEvaluation.Evaluate(new FakeGaussian(), classes),
            Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("FakeGaussian").And.Message.Contains("ClassProbabilities"));
        Assert.That(() => ModelEvaluation.Evaluate(new FakeClassifier(), values), Throws.TypeOf<CapabilityMissingException>());
    }
}
