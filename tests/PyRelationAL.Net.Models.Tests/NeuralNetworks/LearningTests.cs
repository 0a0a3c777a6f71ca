using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Tests.Golden;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>What networks learn from real data, beside scikit-learn's of the same size and number of epochs (make_networks.py), five seeds each.</summary>
public sealed class LearningTests
{
    private static readonly Lazy<JsonDocument> Document = new(() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "networks.json"))));

    [TestCase("Digits", 0.01, 0.01)]
    [TestCase("BreastCancer", 0.01, 0.01)]
    public void ClassifiersAreAsGoodAsScikitLearns(string name, double accuracyTolerance, double lossTolerance)
    {
        JsonElement golden = Document.Value.RootElement.GetProperty(name);
        DatasetView data = DatasetView.All(DatasetCatalogue.Find(name).Load());
        IReadOnlyDictionary<string, double>[] metrics = Metrics(data, golden, options => new NeuralNetworkClassifier(options));
        double accuracy = metrics.Average(m => m[MetricNames.Accuracy]), loss = metrics.Average(m => m[MetricNames.LogLoss]);
        double theirAccuracy = golden.Numbers("scores").Average(), theirLoss = golden.Numbers("losses").Average();
        TestContext.Out.WriteLine($"{name}: accuracy {accuracy:F4}, log loss {loss:F4}; scikit-learn {theirAccuracy:F4}, {theirLoss:F4}");
        Assert.That(accuracy, Is.GreaterThan(theirAccuracy - accuracyTolerance));
        Assert.That(loss, Is.LessThan(theirLoss + lossTolerance));
    }

    [Test]
    public void RegressorsAreAsGoodAsScikitLearns()
    {
        JsonElement golden = Document.Value.RootElement.GetProperty("DiabetesScaled");
        DatasetView data = DatasetView.All(DiabetesScaled.Load());
        double error = Metrics(data, golden, options => new NeuralNetworkRegressor(options)).Average(m => m[MetricNames.RootMeanSquaredError]);
        TestContext.Out.WriteLine($"Diabetes: {error:F2}; scikit-learn {golden.Numbers("scores").Average():F2}");
        Assert.That(error, Is.LessThan(golden.Numbers("scores").Average() * 1.03));
    }

    [TestCase(ActivationFunction.Elu, NetworkNormalisation.None)]
    [TestCase(ActivationFunction.Gelu, NetworkNormalisation.None)]
    [TestCase(ActivationFunction.Tanh, NetworkNormalisation.None)]
    [TestCase(ActivationFunction.Sigmoid, NetworkNormalisation.None)]
    [TestCase(ActivationFunction.Relu, NetworkNormalisation.Layer)]
    [TestCase(ActivationFunction.Relu, NetworkNormalisation.Batch)]
    public void EveryKindOfHiddenLayerLearnsDigits(ActivationFunction activation, NetworkNormalisation normalisation) => Assert.That(
        DigitsAccuracy(new NeuralNetworkOptions { Activation = activation, Normalisation = normalisation, Epochs = 30 }), Is.GreaterThan(0.95));

    [Test]
    public void EveryOptimiserAndScheduleLearnsDigits()
    {
        NeuralNetworkOptions options = new() { Epochs = 30, WeightDecay = 1e-4 };
        Assert.That(DigitsAccuracy(options with { Optimiser = new SgdOptimiser { LearningRate = 0.02 } }), Is.GreaterThan(0.95), "SGD");
        Assert.That(
            DigitsAccuracy(options with { Optimiser = new SgdOptimiser { LearningRate = 0.02, Nesterov = false }, Schedule = new CosineSchedule() }),
            Is.GreaterThan(0.95),
            "SGD, cosine");
        Assert.That(DigitsAccuracy(options with { Optimiser = new AdamWOptimiser(), Schedule = new StepSchedule(15) }), Is.GreaterThan(0.95), "AdamW, steps");
    }

    [Test]
    public void EnsemblesAndMasksGiveBetterProbabilitiesThanOneNetwork()
    {
        (DatasetView train, DatasetView test) = Split(DatasetView.All(Digits.Load()));
        DatasetView few = train.Slice(0, 300);
        double single = LogLoss(new NeuralNetworkClassifier());
        Assert.That(LogLoss(new NeuralNetworkEnsembleClassifier(new NeuralNetworkEnsembleOptions { MemberCount = 5 })), Is.LessThan(single));
        Assert.That(LogLoss(new MCDropoutClassifier()), Is.LessThan(single));

        double LogLoss(IModelManager model)
        {
            model.Train(few, null, new RandomStream(1));
            return model.Evaluate(test)[MetricNames.LogLoss];
        }
    }

    [Test]
    public void VariancesFollowTheNoise()
    {
        var random = new RandomStream(4);
        float[][] rows = [.. Enumerable.Range(0, 800).Select(i => new[] { (i % 2 == 0 ? -1f : 1f) + (float)(0.1 * random.NextGaussian()) })];
        double[] values = [.. rows.Select(row => 50 + (row[0] < 0 ? 1 : 10) * random.NextGaussian())];
        var model = new MeanVarianceNetworkRegressor();
        model.Train(Toy.FromRegression(rows, values), null, new RandomStream(1));
        var predicted = model.PredictGaussian(Toy.FromRegression([[-1], [1]], 0, 0));
        Assert.That(predicted.StandardDeviation[0], Is.EqualTo(1).Within(0.4));
        Assert.That(predicted.StandardDeviation[1], Is.EqualTo(10).Within(2));
        Assert.That(predicted.Mean[0], Is.EqualTo(50).Within(1));
    }

    private static double DigitsAccuracy(NeuralNetworkOptions options)
    {
        (DatasetView train, DatasetView test) = Split(DatasetView.All(Digits.Load()));
        var model = new NeuralNetworkClassifier(options);
        model.Train(train, null, new RandomStream(1));
        return ((IModelManager)model).Evaluate(test)[MetricNames.Accuracy];
    }

    private static IReadOnlyDictionary<string, double>[] Metrics(DatasetView data, JsonElement golden, Func<NeuralNetworkOptions, IModelManager> create)
    {
        (DatasetView train, DatasetView test) = Split(data);
        var options = new NeuralNetworkOptions { HiddenWidths = [32], Epochs = golden.GetProperty("epochs").GetInt32() };
        return [.. Enumerable.Range(0, 5).Select(seed =>
        {
            IModelManager model = create(options);
            model.Train(train, null, new RandomStream(seed));
            return model.Evaluate(test);
        })];
    }

    private static (DatasetView Train, DatasetView Test) Split(DatasetView data) => (
        data.SelectRows([.. Enumerable.Range(0, data.Count).Where(i => i % 5 != 4)]),
        data.SelectRows([.. Enumerable.Range(0, data.Count).Where(i => i % 5 == 4)]));
}
