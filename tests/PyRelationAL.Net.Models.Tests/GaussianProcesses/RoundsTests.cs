using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.GaussianProcesses;

public class RoundsTests
{
    private static readonly Kernel Given = 1.0 * new RbfKernel(1.0);

    private static IEnumerable<Kernel> FixedKernels() =>
    [
        Given,
        (0.7 * RbfKernel.Ard(3, 1.3)) + new WhiteNoiseKernel(0.05),
        new MaternKernel(MaternSmoothness.FiveHalves, 2.0) * new RationalQuadraticKernel(1.5, 0.8),
    ];

    [TestCaseSource(nameof(FixedKernels))]
    public void AFixedKernelsRoundsHaveTheBitsOfTrainingAnew(Kernel kernel)
    {
        DatasetView all = Toy.Regression(700, columns: 3);
        var options = new GaussianProcessRegressorOptions { Kernel = kernel, OptimiseHyperparameters = false, Jitter = 1e-6, MaxDegreeOfParallelism = 2 };
        IModelManager model = new GaussianProcessRegressor(options);
        foreach (int labels in new[] { 1, 2, 3, 7, 8, 9, 20, 21, 70 })
        {
            model.EndRound();
            model.Train(all.Slice(0, labels), null, new RandomStream(1));
            var anew = new GaussianProcessRegressor(options with { MaxDegreeOfParallelism = 1 });
            anew.Train(all.Slice(0, labels), null, new RandomStream(1));
            var grown = (GaussianProcessRegressor)model;
            Assert.That(grown.LogMarginalLikelihood, Is.EqualTo(anew.LogMarginalLikelihood), $"{labels}");
            DatasetView test = all.Slice(600, 100), pool = all.Slice(labels, 600 - labels), other = Toy.Regression(9, columns: 3, seed: 4);
            foreach (DatasetView items in new[] { test, pool, all.SelectRows([650, 3, 599]), other })
            {
                GaussianPredictions expected = anew.PredictGaussian(items), got = grown.PredictGaussian(items);
                Assert.That(got.Mean.ToArray(), Is.EqualTo(expected.Mean.ToArray()), $"{labels}");
                Assert.That(got.StandardDeviation.ToArray(), Is.EqualTo(expected.StandardDeviation.ToArray()), $"{labels}");
            }
        }
    }

    [Test]
    public void OtherRowsAreNotTakenForMoreOfTheSame()
    {
        DatasetView all = Toy.Regression(60);
        var options = new GaussianProcessRegressorOptions { Kernel = Given, OptimiseHyperparameters = false, Jitter = 1e-3 };
        IModelManager model = new GaussianProcessRegressor(options);
        foreach (int[] rows in new[] { new[] { 1, 2, 3 }, [1, 2], [2, 1, 3], [2, 1, 3, 3, 3], [5, 6, 7, 8, 9, 10] })
        {
            model.EndRound();
            model.Train(all.SelectRows(rows), null, new RandomStream(1));
            var anew = new GaussianProcessRegressor(options);
            anew.Train(all.SelectRows(rows), null, new RandomStream(1));
            Assert.That(
                Means(model, all), Is.EqualTo(Means(anew, all)), string.Join(' ', rows));
        }
    }

    [Test]
    public void DuplicatesWithoutJitterAreSurvivedInEveryRound()
    {
        DatasetView all = Toy.FromRegression([[0], [1], [0], [0], [1], [3]], 1, 2, 1, 1, 2, 0);
        Kernel kernel = new ConstantKernel(100) * new RbfKernel(1.0);
        var options = new GaussianProcessRegressorOptions { Kernel = kernel, OptimiseHyperparameters = false, Jitter = 0 };
        IModelManager model = new GaussianProcessRegressor(options);
        for (int labels = 1; labels <= all.Count; labels++)
        {
            model.EndRound();
            model.Train(all.Slice(0, labels), null, new RandomStream(1));
            var anew = new GaussianProcessRegressor(options);
            anew.Train(all.Slice(0, labels), null, new RandomStream(1));
            Assert.That(Means(model, all), Is.EqualTo(Means(anew, all)), $"{labels}");
        }
    }

