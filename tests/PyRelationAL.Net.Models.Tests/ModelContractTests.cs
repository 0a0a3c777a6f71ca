using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests;

/// <summary>What every model of the package must keep to, found by reflection so that a new model is tested the day it is added.</summary>
public class ModelContractTests
{
    private static IEnumerable<Type> ModelTypes() => typeof(GaussianProcessRegressor).Assembly.GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IModelManager).IsAssignableFrom(t));

    [Test]
    public void TheBuiltInListNamesExactlyTheModelsThatHaveEachCapability()
    {
        foreach (Capabilities capability in Enum.GetValues<Capabilities>().Where(c => c != Capabilities.None))
        {
            string[] having = [.. ModelTypes().Where(t => CapabilityExtensions.CapabilitiesOf(Create(t)).HasFlag(capability)).Select(t => t.Name)];
            Assert.That(CapabilityExtensions.BuiltInModelsWith(capability), Is.EquivalentTo(having), capability.ToString());
        }
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void PredictsWithTheRightShapesAndEvaluates(Type type)
    {
        IModelManager model = Create(type);
        Assert.That(model.IsTrained, Is.False);
        DatasetView data = DataFor(model, 25), items = DataFor(model, 7, seed: 4);
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.IsTrained, Is.True);
        foreach (double[] prediction in Predictions(model, items))
        {
            Assert.That(prediction, Has.Length.GreaterThanOrEqualTo(7));
            Assert.That(prediction.Length % 7, Is.Zero);
        }

        double[] metrics = [.. model.Evaluate(items).Values];
        Assert.That(metrics, Has.Length.EqualTo(4).And.All.Matches<double>(double.IsFinite));
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void PredictsNothingForNoItems(Type type)
    {
        IModelManager model = Create(type);
        DatasetView data = DataFor(model, 12);
        model.Train(data, null, new RandomStream(1));
        Assert.That(Predictions(model, data.Slice(0, 0)), Has.All.Empty);
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void EqualStreamsGiveEqualModelsAndRetrainingStartsAnew(Type type)
    {
        IModelManager one = Create(type), other = Create(type);
        DatasetView data = DataFor(one, 20), items = DataFor(one, 6, seed: 4);
        one.Train(data, null, new RandomStream(7));
        other.Train(DataFor(one, 15, seed: 11), null, new RandomStream(3));
        other.Train(data, null, new RandomStream(7));
        Assert.That(Predictions(other, items), Is.EqualTo(Predictions(one, items)));
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void UntrainedPredictionSaysSo(Type type)
    {
        IModelManager model = Create(type);
        DatasetView data = DataFor(model, 10);
        AssertUntrained();
        model.Train(data, null, new RandomStream(1));
        model.Reset();
        AssertUntrained();

        void AssertUntrained()
        {
            Assert.That(model.IsTrained, Is.False);
            foreach (Func<object> predict in Calls(model, data))
            {
                Assert.That(() => predict(), Throws.InvalidOperationException.With.Message.Contains(type.Name).And.Message.Contains("not trained"));
            }
        }
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void CancelledTrainingLeavesTheModelUntrained(Type type)
    {
        IModelManager model = Create(type);
        DatasetView data = DataFor(model, 10);
        model.Train(data, null, new RandomStream(1));
        Assert.That(() => model.Train(data, null, new RandomStream(1), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(model.IsTrained, Is.False);
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void TrainingCancelledHalfwayStopsAndLeavesTheModelUntrained(Type type)
    {
        IModelManager model = Create(type);
        DatasetView data = DataFor(model, 10);
        model.Train(data, null, new RandomStream(1));
        using var source = new CancellationTokenSource();
        DatasetView cancelling = DatasetView.All(new CancellingDataset(data.Dataset, source));
        Assert.That(() => model.Train(cancelling, null, new RandomStream(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(model.IsTrained, Is.False);
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void CancelledPredictionStops(Type type)
    {
        IModelManager model = Create(type);
        DatasetView data = DataFor(model, 10);
        model.Train(data, null, new RandomStream(1));
        foreach (Func<object> predict in Calls(model, data, new CancellationToken(canceled: true)))
        {
            Assert.That(() => predict(), Throws.InstanceOf<OperationCanceledException>());
        }
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void TheWrongTaskAndNoItemsAreRefused(Type type)
    {
        IModelManager model = Create(type);
        DatasetView wrong = Classifies(model) ? Toy.Regression(5) : Toy.Classification(5);
        Assert.That(() => model.Train(wrong, null, new RandomStream(1)), Throws.ArgumentException.With.Message.Contains(type.Name));
        Assert.That(() => model.Train(DataFor(model, 5).Slice(0, 0), null, new RandomStream(1)), Throws.ArgumentException);
        Assert.That(() => model.Train(null!, null, new RandomStream(1)), Throws.ArgumentNullException);
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void ItemsOfAnotherWidthAreRefused(Type type)
    {
        IModelManager model = Create(type);
        model.Train(DataFor(model, 10), null, new RandomStream(1));
        DatasetView wider = Classifies(model) ? Toy.Classification(5, columns: 6) : Toy.Regression(5, columns: 6);
        foreach (Func<object> predict in Calls(model, wider))
        {
            Assert.That(() => predict(), Throws.ArgumentException.With.Message.Contains("6"));
        }
    }

    [TestCaseSource(nameof(ModelTypes))]
    public void DuplicateRowsAreSurvived(Type type)
    {
        IModelManager model = Create(type);
        DatasetView data = DataFor(model, 6).SelectRows([0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 5]);
        model.Train(data, null, new RandomStream(1));
        Assert.That(Predictions(model, data), Has.All.All.Matches<double>(double.IsFinite));
    }

    private static IModelManager Create(Type type) => (IModelManager)Activator.CreateInstance(type)!;

    private static bool Classifies(object model) => CapabilityExtensions.CapabilitiesOf(model).HasFlag(Capabilities.ClassProbabilities);

    private static DatasetView DataFor(object model, int rows, long seed = 1) =>
        Classifies(model) ? Toy.Classification(rows, seed: seed) : Toy.Regression(rows, seed: seed);

    private static double[][] Predictions(object model, DatasetView items) => [.. Calls(model, items).Select(call => call() switch
    {
        ClassProbabilities p => p.Values.ToArray(),
        PosteriorClassSamples s => s.Values.ToArray(),
        GaussianPredictions g => [.. g.Mean, .. g.StandardDeviation],
        JointGaussianPredictions j => [.. j.Mean, .. j.Covariance],
        PosteriorValueSamples v => v.Values.ToArray(),
        FeatureMatrix e => [.. e.Values.ToArray().Select(x => (double)x)],
        ClassLogits z => z.Values.ToArray(),
        double[] values => values,
        object other => throw new InvalidOperationException($"Unknown prediction {other}."),
    })];

    private static IEnumerable<Func<object>> Calls(object model, DatasetView items, CancellationToken cancellationToken = default)
    {
        if (model is IClassProbabilityPredictor probabilities)
        {
            yield return () => probabilities.PredictProbabilities(items, cancellationToken);
        }

        if (model is IPosteriorClassSampler classes)
        {
            yield return () => classes.SampleProbabilities(items, new RandomStream(5), cancellationToken);
        }

        if (model is IGaussianPredictor gaussian)
        {
            yield return () => gaussian.PredictGaussian(items, cancellationToken);
        }

        if (model is IJointGaussianPredictor joint)
        {
            yield return () => joint.PredictJointGaussian(items, cancellationToken);
        }

        if (model is IPosteriorValueSampler samples)
        {
            yield return () => samples.SampleValues(items, new RandomStream(5), cancellationToken);
        }

        if (model is IValuePredictor values)
        {
            yield return () => values.PredictValues(items, cancellationToken);
        }

        if (model is IEmbedder embedder)
        {
            yield return () => embedder.Embed(items, cancellationToken);
        }

        if (model is ILogitPredictor logits)
        {
            yield return () => logits.PredictLogits(items, cancellationToken);
        }

        double[] weights = [.. Enumerable.Range(0, items.Count * (Classifies(model) ? items.Task.ClassCount : 1)).Select(i => 1.0 + (i % 3))];
        if (model is IInputGradients inputs)
        {
            yield return () => inputs.Outputs(items.Features, cancellationToken);
            yield return () => inputs.InputGradients(items.Features, weights, cancellationToken);
        }

        if (model is IParameterGradients parameters)
        {
            yield return () => parameters.PerSampleGradients(items, weights, cancellationToken);
        }

        if (model is IParameterPerturbation perturbation)
        {
            yield return () => perturbation.Outputs(items, perturbation.CopyParameters(), cancellationToken);
        }
    }

    /// <summary>Cancels as soon as features are read, which every model does after it has begun to train.</summary>
    private sealed class CancellingDataset(IDataset inner, CancellationTokenSource source) : IDataset
    {
        public string Name => inner.Name;

        public int Count => inner.Count;

        public LearningTask Task => inner.Task;

        public int FeatureCount => inner.FeatureCount;

        public void CopyFeatures(int index, Span<float> destination)
        {
            source.Cancel();
            inner.CopyFeatures(index, destination);
        }

        public Label GetLabel(int index) => inner.GetLabel(index);

        public void SetLabel(int index, Label label) => inner.SetLabel(index, label);
    }
}
