using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.Linear;

public class BayesianLinearRegressionTests
{
    [Test]
    public void FitAndPredictionsEqualScikitLearns()
    {
        var golden = GoldenData.Root.GetProperty("bayesianRidge");
        var model = new BayesianLinearRegression(new() { Tolerance = 1e-12, MaximumIterations = 10_000 });
        model.Train(GoldenData.Regression("diabetesTrain"), null, new RandomStream(1));
        Assert.That(model.WeightPrecision, Is.EqualTo(golden.Number("weightPrecision")).Within(1e-4).Percent);
        Assert.That(model.NoisePrecision, Is.EqualTo(golden.Number("noisePrecision")).Within(1e-4).Percent);
        Close.AssertAll(model.Weights.Span, golden.Numbers("weights"), 1e-6);
        Assert.That(model.Intercept, Is.EqualTo(golden.Number("intercept")).Within(1e-4).Percent);
        GaussianPredictions predicted = model.PredictGaussian(GoldenData.Regression("diabetesTest"));
        Close.AssertAll(predicted.Mean, golden.Numbers("mean"), 1e-6);
        Close.AssertAll(predicted.StandardDeviation, golden.Numbers("deviation"), 1e-6);
    }

    [Test]
    public void OneFeatureFollowsTheClosedForm()
    {
        // x = −1, 1 and y = 1, 3: Σ = 1/(α + 2β), m = βΣ·2, intercept N(2, 1/(2β)).
        const double Alpha = 0.5, Beta = 4;
        var model = new BayesianLinearRegression(new() { WeightPrecision = Alpha, NoisePrecision = Beta, MaximiseEvidence = false });
        model.Train(Toy.FromRegression([[-1], [1]], 1, 3), null, new RandomStream(1));
        GaussianPredictions p = model.PredictGaussian(Toy.FromRegression([[3]], 0));
        double variance = 1 / (Alpha + (2 * Beta));
        Assert.That(p.Mean[0], Is.EqualTo(2 + (3 * Beta * variance * 2)).Within(1e-12));
        Assert.That(p.StandardDeviation[0], Is.EqualTo(Math.Sqrt((9 * variance) + (1 / (2 * Beta)))).Within(1e-12));
    }

    [Test]
    public void MoreFeaturesThanRowsEqualsTheSameRidgeByItsDual()
    {
        // In the dual the posterior mean at x* is k*ᵀ(K + I/β)⁻¹y with k = x·x′/α: a Gaussian process with a linear kernel.
        DatasetView data = Toy.Regression(6, columns: 15), test = Toy.Regression(4, columns: 15, seed: 5);
        const double Alpha = 0.7, Beta = 2.5;
        var model = new BayesianLinearRegression(new() { WeightPrecision = Alpha, NoisePrecision = Beta, MaximiseEvidence = false });
        model.Train(data, null, new RandomStream(1));
        double[] means = [.. Enumerable.Range(0, 15).Select(j => Enumerable.Range(0, 6).Average(i => (double)data.Features.Row(i)[j]))];
        double[][] x = Centred(data), t = Centred(test);
        double[] y = data.Values();
        double mean = y.Average();
        var k = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(6, 6, (i, j) => (Dot(x[i], x[j]) / Alpha) + (i == j ? 1 / Beta : 0)).Inverse();
        GaussianPredictions p = model.PredictGaussian(test);
        for (int i = 0; i < 4; i++)
        {
            var cross = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(6, j => Dot(t[i], x[j]) / Alpha);
            var targets = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(6, j => y[j] - mean);
            Assert.That(p.Mean[i], Is.EqualTo(mean + (cross * (k * targets))).Within(1e-9));
            double variance = (Dot(t[i], t[i]) / Alpha) - (cross * (k * cross)) + (1 / (Beta * 6));
            Assert.That(p.StandardDeviation[i], Is.EqualTo(Math.Sqrt(variance)).Within(1e-9));
        }

        double[][] Centred(DatasetView view) =>
            [.. Enumerable.Range(0, view.Count).Select(i => Enumerable.Range(0, 15).Select(j => view.Features.Row(i)[j] - means[j]).ToArray())];
    }

