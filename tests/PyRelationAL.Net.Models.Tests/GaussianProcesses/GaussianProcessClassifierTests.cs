using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.GaussianProcesses;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.GaussianProcesses;

public class GaussianProcessClassifierTests
{
    private static IEnumerable<string> Fixed() => GoldenData.Names("gpc");

    [TestCaseSource(nameof(Fixed))]
    public void LikelihoodGradientAndProbabilitiesEqualScikitLearns(string name)
    {
        var golden = GoldenData.Root.GetProperty("gpc").GetProperty(name);
        Kernel kernel = GoldenData.Kernels[name];
        var likelihood = new LaplaceLikelihood(new TrainingInputs(GoldenData.Features("irisTrain2")), GoldenData.Targets("irisTrain2"));
        var gradient = new double[kernel.FreeCount];
        Assert.That(likelihood.Evaluate(kernel, gradient), Is.EqualTo(golden.Number("lml")).Within(1e-8).Percent);
        Close.AssertAll(gradient, golden.Numbers("gradient"), 1e-6);

        var model = new GaussianProcessClassifier(new() { Kernel = kernel, OptimiseHyperparameters = false });
        model.Train(GoldenData.Classification("irisTrain2"), null, new RandomStream(1));
        Assert.That(model.LogMarginalLikelihoods, Is.EqualTo(new[] { golden.Number("lml") }).Within(1e-8).Percent);
        Close.AssertAll(model.PredictProbabilities(GoldenData.Classification("irisTest2")).Values, golden.Numbers("probabilities"), 1e-6);
    }

    [Test]
    public void FittedLikelihoodIsNoWorseThanScikitLearns()
    {
        var golden = GoldenData.Root.GetProperty("gpcFit");
        var model = new GaussianProcessClassifier(new() { Kernel = 1.0 * new RbfKernel(1.0) });
        model.Train(GoldenData.Classification("irisTrain2"), null, new RandomStream(1));
        Assert.That(model.LogMarginalLikelihoods[0], Is.GreaterThanOrEqualTo(golden.Number("lml") - 1e-3));
        Assert.That(model.HyperparameterFits[0]!.Converged, Is.True, model.HyperparameterFits[0]!.ToString());
        Assert.That(model.FittedKernels[0].FreeLogValues(), Is.EqualTo(golden.Numbers("theta")).Within(5e-2));
        Close.AssertAll(model.PredictProbabilities(GoldenData.Classification("irisTest2")).Values, golden.Numbers("probabilities"), 2e-3);
    }

    [Test]
    public void OneAgainstTheRestEqualsScikitLearns()
    {
        var model = new GaussianProcessClassifier(new() { Kernel = 1.7 * new RbfKernel(1.3), OptimiseHyperparameters = false });
        model.Train(GoldenData.Classification("irisTrain3"), null, new RandomStream(1));
        Close.AssertAll(
            model.PredictProbabilities(GoldenData.Classification("irisTest3")).Values,
            GoldenData.Root.GetProperty("gpcOneVsRest").Numbers("probabilities"),
            1e-6);
    }

    [Test]
    public void GradientAgreesWithFiniteDifferences([Values("constant*ard", "rbf*matern32+constant*rq+white")] string name)
    {
        var likelihood = new LaplaceLikelihood(new TrainingInputs(GoldenData.Features("irisTrain2")), GoldenData.Targets("irisTrain2"));
        Kernel kernel = GoldenData.Kernels[name];
        double[] at = kernel.FreeLogValues(), gradient = new double[at.Length], unused = new double[at.Length];
        likelihood.Evaluate(kernel, gradient);
        for (int p = 0; p < at.Length; p++)
        {
            double numeric = (Moved(p, 1e-4) - Moved(p, -1e-4)) / 2e-4;
            Assert.That(gradient[p], Is.EqualTo(numeric).Within(1e-6), $"hyperparameter {p}");
        }

        double Moved(int p, double step)
        {
            double[] moved = [.. at];
            moved[p] += step;
            return likelihood.Evaluate(kernel.WithFreeLogValues(moved), unused);
        }
    }

    [Test]
    public void WarmStartLeadsToTheSameMode()
    {
        var inputs = new TrainingInputs(GoldenData.Features("irisTrain2"));
        double[] y = GoldenData.Targets("irisTrain2"), gradient = new double[2];
        var warm = new LaplaceLikelihood(inputs, y);
        foreach ((double variance, double length) in new[] { (1.0, 1.0), (5e4, 3.0), (1e-4, 0.1), (5e4, 1e-4), (9e4, 80.0), (2.0, 1.0) })
        {
            Kernel kernel = variance * new RbfKernel(length);
            double cold = new LaplaceLikelihood(inputs, y).Evaluate(kernel, gradient);
            Assert.That(warm.Evaluate(kernel, gradient), Is.EqualTo(cold).Within(1e-7 * Math.Max(1, Math.Abs(cold))), kernel.ToString());
        }
    }

    [Test]
    public void QuadratureIsTheIntegralAndErrorFunctionsAreNearIt()
    {
        foreach (double mean in new[] { -8.0, -1, 0, 0.3, 4 })
        {
            foreach (double variance in new[] { 0.0, 1e-6, 0.5, 4, 900 })
            {
                double exact = Simpson(mean, Math.Sqrt(variance));
                Assert.That(AveragedLogistic.Average(mean, variance, LogisticIntegral.Quadrature), Is.EqualTo(exact).Within(1e-8), $"{mean} {variance}");
                Assert.That(AveragedLogistic.Average(mean, variance, LogisticIntegral.ErrorFunctions), Is.EqualTo(exact).Within(4.5e-4), $"{mean} {variance}");
            }
        }

        static double Simpson(double mean, double deviation)
        {
            const int Intervals = 200_000;
            double width = 20.0 / Intervals, sum = 0;
            for (int i = 0; i <= Intervals; i++)
            {
                double z = -10 + (i * width);
                int weight = i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * Math.Exp(-0.5 * z * z) / (1 + Math.Exp(-(mean + (deviation * z))));
            }

            return sum * width / 3 / Math.Sqrt(2 * Math.PI);
        }
    }

