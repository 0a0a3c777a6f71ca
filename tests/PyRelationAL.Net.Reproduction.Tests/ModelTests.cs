using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Reproduction.Models;
using PyRelationAL.Reproduction.Plans;

namespace PyRelationAL.Tests;

/// <summary>Against scikit-learn's models with their default kernel, which they never fit.</summary>
public sealed class ModelTests
{
    private static readonly JsonElement Process = GoldenNumbers.Root.GetProperty("process");

    private static readonly FeatureMatrix Features = Process.GetProperty("features").Features();

    private static readonly int Labelled = Process.GetProperty("labelled").GetInt32();

    [Test]
    public void RegressionIsScikitLearns([Values(1, 5, 12)] int firstTrainedOn)
    {
        InMemoryDataset data = InMemoryDataset.ForRegression("golden", Features, Process.GetProperty("values").Doubles());
        IModelManager model = AsPublished.Model(data.Task);

        // Whether rows are appended or all come at once makes no difference.
        Train(model, data, firstTrainedOn);
        model.EndRound();
        Train(model, data, Labelled);
        DatasetView rest = Range(data, Labelled, data.Count);
        GaussianPredictions predictions = ((IGaussianPredictor)model).PredictGaussian(rest);
        Assert.That(predictions.Mean.ToArray(), Is.EqualTo(Process.GetProperty("mean").Doubles()).Within(1e-8));
        Assert.That(predictions.StandardDeviation.ToArray(), Is.EqualTo(Process.GetProperty("deviation").Doubles()).Within(1e-8));
        Assert.That(model.Evaluate(rest)[MetricNames.MeanSquaredError], Is.EqualTo(Process.GetProperty("mse").GetDouble()).Within(1e-8));
    }

    [TestCase("binary", 2)]
    [TestCase("three", 3)]
    public void ClassificationIsScikitLearns(string name, int classes)
    {
        JsonElement golden = Process.GetProperty(name);
        InMemoryDataset data = InMemoryDataset.ForClassification("golden", Features, golden.GetProperty("labels").Integers(), classes);
        var model = new FixedKernelClassifier();
        Train(model, data, Labelled);
        DatasetView rest = Range(data, Labelled, data.Count);
        ClassProbabilities probabilities = model.PredictProbabilities(rest);
        double[] expected = [.. golden.GetProperty("probabilities").EnumerateArray().SelectMany(row => row.Doubles())];
        double[] actual = [.. Enumerable.Range(0, rest.Count).SelectMany(i => probabilities.Row(i).ToArray())];
        Assert.That(actual, Is.EqualTo(expected).Within(1e-8));
        Assert.That(model.Evaluate(rest)[MetricNames.BalancedAccuracy], Is.EqualTo(golden.GetProperty("balanced_accuracy").GetDouble()).Within(1e-12));
    }

    [Test]
    public void FarFromAllLabelsTheSignOfTheLatentMeanDecides()
    {
        JsonElement far = GoldenNumbers.Root.GetProperty("far");
        int[] truth = [0, 1, .. far.GetProperty("predicted").Integers()];
        InMemoryDataset data = InMemoryDataset.ForClassification("far", far.GetProperty("features").Features(), truth);
        var model = new FixedKernelClassifier();
        Train(model, data, 2);
        Assert.That(model.Evaluate(Range(data, 2, 4))[MetricNames.BalancedAccuracy], Is.EqualTo(1));
    }

