using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>What happens at the edges: little data, odd data, training that fails or is stopped.</summary>
public sealed class RobustnessTests
{
    private static readonly NeuralNetworkOptions Small = new() { HiddenWidths = [8], Epochs = 30, BatchSize = 4 };

    [Test]
    public void BatchesOfOneAndOneLabelledItemAreEnough(
        [Values] NetworkNormalisation normalisation, [Values(1, 5)] int count, [Values(1, 4)] int batch)
    {
        NeuralNetworkOptions options = Small with { Normalisation = normalisation, BatchSize = batch, Dropout = 0.2 };
        var regressor = new NeuralNetworkRegressor(options);
        regressor.Train(Toy.Regression(count), null, new RandomStream(1));
        Assert.That(regressor.PredictValues(Toy.Regression(9, seed: 7)), Has.All.Matches<double>(double.IsFinite));
        var classifier = new NeuralNetworkClassifier(options);
        classifier.Train(Toy.Classification(count), null, new RandomStream(1));
        Assert.That(classifier.PredictProbabilities(Toy.Classification(9, seed: 7)).RowCount, Is.EqualTo(9));
    }

    [Test]
    public void AClassThatNobodyLabelledBecomesImprobable([Values] bool balanced)
    {
        DatasetView data = Toy.Classification(60, classes: 2, taskClasses: 4);
        var model = new NeuralNetworkClassifier(new NeuralNetworkOptions { BalanceClasses = balanced });
        model.Train(data, null, new RandomStream(1));
        ClassProbabilities predicted = model.PredictProbabilities(data);
        Assert.That(predicted.ClassCount, Is.EqualTo(4));
        for (int i = 0; i < predicted.RowCount; i++)
        {
            Assert.That(predicted.Row(i)[2] + predicted.Row(i)[3], Is.LessThan(0.05));
        }
    }

    [Test]
    public void ClassWeightsMoveTheBorder()
    {
        DatasetView data = Toy.Classification(200, classes: 2);
        Assert.That(Share([1, 10]), Is.GreaterThan(Share(null) + 0.05));
        Assert.That(Share([10, 1]), Is.LessThan(Share(null) - 0.05));

        double Share(double[]? weights)
        {
            var model = new NeuralNetworkClassifier(Small with { ClassWeights = weights });
            model.Train(data, null, new RandomStream(1));
            ClassProbabilities predicted = model.PredictProbabilities(data);
            return Enumerable.Range(0, data.Count).Average(i => predicted.Row(i)[1]);
        }
    }