    [Test]
    public void ClassesWithoutLabelsHaveProbabilityZero()
    {
        var model = new GaussianProcessClassifier();
        model.Train(Toy.FromClassification([[0], [1], [5], [6]], [1, 1, 3, 3], 5), null, new RandomStream(1));
        ClassProbabilities p = model.PredictProbabilities(Toy.FromClassification([[0.5f], [5.5f]], [1, 3], 5));
        Assert.That(p.ArgMax(0), Is.EqualTo(1));
        Assert.That(p.ArgMax(1), Is.EqualTo(3));
        Assert.That(p.Row(0)[0] + p.Row(0)[2] + p.Row(0)[4], Is.Zero);
        Assert.That(model.FittedKernels, Has.Count.EqualTo(1));
    }

    [Test]
    public void OneClassAloneIsCertain()
    {
        var model = new GaussianProcessClassifier();
        model.Train(Toy.FromClassification([[0], [1]], [2, 2], 4), null, new RandomStream(1));
        DatasetView items = Toy.FromClassification([[7]], [0], 4);
        Assert.That(model.PredictProbabilities(items).Row(0).ToArray(), Is.EqualTo(new[] { 0.0, 0, 1, 0 }));
        Assert.That(model.SampleProbabilities(items, new RandomStream(1)).Row(31, 0).ToArray(), Is.EqualTo(new[] { 0.0, 0, 1, 0 }));
    }

    [Test]
    public void ContradictingDuplicatesAreUncertain()
    {
        var model = new GaussianProcessClassifier();
        DatasetView data = Toy.FromClassification([[1], [1], [1], [1]], [0, 1, 0, 1], 2);
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.PredictProbabilities(data).Row(0)[0], Is.EqualTo(0.5).Within(1e-6));
    }

    [Test]
    public void SamplesAverageToThePredictedProbabilities()
    {
        var model = new GaussianProcessClassifier(new() { SampleCount = 4000, LogisticIntegral = LogisticIntegral.Quadrature });
        model.Train(Toy.Classification(40, classes: 2), null, new RandomStream(1));
        DatasetView items = Toy.Classification(6, classes: 2, seed: 8);
        PosteriorClassSamples samples = model.SampleProbabilities(items, new RandomStream(2));
        Assert.That(samples.SampleCount, Is.EqualTo(4000));
        Assert.That(model.Consistent, Is.False);
        Assert.That(samples.Mean().Values.ToArray(), Is.EqualTo(model.PredictProbabilities(items).Values.ToArray()).Within(0.02));
    }

    [Test]
    public void DefaultKernelLearnsInManyDimensions()
    {
        DatasetView data = Toy.Classification(160, columns: 30, classes: 2);
        var model = new GaussianProcessClassifier();
        model.Train(data.Slice(0, 100), null, new RandomStream(1));
        Assert.That(((IModelManager)model).Evaluate(data.Slice(100, 60))["accuracy"], Is.GreaterThan(0.65));
    }

    [Test]
    public void ThreadsDoNotChangeABit()
    {
        DatasetView data = Toy.Classification(40), pool = Toy.Classification(1300, seed: 9);
        double[][] samples = [.. new[] { 1, 2, -1 }.Select(threads =>
        {
            var model = new GaussianProcessClassifier(new() { MaxDegreeOfParallelism = threads, Restarts = 1, SampleCount = 3 });
            model.Train(data, null, new RandomStream(1));
            return model.SampleProbabilities(pool, new RandomStream(3)).Values.ToArray();
        })];
        Assert.That(samples[1], Is.EqualTo(samples[0]));
        Assert.That(samples[2], Is.EqualTo(samples[0]));
    }

    [Test]
    public void AKernelOfTheWrongWidthIsRefusedOnAnyNumberOfThreads([Values(1, -1)] int threads)
    {
        var model = new GaussianProcessClassifier(new() { Kernel = RbfKernel.Ard(2, 1.0), MaxDegreeOfParallelism = threads });
        Assert.That(() => model.Train(Toy.Classification(10), null, new RandomStream(1)), Throws.ArgumentException.With.Message.Contains("length scales"));
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void CovariancesBeyondNumericalReachFailWithAdvice([Values(1, -1)] int threads)
    {
        // The bounds allow a variance whose products overflow.
        Kernel kernel = new ConstantKernel(Hyperparameter.Fixed(1e300)) * new ConstantKernel(Hyperparameter.Fixed(1e300));
        var model = new GaussianProcessClassifier(new() { Kernel = kernel, MaxDegreeOfParallelism = threads });
        Assert.That(
            () => model.Train(Toy.Classification(10), null, new RandomStream(1)),
            Throws.InstanceOf<ModelTrainingException>().With.Message.Contains("Bound"));
    }

    [Test]
    public void OptionsAreCheckedAtConstruction()
    {
        Assert.That(() => new GaussianProcessClassifier(new() { SampleCount = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new GaussianProcessClassifier(new() { Restarts = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new GaussianProcessClassifier(new() { MaxDegreeOfParallelism = -2 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new GaussianProcessClassifier(new() { LogisticIntegral = (LogisticIntegral)9 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