    [Test]
    public void BothSpacesHaveTheSameMode()
    {
        InMemoryDataset data = InMemoryDataset.ForClassification("smooth", Smooth(), [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? 1 : 0)]);
        var kernel = new RbfRows(data, variance: 4, lengthScale: 0.7);
        KernelRoot root = KernelRoot.TryFind(kernel, 128)!;
        Assert.That(root.Rank, Is.LessThan(80), "the case is there for a low rank");
        var byRank = new WeightSpaceLaplace(root);
        var byLabels = new FunctionSpaceLaplace(item =>
        {
            var row = new double[data.Count];
            kernel.WriteRow(item, row);
            return row;
        }, kernel.Variance);
        int[] labelled = [.. Enumerable.Range(0, 90)], rest = [.. Enumerable.Range(90, 110)];
        double[] targets = Array.ConvertAll(labelled, i => i % 3 == 0 ? 1.0 : 0);
        double[][] means = [new double[rest.Length], new double[rest.Length]], variances = [new double[rest.Length], new double[rest.Length]];
        ILaplaceSpace[] spaces = [byRank, byLabels];
        for (int i = 0; i < spaces.Length; i++)
        {
            spaces[i].FindMode(labelled, targets);
            spaces[i].WriteMeans(rest, means[i]);
            spaces[i].WriteVariances(rest, variances[i]);
        }

        Assert.That(means[0], Is.EqualTo(means[1]).Within(1e-9));
        Assert.That(variances[0], Is.EqualTo(variances[1]).Within(1e-9));
    }

    [Test]
    public void KernelsAreFittedEachTimeTheLabelsHaveGrownByATwentieth()
    {
        var schedule = new RefitSchedule();
        int[] fits = [.. Enumerable.Range(18, 100).Where(schedule.IsDue)];
        Assert.That(fits[..8], Is.EqualTo(new[] { 18, 19, 20, 21, 23, 25, 27, 29 }));
        Assert.That(fits[^1], Is.EqualTo(114));
    }

    [Test]
    public void BetweenFitsTheModelIsTheLibrarysWithTheKernelOfTheLastFit([Values] bool classification)
    {
        double[] values = Process.GetProperty("values").Doubles();
        InMemoryDataset data = classification
            ? InMemoryDataset.ForClassification("golden", Features, Process.GetProperty("binary").GetProperty("labels").Integers(), 2)
            : InMemoryDataset.ForRegression("golden", Features, values);
        IModelManager model = classification ? new RefittedClassifier() : new RefittedRegressor();
        IModelManager fitted = classification ? new GaussianProcessClassifier() : new GaussianProcessRegressor();

        // Due at 30, and next at 32.
        Train(model, data, 30);
        Train(fitted, data, 30);
        IModelManager expected = classification
            ? new GaussianProcessClassifier(new() { Kernel = ((GaussianProcessClassifier)fitted).FittedKernels[0], OptimiseHyperparameters = false })
            : new GaussianProcessRegressor(new() { Kernel = ((GaussianProcessRegressor)fitted).FittedKernel, OptimiseHyperparameters = false });
        Train(model, data, 31);
        Train(expected, data, 31);
        DatasetView rest = Range(data, 31, data.Count);
        string metric = classification ? MetricNames.LogLoss : MetricNames.MeanSquaredError;
        Assert.That(((IModelManager)model).Evaluate(rest)[metric], Is.EqualTo(expected.Evaluate(rest)[metric]).Within(1e-6));
    }

    [Test]
    public void WhatIsNotSmoothHasNoLowRank()
    {
        float[][] scattered = [.. Enumerable.Range(0, 200).Select(i => new[] { 50f * i })];
        var data = InMemoryDataset.ForRegression("scattered", FeatureMatrix.FromRows(scattered), new double[200]);
        Assert.That(KernelRoot.TryFind(new RbfRows(data), 128), Is.Null);
    }

    private static FeatureMatrix Smooth()
    {
        var random = new RandomStream(3);
        return FeatureMatrix.FromRows([.. Enumerable.Range(0, 200).Select(_ => new[] { (float)random.NextDouble(), (float)random.NextDouble() })]);
    }

    private static void Train(IModelManager model, InMemoryDataset data, int count) => model.Train(Range(data, 0, count), null, new RandomStream(0));

    private static DatasetView Range(InMemoryDataset data, int start, int end) => new(data, Enumerable.Range(start, end - start).ToArray());
}
