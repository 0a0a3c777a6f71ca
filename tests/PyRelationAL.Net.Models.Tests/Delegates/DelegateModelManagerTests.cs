using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Delegates;

public sealed class DelegateModelManagerTests
{
    [Test]
    public void TwoFunctionsAreAClassifierThatACommitteeTakes()
    {
        DatasetView data = Toy.Classification(30);
        var committee = new ClassifierCommittee(Frequencies);
        committee.Train(data, null, new RandomStream(1));
        Assert.That(committee.SampleProbabilities(data, new RandomStream(1)).SampleCount, Is.EqualTo(10));
        Assert.That(((IModelManager)committee).Evaluate(data), Does.ContainKey(MetricNames.Accuracy));
    }

    [Test]
    public void TwoFunctionsAreARegressor()
    {
        IModelManager model = DelegateModelManager.Regressor(
            (labelled, _) => labelled.Values().Average(), (mean, items) => [.. Enumerable.Repeat(mean, items.Count)]);
        DatasetView data = Toy.FromRegression([[1], [2], [3]], 1, 2, 6);
        model.Train(data, null, new RandomStream(1));
        Assert.That(((IValuePredictor)model).PredictValues(data), Is.EqualTo(new[] { 3.0, 3, 3 }));
        Assert.That(CapabilityExtensions.CapabilitiesOf(model), Is.EqualTo(Capabilities.PredictedValues));
    }

    [Test]
    public void TwoFunctionsAreARegressorWithUncertainty()
    {
        IModelManager model = DelegateModelManager.GaussianRegressor(
            (labelled, random) => random.NextDouble(), (draw, items) => (new double[items.Count], [.. Enumerable.Repeat(draw, items.Count)]));
        DatasetView data = Toy.Regression(4);
        model.Train(data, null, new RandomStream(1));
        double[] deviations = ((IGaussianPredictor)model).PredictGaussian(data).StandardDeviation.ToArray();
        Assert.That(deviations, Has.Length.EqualTo(4).And.All.EqualTo(new RandomStream(1).NextDouble()));
    }

    [Test]
    public void WhatIsNotTrainedOrDoesNotFitSaysSo()
    {
        DatasetView data = Toy.Classification(9);
        IModelManager model = Frequencies();
        var predictor = (IClassProbabilityPredictor)model;
        Assert.That(() => predictor.PredictProbabilities(data), Throws.InvalidOperationException.With.Message.Contains("not trained"));
        Assert.That(() => model.Train(Toy.Regression(3), null, new RandomStream(1)), Throws.ArgumentException.With.Message.Contains("DelegateClassifier"));
        model.Train(data, null, new RandomStream(1));
        model.Reset();
        Assert.That(model.IsTrained, Is.False);
        Assert.That(() => model.Train(data, null, new RandomStream(1), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void PredictionsOfTheWrongLengthOrWithNaNAreRefused()
    {
        DatasetView data = Toy.Regression(3);
        Assert.That(() => Predict([1, 2]), Throws.InvalidOperationException.With.Message.Contains("2 numbers where 3"));
        Assert.That(() => Predict([1, double.NaN, 2]), Throws.ArgumentException.With.Message.Contains("row 1"));
        Assert.That(() => Predict(null!), Throws.InvalidOperationException);

        double[] Predict(double[] values)
        {
            IModelManager model = DelegateModelManager.Regressor((_, _) => 0, (_, _) => values);
            model.Train(data, null, new RandomStream(1));
            return ((IValuePredictor)model).PredictValues(data);
        }
    }

    private static IModelManager Frequencies() => DelegateModelManager.Classifier(
        (labelled, _) => labelled.ClassLabels().CountBy(c => c).ToDictionary(c => c.Key, c => (double)c.Value / labelled.Count),
        (shares, items) => [.. Enumerable.Range(0, items.Count * items.Task.ClassCount).Select(i => shares.GetValueOrDefault(i % items.Task.ClassCount))]);
}
