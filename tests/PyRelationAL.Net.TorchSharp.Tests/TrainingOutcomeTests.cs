using PyRelationAL.Adapters.Torch;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;
using static TorchSharp.torch.nn;
using Module = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Tensor = TorchSharp.torch.Tensor;

namespace PyRelationAL.Tests;

/// <summary>What comes out where training goes wrong, or nearly.</summary>
public class TrainingOutcomeTests
{
    [Test]
    public void ANaNLossIsATrainingError()
    {
        TorchOptions options = TorchModels.Regressing() with { Loss = (outputs, targets) => (outputs - targets).mean().log() * float.NaN };
        AssertFails(options, "loss became NaN");
    }

    [Test]
    public void ExplodingParametersAreATrainingError()
    {
        TorchOptions options = TorchModels.Regressing() with
        {
            Module = () => Linear(2, 1),
            Loss = (outputs, targets) => 1e3 * functional.mse_loss(outputs, targets),
            Optimiser = p => torch.optim.SGD(p, 1e38),
            Epochs = 1,
            BatchSize = 100,
        };
        AssertFails(options, "A parameter of the module became");
        AssertFails(options with { Epochs = 50 }, "The loss became");
    }

    [Test]
    public void ABatchOfOneIsNoTroubleForBatchNormalisationUnlessItIsAllThereIs()
    {
        TorchOptions options = TorchModels.Regressing() with { Module = () => Sequential(Linear(2, 4), BatchNorm1d(4), ReLU(), Linear(4, 1)) };
        using var model = new TorchRegressor(options);
        model.Train(Toy.Regression(17), null, new RandomStream(1));
        Assert.That(model.PredictValues(Toy.Regression(1)), Has.Length.EqualTo(1));
        Assert.That(
            () => model.Train(Toy.Regression(1), null, new RandomStream(1)),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("more than 1 value"));
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void OneLabelledItemIsEnoughForOtherModules()
    {
        using var model = new TorchRegressor(TorchModels.Regressing());
        model.Train(Toy.Regression(1), null, new RandomStream(1));
        Assert.That(model.PredictValues(Toy.Regression(5)), Is.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void AClassThatNobodyHasGetsAProbabilityToo()
    {
        using var model = new TorchClassifier(TorchModels.Classifying(classes: 4) with { Epochs = 150 });
        DatasetView data = Toy.Classification(40, classes: 3, taskClasses: 4);
        model.Train(data, null, new RandomStream(1));
        Predictions.ClassProbabilities p = model.PredictProbabilities(data);
        Assert.That(p.ClassCount, Is.EqualTo(4));
        Assert.That(Enumerable.Range(0, 40).Average(i => p.Row(i)[3]), Is.LessThan(0.05));
    }

    [Test]
    public void AValidationSetOfOneRowStopsTraining()
    {
        using var model = new TorchRegressor(
            TorchModels.Regressing() with { Epochs = 500, EarlyStoppingPatience = 3, Optimiser = p => torch.optim.Adam(p, lr: 0.1) });
        model.Train(Toy.Regression(20), Toy.Regression(1, seed: 8), new RandomStream(1));
        Assert.That(model.TrainedEpochs, Is.InRange(1, 400));
        Assert.That(model.PredictValues(Toy.Regression(5)), Is.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void TheBestEpochsWeightsAreRestored()
    {
        DatasetView data = Toy.Regression(20), validation = Toy.Regression(10, seed: 8);
        TorchOptions options = TorchModels.Regressing() with { Epochs = 40, EarlyStoppingPatience = 1000, Optimiser = p => torch.optim.Adam(p, lr: 0.05) };
        using TorchRegressor best = Trained(options, validation), shorter = Trained(options with { Epochs = 1 }, null), last = Trained(options, null);
        Assert.That(best.TrainedEpochs, Is.InRange(2, 39), "else this shows nothing");
        using TorchRegressor same = Trained(options with { Epochs = best.TrainedEpochs!.Value }, null);
        Assert.That(best.PredictValues(validation), Is.EqualTo(same.PredictValues(validation)));
        Assert.That(best.PredictValues(validation), Is.Not.EqualTo(last.PredictValues(validation)));

        TorchRegressor Trained(TorchOptions o, DatasetView? v)
        {
            var model = new TorchRegressor(o);
            model.Train(data, v, new RandomStream(4));
            return model;
        }
    }

    [Test]
    public void ShapesThatDoNotFitAreNamed()
    {
        AssertFails(TorchModels.Regressing() with { Module = () => Linear(7, 1) }, "libtorch", "2");
        AssertFails(TorchModels.Regressing() with { Module = () => Linear(2, 3) }, "[8, 3] for 8 items", "[8, 1]");
        AssertFails(TorchModels.Regressing() with { Loss = (outputs, targets) => outputs - targets }, "[8, 1]", "one number");
    }

    [Test]
    public void AFlatOutputIsAValue()
    {
        using var model = new TorchRegressor(TorchModels.Regressing() with { Module = () => Sequential(Linear(2, 1), Flatten(0)) });
        model.Train(Toy.Regression(10), null, new RandomStream(1));
        Assert.That(model.PredictValues(Toy.Regression(3)), Has.Length.EqualTo(3));
    }

    [Test]
    public void AModuleThatForgotToRegisterItsLayersIsFoundOut()
    {
        AssertFails(TorchModels.Regressing() with { Module = () => new Forgetful() }, "RegisterComponents");
    }

    [Test]
    public void SettingsOutOfRangeAreRefused()
    {
        TorchOptions good = TorchModels.Classifying();
        Assert.That(() => new TorchClassifier(good with { Device = "tpu:0" }), Throws.ArgumentException.With.Message.Contains("tpu:0"));
        Assert.That(() => new TorchClassifier(good with { Device = "cuda:x" }), Throws.ArgumentException.With.Message.Contains("cuda:0"));
        Assert.That(() => new TorchClassifier(good with { Epochs = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TorchClassifier(good with { BatchSize = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TorchClassifier(good with { EarlyStoppingPatience = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TorchClassifier(good with { ClassWeights = [1, double.NaN, 1] }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TorchClassifier(good with { ClassWeights = [1, 1, 1], Loss = (o, t) => o.sum() }), Throws.ArgumentException);
        Assert.That(() => new TorchClassifier(null!), Throws.ArgumentNullException);
        Assert.That(() => new TorchEnsembleClassifier(good, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Train(good with { ClassWeights = [1, 1] }), Throws.ArgumentException.With.Message.Contains("2 class weights"));
        Assert.That(() => Train(good with { InputShape = [2, 2] }), Throws.ArgumentException.With.Message.Contains("[2, 2]"));

        static void Train(TorchOptions options) => new TorchClassifier(options).Train(Toy.Classification(5), null, new RandomStream(1));
    }

    [Test]
    public void AMissingGpuIsSaidWhenTheModelIsMade()
    {
        if (torch.cuda.is_available())
        {
            Assert.Ignore("There is a CUDA device.");
        }

        Assert.That(
            () => new TorchClassifier(TorchModels.Classifying() with { Device = "cuda" }), Throws.ArgumentException.With.Message.Contains("0 CUDA devices"));
    }

    [TestCase(1, 5, new[] { 1, 1, 1, 1, 1 })]
    [TestCase(2, 5, new[] { 2, 3 })]
    [TestCase(4, 5, new[] { 5 })]
    [TestCase(4, 6, new[] { 4, 2 })]
    [TestCase(8, 6, new[] { 6 })]
    public void BatchesCoverEveryItemOnce(int size, int items, int[] expected)
    {
        var rows = new List<int>();
        TorchOptions options = TorchModels.Regressing() with
        {
            Epochs = 1,
            BatchSize = size,
            Loss = (outputs, targets) =>
            {
                rows.Add((int)targets.shape[0]);
                return functional.mse_loss(outputs, targets);
            },
        };
        using var model = new TorchRegressor(options);
        model.Train(Toy.Regression(items), null, new RandomStream(1));
        Assert.That(rows, Is.EqualTo(expected));
    }

    [Test]
    public void AMissingLabelDoesNotSpoilTheNextTraining()
    {
        using var model = new TorchClassifier(TorchModels.Classifying());
        DatasetView missing = DatasetView.All(Datasets.InMemoryDataset.ForClassification("gap", Toy.Gaussian(4, 3, 1), [0, 1, -1, 2]));
        long before = torch.Tensor.TotalCount;
        Assert.That(() => model.Train(missing, null, new RandomStream(1)), Throws.InvalidOperationException.With.Message.Contains("no label"));
        Assert.That(torch.Tensor.TotalCount, Is.LessThanOrEqualTo(before));
        model.Train(Toy.Classification(10), null, new RandomStream(1));
        Assert.That(model.IsTrained, Is.True);
    }

    [Test]
    public void AFactoryThatGivesOneModuleTwiceIsFoundOut()
    {
        Module only = TorchModels.Perceptron(2, 1);
        using var ensemble = new TorchEnsembleRegressor(TorchModels.Regressing() with { Module = () => only });
        Assert.That(
            () => ensemble.Train(Toy.Regression(10), null, new RandomStream(1)), Throws.InvalidOperationException.With.Message.Contains("same module twice"));
    }

    [Test]
    public void TrainingsAtTheSameTimeDoNotDisturbEachOther()
    {
        DatasetView data = Toy.Regression(20);
        double[] expected = Draws();
        var draws = new double[6][];
        Parallel.For(0, draws.Length, i => draws[i] = Draws());
        Assert.That(draws, Is.All.EqualTo(expected));

        double[] Draws()
        {
            using var model = new TorchMCDropoutRegressor(TorchModels.Regressing(), sampleCount: 5, consistent: false);
            model.Train(data, null, new RandomStream(1));
            return model.SampleValues(data, new RandomStream(2)).Values.ToArray();
        }
    }

    [Test]
    public void ClassWeightsMoveTheBorder()
    {
        DatasetView data = Toy.Classification(60);
        TorchOptions options = TorchModels.Classifying() with { Epochs = 30 };
        Assert.That(Mean(options with { ClassWeights = [1, 1, 20] }), Is.GreaterThan(Mean(options) + 0.2));

        double Mean(TorchOptions o)
        {
            using var model = new TorchClassifier(o);
            model.Train(data, null, new RandomStream(1));
            Predictions.ClassProbabilities p = model.PredictProbabilities(data);
            return Enumerable.Range(0, data.Count).Average(i => p.Row(i)[2]);
        }
    }

    [Test]
    public void TheLabelledRowsAreLearned()
    {
        DatasetView classes = Toy.Classification(200), values = Toy.Regression(200);
        using var classifier = new TorchClassifier(TorchModels.Classifying() with { Epochs = 150 });
        using var regressor = new TorchRegressor(TorchModels.Regressing() with { Epochs = 300 });
        classifier.Train(classes, null, new RandomStream(1));
        regressor.Train(values, null, new RandomStream(1));
        Assert.That(((IModelManager)classifier).Evaluate(classes)[Evaluation.MetricNames.Accuracy], Is.GreaterThan(0.75));
        Assert.That(((IModelManager)regressor).Evaluate(values)[Evaluation.MetricNames.RootMeanSquaredError], Is.LessThan(0.4));
    }

    [Test]
    public void LeavesThatTheFactoryFrozeStayFrozen()
    {
        TorchSharp.Modules.BatchNorm1d? frozen = null;
        TorchOptions options = TorchModels.Regressing() with
        {
            Module = () =>
            {
                frozen = BatchNorm1d(4);
                frozen.eval();
                return Sequential(Linear(2, 4), frozen, Linear(4, 1));
            },
        };
        using var model = new TorchRegressor(options);
        model.Train(Toy.Regression(20), null, new RandomStream(1));
        Assert.That(frozen!.running_mean!.ToFeatureMatrix().Values.ToArray(), Is.All.Zero);
    }

    private static void AssertFails(TorchOptions options, params string[] message)
    {
        using var model = new TorchRegressor(options);
        Exception error = Assert.Throws<ModelTrainingException>(() => model.Train(Toy.Regression(16), null, new RandomStream(1)));
        foreach (string part in message)
        {
            Assert.That(error.Message, Does.Contain(part));
        }

        Assert.That(model.IsTrained, Is.False);
    }

    private sealed class Forgetful : Module
    {
        private readonly Module _layer = Linear(2, 1);

        public Forgetful()
            : base(nameof(Forgetful))
        {
        }

        public override Tensor forward(Tensor input) => _layer.call(input);
    }
}