    [TestCase(30, 3)]
    [TestCase(5, 9)]
    public void DrawsHaveThePosteriorsMeanAndCovariance(int rows, int columns)
    {
        const int Draws = 6000;
        var model = new BayesianLinearRegression(new() { SampleCount = Draws });
        model.Train(Toy.Regression(rows, columns), null, new RandomStream(1));
        DatasetView items = Toy.Regression(4, columns, seed: 6);
        JointGaussianPredictions joint = model.PredictJointGaussian(items);
        GaussianPredictions marginal = model.PredictGaussian(items);
        PosteriorValueSamples samples = model.SampleValues(items, new RandomStream(2));
        for (int i = 0; i < 4; i++)
        {
            double s = marginal.StandardDeviation[i];
            Assert.That(Math.Sqrt(joint.Covariance[i * 5]), Is.EqualTo(s).Within(1e-9));
            double mean = Enumerable.Range(0, Draws).Average(m => samples.Sample(m)[i]);
            Assert.That(mean, Is.EqualTo(joint.Mean[i]).Within(5 * s / Math.Sqrt(Draws)));
            double covariance = Enumerable.Range(0, Draws).Average(m => (samples.Sample(m)[i] - joint.Mean[i]) * (samples.Sample(m)[0] - joint.Mean[0]));
            Assert.That(covariance, Is.EqualTo(joint.Covariance[i]).Within(8 * s * marginal.StandardDeviation[0] / Math.Sqrt(Draws)));
        }
    }

    [Test]
    public void SamplesAreLinearFunctionsSharedByAllItems()
    {
        var model = new BayesianLinearRegression();
        model.Train(Toy.Regression(20), null, new RandomStream(1));
        DatasetView line = Toy.FromRegression([[0, 0], [1, 2], [2, 4]], 0, 0, 0);
        PosteriorValueSamples samples = model.SampleValues(line, new RandomStream(2));
        for (int m = 0; m < samples.SampleCount; m++)
        {
            ReadOnlySpan<double> s = samples.Sample(m);
            Assert.That(s[2] - s[1], Is.EqualTo(s[1] - s[0]).Within(1e-10));
        }

        PosteriorValueSamples again = model.SampleValues(line.Slice(1, 1), new RandomStream(2));
        Assert.That(again.Sample(3)[0], Is.EqualTo(samples.Sample(3)[1]));
    }

    [Test]
    public void ExactConstantAndSingleTargetsTrain()
    {
        var model = new BayesianLinearRegression();
        model.Train(Toy.FromRegression([[0], [1], [2]], 1, 3, 5), null, new RandomStream(1));
        Assert.That(model.PredictGaussian(Toy.FromRegression([[4]], 0)).Mean[0], Is.EqualTo(9).Within(1e-3));
        model.Train(Toy.FromRegression([[0], [1], [2]], 4, 4, 4), null, new RandomStream(1));
        Assert.That(model.PredictGaussian(Toy.FromRegression([[9]], 0)).Mean[0], Is.EqualTo(4).Within(1e-9));
        model.Train(Toy.FromRegression([[3, 3]], 4), null, new RandomStream(1));
        GaussianPredictions p = model.PredictGaussian(Toy.FromRegression([[3, 3], [5, 5]], 0, 0));
        Assert.That(p.Mean.ToArray(), Is.EqualTo(new[] { 4.0, 4 }));
        Assert.That(p.StandardDeviation[1], Is.GreaterThan(p.StandardDeviation[0]));
    }

    [Test]
    public void OptionsAreCheckedAtConstruction()
    {
        Assert.That(() => new BayesianLinearRegression(new() { WeightPrecision = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new BayesianLinearRegression(new() { NoisePrecision = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new BayesianLinearRegression(new() { SampleCount = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
}
