using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.GaussianProcesses;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.GaussianProcesses;

public class GaussianProcessRegressorTests
{
    private static IEnumerable<string> Fixed() => GoldenData.Names("gpr");

    private static IEnumerable<string> Fitted() => GoldenData.Names("gprFit");

    [TestCaseSource(nameof(Fixed))]
    public void LikelihoodAndGradientEqualScikitLearns(string name)
    {
        var golden = GoldenData.Root.GetProperty("gpr").GetProperty(name);
        double[] y = GoldenData.Targets("diabetesTrain");
        double mean = y.Average(), deviation = Math.Sqrt(y.Average(v => (v - mean) * (v - mean)));
        var likelihood = new RegressionLikelihood(
            new TrainingInputs(GoldenData.Features("diabetesTrain")), [.. y.Select(v => (v - mean) / deviation)], golden.Number("jitter"));
        Kernel kernel = GoldenData.Kernels[name];
        var gradient = new double[kernel.FreeCount];
        Assert.That(likelihood.Evaluate(kernel, gradient), Is.EqualTo(golden.Number("lml")).Within(1e-8).Percent);
        Close.AssertAll(gradient, golden.Numbers("gradient"), 1e-7);
    }

    [TestCaseSource(nameof(Fixed))]
    public void PredictionsEqualScikitLearns(string name)
    {
        var golden = GoldenData.Root.GetProperty("gpr").GetProperty(name);
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions
        {
            Kernel = GoldenData.Kernels[name],
            Jitter = golden.Number("jitter"),
            OptimiseHyperparameters = false,
        });
        model.Train(GoldenData.Regression("diabetesTrain"), null, new RandomStream(1));
        DatasetView test = GoldenData.Regression("diabetesTest");
        double[] covariance = golden.Numbers("covariance");
        JointGaussianPredictions joint = model.PredictJointGaussian(test);
        GaussianPredictions marginal = model.PredictGaussian(test);
        Assert.That(model.LogMarginalLikelihood, Is.EqualTo(golden.Number("lml")).Within(1e-8).Percent);
        Close.AssertAll(joint.Mean, golden.Numbers("mean"), 1e-8);
        Close.AssertAll(marginal.Mean, golden.Numbers("mean"), 1e-8);
        Close.AssertAll(joint.Covariance, covariance, 1e-7);
        Close.AssertAll(marginal.StandardDeviation, [.. Enumerable.Range(0, test.Count).Select(i => Math.Sqrt(covariance[i * (test.Count + 1)]))], 1e-7);
    }

    [TestCaseSource(nameof(Fitted))]
    public void FittedLikelihoodIsNoWorseThanScikitLearns(string name)
    {
        var golden = GoldenData.Root.GetProperty("gprFit").GetProperty(name);
        Kernel kernel = name == "ard" ? (1.0 * RbfKernel.Ard(4, 1.0)) + new WhiteNoiseKernel(0.5) : GoldenData.Kernels[name];
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions { Kernel = kernel });
        model.Train(GoldenData.Regression("diabetesTrain"), null, new RandomStream(1));
        Assert.That(model.LogMarginalLikelihood, Is.GreaterThanOrEqualTo(golden.Number("lml") - 1e-3), $"{model.FittedKernel}; {model.HyperparameterFit}");
        Assert.That(model.HyperparameterFit!.Converged, Is.True, model.HyperparameterFit.ToString());
        if (name == "constant*rbf+white")
        {
            Assert.That(model.FittedKernel!.FreeLogValues(), Is.EqualTo(golden.Numbers("theta")).Within(2e-2));
            Close.AssertAll(model.PredictGaussian(GoldenData.Regression("diabetesTest")).Mean, golden.Numbers("mean"), 1e-3);
        }
    }

    [Test]
    public void InterpolatesNoiseFreeTargetsAndKnowsIt()
    {
        DatasetView data = Toy.FromRegression([[0], [1], [2], [3.5f], [5]], 1, 3, 2, -1, 4);
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions { Kernel = 1.0 * new RbfKernel(1.0), OptimiseHyperparameters = false });
        model.Train(data, null, new RandomStream(1));
        GaussianPredictions predicted = model.PredictGaussian(data);
        Assert.That(predicted.Mean.ToArray(), Is.EqualTo(data.Values()).Within(1e-7));
        Assert.That(predicted.StandardDeviation.ToArray(), Has.All.LessThan(1e-4));
    }

    [Test]
    public void FarFromAllDataPredictsTheMeanAndThePriorDeviation()
    {
        DatasetView data = Toy.FromRegression([[0], [1]], 1, 3);
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions { Kernel = 4.0 * new RbfKernel(1.0), OptimiseHyperparameters = false });
        model.Train(data, null, new RandomStream(1));
        GaussianPredictions far = model.PredictGaussian(Toy.FromRegression([[1000]], 0));
        Assert.That(far.Mean[0], Is.EqualTo(2).Within(1e-12), "the mean of the targets");
        Assert.That(far.StandardDeviation[0], Is.EqualTo(2).Within(1e-12), "√4 times the targets' deviation, 1");
    }

    [Test]
    public void TwoRowsFollowTheClosedForm()
    {
        // k(x, x) = 1, k(x₁, x₂) = c, noise s: mean at x₁ = [1 c] [[1+s, c], [c, 1+s]]⁻¹ y.
        double c = Math.Exp(-0.5), s = 0.25;
        DatasetView data = Toy.FromRegression([[0], [1]], 2, -1);
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions
        {
            Kernel = new RbfKernel(1.0) + new WhiteNoiseKernel(s),
            OptimiseHyperparameters = false,
            NormaliseTargets = false,
            Jitter = 0,
        });
        model.Train(data, null, new RandomStream(1));
        GaussianPredictions predicted = model.PredictGaussian(data);
        double determinant = ((1 + s) * (1 + s)) - (c * c);
        Assert.That(predicted.Mean[0], Is.EqualTo(((2 * (1 + s - (c * c))) - (c * (1 + s)) + c) / determinant).Within(1e-12));
        double explained = ((1 + s) - (2 * c * c) + (c * c * (1 + s))) / determinant;
        Assert.That(predicted.StandardDeviation[0], Is.EqualTo(Math.Sqrt(1 - explained)).Within(1e-12));
    }

    [Test]
    public void JointCovarianceAgreesWithTheMarginalsAndDrawsWithBoth()
    {
        DatasetView data = Toy.Regression(30);
        var model = new GaussianProcessRegressor();
        model.Train(data, null, new RandomStream(1));
        DatasetView items = Toy.Regression(5, seed: 77);
        JointGaussianPredictions joint = model.PredictJointGaussian(items);
        GaussianPredictions marginal = model.PredictGaussian(items);
        for (int i = 0; i < 5; i++)
        {
            Assert.That(Math.Sqrt(joint.Covariance[i * 6]), Is.EqualTo(marginal.StandardDeviation[i]).Within(1e-9));
        }

        var random = new RandomStream(3);
        const int Draws = 4000;
        double[][] draws = [.. Enumerable.Range(0, Draws).Select(_ => joint.Draw(random))];
        for (int i = 0; i < 5; i++)
        {
            double mean = draws.Average(d => d[i]);
            double s = marginal.StandardDeviation[i];
            Assert.That(mean, Is.EqualTo(joint.Mean[i]).Within(5 * s / Math.Sqrt(Draws)));
            double covariance = draws.Average(d => (d[i] - joint.Mean[i]) * (d[0] - joint.Mean[0]));
            Assert.That(covariance, Is.EqualTo(joint.Covariance[i]).Within(8 * s * marginal.StandardDeviation[0] / Math.Sqrt(Draws)));
        }
    }

    [Test]
    public void DuplicateRowsWithoutNoiseAreSurvivedByMoreJitter()
    {
        DatasetView data = Toy.FromRegression([[0], [0], [0], [1]], 1, 1, 1, 2);
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions
        {
            Kernel = new ConstantKernel(100) * new RbfKernel(1.0),
            OptimiseHyperparameters = false,
            Jitter = 0,
        });
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.PredictGaussian(data).Mean.ToArray(), Is.EqualTo(new[] { 1.0, 1, 1, 2 }).Within(1e-3));
    }

    [Test]
    public void CovariancesThatNoJitterRepairsFailWithAdvice()
    {
        Kernel overflowing = new ConstantKernel(Hyperparameter.Fixed(1e300)) * new ConstantKernel(Hyperparameter.Fixed(1e300));
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions { Kernel = overflowing });
        Assert.That(
            () => model.Train(Toy.Regression(5), null, new RandomStream(1)),
            Throws.InstanceOf<ModelTrainingException>().With.Message.Contains("WhiteNoiseKernel"));
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void FittingSurvivesAStartWhoseCovarianceIsSingular()
    {
        DatasetView data = Toy.FromRegression([[0], [0], [1], [2]], 1, 1.5, 2, 0);
        var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions { Kernel = 1e5 * new RbfKernel(1.0), Jitter = 0 });
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.PredictGaussian(data).Mean[0], Is.EqualTo(1.25).Within(0.05));
    }

    [Test]
    public void OneRowAndEqualTargetsTrain()
    {
        var model = new GaussianProcessRegressor();
        model.Train(Toy.FromRegression([[1, 2]], 7), null, new RandomStream(1));
        Assert.That(model.PredictGaussian(Toy.FromRegression([[1, 2], [9, 9]], 0, 0)).Mean.ToArray(), Is.EqualTo(new[] { 7.0, 7 }).Within(1e-9));
        model.Train(Toy.FromRegression([[1], [2], [3]], 5, 5, 5), null, new RandomStream(1));
        Assert.That(model.PredictGaussian(Toy.FromRegression([[2.5f]], 0)).Mean[0], Is.EqualTo(5).Within(1e-9));
    }

    [Test]
    public void RestartsNeverLowerTheLikelihoodAndAreReproducible()
    {
        DatasetView data = Toy.Regression(25);
        Kernel poor = 1.0 * new RbfKernel(1e-3);
        double[] likelihoods = [.. new[] { 0, 3, 3 }.Select(restarts =>
        {
            var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions { Kernel = poor + new WhiteNoiseKernel(1.0), Restarts = restarts });
            model.Train(data, null, new RandomStream(4));
            return model.LogMarginalLikelihood!.Value;
        })];
        Assert.That(likelihoods[1], Is.GreaterThan(likelihoods[0] + 1), "the poor start is in a poor optimum");
        Assert.That(likelihoods[2], Is.EqualTo(likelihoods[1]));
    }

    [Test]
    public void DefaultKernelLearnsASmoothFunctionInManyDimensions()
    {
        DatasetView data = Toy.Regression(80, columns: 20, noise: 0.05);
        var model = new GaussianProcessRegressor();
        model.Train(data.Slice(0, 60), null, new RandomStream(1));
        IReadOnlyDictionary<string, double> metrics = ((IModelManager)model).Evaluate(data.Slice(60, 20));
        Assert.That(metrics["r2"], Is.GreaterThan(0.5));
    }

    [Test]
    public void ThreadsDoNotChangeABit()
    {
        DatasetView data = Toy.Regression(40), pool = Toy.Regression(1500, seed: 9);
        double[][] deviations = [.. new[] { 1, 2, -1 }.Select(threads =>
        {
            var model = new GaussianProcessRegressor(new GaussianProcessRegressorOptions { MaxDegreeOfParallelism = threads });
            model.Train(data, null, new RandomStream(1));
            return model.PredictGaussian(pool).StandardDeviation.ToArray();
        })];
        Assert.That(deviations[1], Is.EqualTo(deviations[0]));
        Assert.That(deviations[2], Is.EqualTo(deviations[0]));
    }

    [Test]
    public void OptionsAreCheckedAtConstruction()
    {
        Assert.That(() => new GaussianProcessRegressor(new() { Jitter = double.NaN }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new GaussianProcessRegressor(new() { Restarts = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new GaussianProcessRegressor(new() { MaxDegreeOfParallelism = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void NotANumberNeverReachesTheModel() =>
        Assert.That(
            () => new GaussianProcessRegressor().Train(new DatasetView(new NotANumber(), new[] { 0 }), null, new RandomStream(1)), Throws.ArgumentException);

    private sealed class NotANumber : IDataset
    {
        public string Name => "broken";

        public int Count => 1;

        public LearningTask Task => LearningTask.Regression;

        public int FeatureCount => 1;

        public void CopyFeatures(int index, Span<float> destination) => destination.Fill(float.NaN);

        public Label GetLabel(int index) => Label.OfValue(1);

        public void SetLabel(int index, Label label) => throw new NotSupportedException();
    }
}