    [Test]
    public void ClassWeightsThatDoNotFitTheTaskAreRefused()
    {
        var model = new NeuralNetworkClassifier(Small with { ClassWeights = [1, 2] });
        Assert.That(
            () => model.Train(Toy.Classification(9), null, new RandomStream(1)), Throws.ArgumentException.With.Message.Contains("2 weights; the task has 3"));
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void TrainingThatDivergesSaysSoAndLeavesTheModelUntrained()
    {
        NeuralNetworkOptions steep = Small with { Optimiser = new SgdOptimiser { LearningRate = 1e6 }, Activation = ActivationFunction.Elu };
        var regressor = new NeuralNetworkRegressor(steep);
        Assert.That(
            () => regressor.Train(Toy.Regression(20), null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("diverged"));
        Assert.That(regressor.IsTrained, Is.False);
        var ensemble = new NeuralNetworkEnsembleRegressor(new NeuralNetworkEnsembleOptions { Network = steep });
        Assert.That(() => ensemble.Train(Toy.Regression(20), null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>());
        Assert.That(ensemble.IsTrained, Is.False);
        // One step: the loss before it is fine, and only the parameters tell.
        var last = new NeuralNetworkRegressor(steep with { Optimiser = new SgdOptimiser { LearningRate = 1e300 }, Epochs = 1, BatchSize = 20 });
        Assert.That(() => last.Train(Toy.Regression(20), null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>());
    }

    [Test]
    public void AValidationLossThatOverflowsSaysSo()
    {
        // Targets are scaled by those of the labelled items: far from them the square leaves float32.
        DatasetView data = Toy.FromRegression([[0, 1], [1, 0], [2, 2]], 0, 1e-3, 0), validation = Toy.FromRegression([[1, 1]], 1e300);
        foreach (IModelManager model in new IModelManager[] { new NeuralNetworkRegressor(Small), new MeanVarianceNetworkRegressor(Small) })
        {
            Assert.That(
                () => model.Train(data, validation, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("loss became"));
            Assert.That(model.IsTrained, Is.False);
        }
    }

    [Test]
    public void AnExplodedNetworkIsNeverAskedForScores([Values] NetworkNormalisation normalisation, [Values] ActivationFunction activation)
    {
        // Whatever the learning rate: finite predictions, or an exception. Never a NaN.
        DatasetView regression = Toy.Regression(20), classification = Toy.Classification(20);
        foreach (double rate in new[] { 1e2, 1e5, 1e10, 1e20, 1e38 })
        {
            NeuralNetworkOptions options = Small with
            {
                Optimiser = new SgdOptimiser { LearningRate = rate },
                Activation = activation,
                Normalisation = normalisation,
                Epochs = 3,
            };
            AssertFiniteOrRefused(new NeuralNetworkRegressor(options), regression, (m, items) => m.PredictValues(items));
            AssertFiniteOrRefused(new MeanVarianceNetworkRegressor(options), regression, (m, items) => m.PredictGaussian(items).StandardDeviation.ToArray());
            AssertFiniteOrRefused(new NeuralNetworkClassifier(options), classification, (m, items) => m.PredictProbabilities(items).Values.ToArray());
            AssertFiniteOrRefused(new NeuralNetworkClassifier(options), classification, (m, items) => m.PredictLogits(items).Values.ToArray());
        }

        static void AssertFiniteOrRefused<TModel>(TModel model, DatasetView data, Func<TModel, DatasetView, double[]> predict)
            where TModel : IModelManager
        {
            try
            {
                model.Train(data, null, new RandomStream(1));
                Assert.That(predict(model, data), Has.All.Matches<double>(double.IsFinite));
            }
            catch (ModelTrainingException e)
            {
                Assert.That(e.Message, Does.Contain("learning rate"));
            }
        }
    }

    [Test]
    public void FeaturesAndTargetsOfAnySizeAreSurvived()
    {
        float[][] rows = [[1e30f, 5], [-1e30f, 5], [3e37f, 5], [0, 5]];
        var model = new NeuralNetworkRegressor(Small);
        model.Train(Toy.FromRegression(rows, 1e100, -1e100, 2e100, 5), null, new RandomStream(1));
        DatasetView far = Toy.FromRegression([[float.MaxValue, float.MinValue], [0, 6]], 0, 0);
        Assert.That(model.PredictValues(far), Has.All.Matches<double>(double.IsFinite));
        Assert.That(
            () => model.Train(Toy.FromRegression(rows, 1e300, -1e300, 1e308, 1e308), null, new RandomStream(1)), Throws.TypeOf<ModelTrainingException>());
    }

    [Test]
    public void ConstantTargetsAreLearned()
    {
        var model = new NeuralNetworkEnsembleRegressor(new NeuralNetworkEnsembleOptions { Network = Small with { Epochs = 1500 } });
        model.Train(Toy.FromRegression([[1, 2], [3, 4], [5, 7]], 12, 12, 12), null, new RandomStream(1));
        Assert.That(model.SampleValues(Toy.FromRegression([[3, 4]], 0), new RandomStream(1)).Values.ToArray(), Has.All.EqualTo(12).Within(0.1));
    }

    [Test]
    public void OneValidationRowIsEnough([Values] NetworkNormalisation normalisation)
    {
        DatasetView data = Toy.Regression(20), validation = Toy.Regression(1, seed: 3);
        foreach (IModelManager model in new IModelManager[]
        {
            new NeuralNetworkRegressor(Small with { Normalisation = normalisation }),
            new MeanVarianceNetworkRegressor(Small with { Normalisation = normalisation }),
        })
        {
            model.Train(data, validation, new RandomStream(1));
            Assert.That(model.Evaluate(data).Values, Has.All.Matches<double>(double.IsFinite));
        }
    }

    [Test]
    public void ValidationRestoresTheBestEpoch([Values(1, 300)] int validationRows)
    {
        // Labels without any rule: every epoch after the first few makes the validation loss worse.
        var random = new RandomStream(3);
        int[] Labels(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt32(2))];
        DatasetView train = DatasetView.All(InMemoryDataset.ForClassification("noise", Toy.Gaussian(40, 10, 1), Labels(40), 2));
        DatasetView validation = DatasetView.All(InMemoryDataset.ForClassification("noise", Toy.Gaussian(validationRows, 10, 2), Labels(validationRows), 2));
        var stopping = new NeuralNetworkClassifier(new NeuralNetworkOptions { EarlyStoppingPatience = 5 });
        stopping.Train(train, validation, new RandomStream(1));
        int best = stopping.TrainedEpochs!.Value;
        Assert.That(best, Is.LessThan(200));

        // The same as having trained so many epochs and no more.
        var fixedEpochs = new NeuralNetworkClassifier(new NeuralNetworkOptions { Epochs = best });
        fixedEpochs.Train(train, null, new RandomStream(1));
        Assert.That(stopping.PredictProbabilities(train).Values.ToArray(), Is.EqualTo(fixedEpochs.PredictProbabilities(train).Values.ToArray()));

        var ignoring = new NeuralNetworkClassifier(new NeuralNetworkOptions { EarlyStoppingPatience = null, Epochs = 20 });
        ignoring.Train(train, validation, new RandomStream(1));
        Assert.That(ignoring.TrainedEpochs, Is.EqualTo(20));
    }

    [Test]
    public void AnEmptyValidationSetIsNone()
    {
        DatasetView data = Toy.Classification(12);
        NeuralNetworkClassifier one = new(Small), other = new(Small);
        one.Train(data, data.Slice(0, 0), new RandomStream(1));
        other.Train(data, null, new RandomStream(1));
        Assert.That(one.PredictProbabilities(data).Values.ToArray(), Is.EqualTo(other.PredictProbabilities(data).Values.ToArray()));
    }

    [Test]
    public void CancellationInMidTrainingLeavesTheModelUntrained()
    {
        using var source = new CancellationTokenSource();
        var schedule = new CancellingSchedule(source, AtEpoch: 3);
        DatasetView data = Toy.Classification(30);
        var single = new NeuralNetworkClassifier(Small with { Schedule = schedule });
        Assert.That(() => single.Train(data, null, new RandomStream(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(single.IsTrained, Is.False);
        using var another = new CancellationTokenSource();
        var ensemble = new NeuralNetworkEnsembleClassifier(
            new NeuralNetworkEnsembleOptions { Network = Small with { Schedule = new CancellingSchedule(another, AtEpoch: 3) } });
        Assert.That(() => ensemble.Train(data, null, new RandomStream(1), another.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(ensemble.IsTrained, Is.False);
    }

    [Test]
    public void SettingsOutOfRangeAreRefusedWithNameAndValue()
    {
        AssertRefused(Small with { HiddenWidths = [4, 0] }, "HiddenWidths");
        AssertRefused(Small with { Dropout = 1 }, "Dropout");
        AssertRefused(Small with { Dropout = double.NaN }, "Dropout");
        AssertRefused(Small with { Epochs = 0 }, "Epochs");
        AssertRefused(Small with { BatchSize = 0 }, "BatchSize");
        AssertRefused(Small with { WeightDecay = -1 }, "WeightDecay");
        AssertRefused(Small with { EarlyStoppingPatience = 0 }, "EarlyStoppingPatience");
        AssertRefused(Small with { ClassWeights = [1, double.NaN] }, "ClassWeights");
        AssertRefused(Small with { Activation = (ActivationFunction)9 }, "Activation");
        AssertRefused(Small with { Normalisation = (NetworkNormalisation)9 }, "Normalisation");
        AssertRefused(Small with { MaxDegreeOfParallelism = 0 }, "MaxDegreeOfParallelism");
        AssertRefused(Small with { Optimiser = new AdamOptimiser { LearningRate = double.NaN } }, "LearningRate");
        AssertRefused(Small with { Optimiser = new AdamOptimiser { SecondDecay = 1 } }, "SecondDecay");
        AssertRefused(Small with { Optimiser = new AdamWOptimiser { Epsilon = 1e-60 } }, "Epsilon");
        AssertRefused(Small with { Optimiser = new SgdOptimiser { Momentum = 1.5 } }, "Momentum");
        Assert.That(() => new StepSchedule(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new CosineSchedule(2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new MCDropoutClassifier(new MCDropoutOptions { Network = Small }), Throws.ArgumentException.With.Message.Contains("dropout"));
        Assert.That(() => new NeuralNetworkEnsembleClassifier(new NeuralNetworkEnsembleOptions { LearnsNoise = true }), Throws.ArgumentException);

        static void AssertRefused(NeuralNetworkOptions options, string name) =>
            Assert.That(() => new NeuralNetworkClassifier(options), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(name), name);
    }

    [Test]
    public void StepsAllocateNothing([Values] NetworkNormalisation normalisation)
    {
        DatasetView data = Toy.Classification(50), validation = Toy.Classification(20, seed: 5);
        NeuralNetworkOptions options = Small with { Normalisation = normalisation, Dropout = 0.1, WeightDecay = 1e-3, EarlyStoppingPatience = 1000 };
        Allocated(2);
        Assert.That(Allocated(102) - Allocated(2), Is.LessThan(1000), "bytes for 100 epochs of 13 steps");

        long Allocated(int epochs)
        {
            var model = new NeuralNetworkClassifier(options with { Epochs = epochs });
            var random = new RandomStream(1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Train(data, validation, random);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    public void AListThatChangesLaterChangesNothing()
    {
        int[] widths = [8];
        var model = new NeuralNetworkClassifier(Small with { HiddenWidths = widths });
        widths[0] = -1;
        model.Train(Toy.Classification(9), null, new RandomStream(1));
        Assert.That(model.Embed(Toy.Classification(9)).ColumnCount, Is.EqualTo(8));
    }

    private sealed record CancellingSchedule(CancellationTokenSource Source, int AtEpoch) : LearningRateSchedule
    {
        public override double Factor(int epoch, int epochCount)
        {
            if (epoch == AtEpoch)
            {
                Source.Cancel();
            }

            return 1;
        }
    }
}