    [Test]
    public void WarmStartsOfTheRegressorEndNoLowerThanFreshOnes()
    {
        DatasetView all = Toy.Regression(90, noise: 0.2);
        IModelManager warm = new GaussianProcessRegressor(new() { WarmStart = true, Kernel = Given + new WhiteNoiseKernel(1.0) });
        int saved = 0;
        for (int labels = 5; labels <= all.Count; labels += 2)
        {
            warm.EndRound();
            warm.Train(all.Slice(0, labels), null, new RandomStream(1));
            var fresh = new GaussianProcessRegressor(new() { Kernel = Given + new WhiteNoiseKernel(1.0) });
            fresh.Train(all.Slice(0, labels), null, new RandomStream(1));
            var model = (GaussianProcessRegressor)warm;
            Assert.That(model.LogMarginalLikelihood, Is.GreaterThanOrEqualTo(fresh.LogMarginalLikelihood!.Value - 1e-3), $"{labels}");
            saved += fresh.HyperparameterFit!.Evaluations - model.HyperparameterFit!.Evaluations;
        }

        Assert.That(saved, Is.Positive);
    }

    [Test]
    public void WarmStartsOfTheClassifierEndNoLowerThanFreshOnes()
    {
        DatasetView all = Toy.Classification(120, classes: 3);
        IModelManager warm = new GaussianProcessClassifier(new() { WarmStart = true, MaxDegreeOfParallelism = 2 });
        int saved = 0;
        for (int labels = 20; labels <= all.Count; labels += 5)
        {
            warm.EndRound();
            warm.Train(all.Slice(0, labels), null, new RandomStream(1));
            var fresh = new GaussianProcessClassifier();
            fresh.Train(all.Slice(0, labels), null, new RandomStream(1));
            var model = (GaussianProcessClassifier)warm;
            for (int k = 0; k < fresh.LogMarginalLikelihoods.Count; k++)
            {
                Assert.That(model.LogMarginalLikelihoods[k], Is.GreaterThanOrEqualTo(fresh.LogMarginalLikelihoods[k] - 1e-3), $"{labels}, function {k}");
            }

            saved += fresh.HyperparameterFits.Sum(f => f!.Evaluations) - model.HyperparameterFits.Sum(f => f!.Evaluations);
        }

        Assert.That(saved, Is.Positive);
    }

    [Test]
    public void ResetForgetsWhatWarmStartsRemember([Values] bool reset)
    {
        DatasetView all = Toy.Regression(40, noise: 0.2);
        IModelManager model = new GaussianProcessRegressor(new() { WarmStart = true, Kernel = Given + new WhiteNoiseKernel(1.0) });
        model.Train(all.Slice(0, 38), null, new RandomStream(1));
        if (reset)
        {
            model.Reset();
        }
        else
        {
            model.EndRound();
        }

        Assert.That(model.IsTrained, Is.False);
        model.Train(all, null, new RandomStream(1));
        var fresh = new GaussianProcessRegressor(new() { Kernel = Given + new WhiteNoiseKernel(1.0) });
        fresh.Train(all, null, new RandomStream(1));
        var trained = (GaussianProcessRegressor)model;
        Assert.That(trained.HyperparameterFit!.Evaluations == fresh.HyperparameterFit!.Evaluations, Is.EqualTo(reset));
        Assert.That(trained.LogMarginalLikelihood == fresh.LogMarginalLikelihood, Is.EqualTo(reset));
    }

    [Test]
    public void WarmRunsAreReproducibleWithTheSameModelAndOnAnyNumberOfThreads()
    {
        var model = new GaussianProcessClassifier(new() { WarmStart = true, MaxDegreeOfParallelism = 2 });
        int[][] runs =
        [
            Labelled(model),
            Labelled(model),
            Labelled(new GaussianProcessClassifier(new() { WarmStart = true })),
        ];
        Assert.That(runs[1], Is.EqualTo(runs[0]));
        Assert.That(runs[2], Is.EqualTo(runs[0]));

        static int[] Labelled(IModelManager model)
        {
            var task = new BenchmarkTask(Iris.Source, new ColdStart(), FoldIndex: 0);
            var pipeline = new ActiveLearningPipeline(task.CreateDataManager(seed: 3), model, new LeastConfidenceStrategy(), seed: 3);
            pipeline.Run(rounds: 25);
            return [.. pipeline.Data.LabelledIndices];
        }
    }

    private static double[] Means(IModelManager model, DatasetView items) => ((GaussianProcessRegressor)model).PredictGaussian(items).Mean.ToArray();
}
