using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>What every model manager must keep to, whatever it is built on. A package's tests derive from this and say which models there are.</summary>
/// <param name="create">Makes the model.</param>
/// <param name="classes">The classes of the data that classifiers are tried on.</param>
public abstract class ModelManagerContract(Func<IModelManager> create, int classes = 3)
{
    [Test]
    public void PredictsWithTheRightShapesAndEvaluates()
    {
        IModelManager model = create();
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

    [Test]
    public void PredictsNothingForNoItems()
    {
        IModelManager model = create();
        DatasetView data = DataFor(model, 12);
        model.Train(data, null, new RandomStream(1));
        Assert.That(Predictions(model, data.Slice(0, 0)), Has.All.Empty);
    }

    [Test]
    public void EqualStreamsGiveEqualModelsAndRetrainingStartsAnew()
    {
        IModelManager one = create(), other = create();
        DatasetView data = DataFor(one, 20), items = DataFor(one, 6, seed: 4);
        one.Train(data, null, new RandomStream(7));
        other.Train(DataFor(one, 15, seed: 11), null, new RandomStream(3));
        other.Train(data, null, new RandomStream(7));
        Assert.That(Predictions(other, items), Is.EqualTo(Predictions(one, items)));
    }

    [Test]
    public void UntrainedPredictionSaysSo()
    {
        IModelManager model = create();
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
                Assert.That(() => predict(), Throws.InvalidOperationException.With.Message.Contains(model.GetType().Name).And.Message.Contains("not trained"));
            }
        }
    }

    [Test]
    public void CancelledTrainingLeavesTheModelUntrained()
    {
        IModelManager model = create();
        DatasetView data = DataFor(model, 10);
        model.Train(data, null, new RandomStream(1));
        Assert.That(() => model.Train(data, null, new RandomStream(1), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void TrainingCancelledHalfwayStopsAndLeavesTheModelUntrained()
    {
        IModelManager model = create();
        DatasetView data = DataFor(model, 10);
        model.Train(data, null, new RandomStream(1));
        using var source = new CancellationTokenSource();
        DatasetView cancelling = DatasetView.All(new CancellingDataset(data.Dataset, source));
        Assert.That(() => model.Train(cancelling, null, new RandomStream(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(model.IsTrained, Is.False);
    }

    [Test]
    public void CancelledPredictionStops()
    {
        IModelManager model = create();
        DatasetView data = DataFor(model, 10);
        model.Train(data, null, new RandomStream(1));
        foreach (Func<object> predict in Calls(model, data, new CancellationToken(canceled: true)))
        {
            Assert.That(() => predict(), Throws.InstanceOf<OperationCanceledException>());
        }
    }

    [Test]
    public void TheWrongTaskAndNoItemsAreRefused()
    {
        IModelManager model = create();
        DatasetView wrong = Classifies(model) ? Toy.Regression(5) : Toy.Classification(5);
        Assert.That(() => model.Train(wrong, null, new RandomStream(1)), Throws.ArgumentException.With.Message.Contains(model.GetType().Name));
        Assert.That(() => model.Train(DataFor(model, 5).Slice(0, 0), null, new RandomStream(1)), Throws.ArgumentException);
        Assert.That(() => model.Train(null!, null, new RandomStream(1)), Throws.ArgumentNullException);
    }

    [Test]
    public void ItemsOfAnotherWidthAreRefused()
    {
        IModelManager model = create();
        model.Train(DataFor(model, 10), null, new RandomStream(1));
        DatasetView wider = Classifies(model) ? Toy.Classification(5, columns: 6, classes: classes) : Toy.Regression(5, columns: 6);
        foreach (Func<object> predict in Calls(model, wider))
        {
            Assert.That(() => predict(), Throws.ArgumentException.With.Message.Contains("6"));
        }
    }

    [Test]
    public void DuplicateRowsAreSurvived()
    {
        IModelManager model = create();
        DatasetView data = DataFor(model, 6).SelectRows([0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 5]);
        model.Train(data, null, new RandomStream(1));
        Assert.That(Predictions(model, data), Has.All.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void EveryStrategyThatFitsSuggestsABatch()
    {
        DatasetView labelled = DataFor(create(), 20), pool = DataFor(create(), 30, seed: 4);
        var suggested = new List<string>();
        foreach (StrategyDescription description in StrategyCatalogue.All.Where(s => s.Tasks.HasFlag(pool.Task.Kind)))
        {
            IStrategy strategy = description.Create(pool.Task);
            try
            {
                strategy.Requirements.Verify(strategy.Name, pool.Task, create());
            }
            catch (CapabilityMissingException)
            {
                continue;
            }

            Suggestion batch = Suggest(strategy, 7, 1), same = Suggest(strategy, 7, 2);
            Assert.That(batch.Indices, Has.Count.EqualTo(7).And.Unique.And.All.InRange(0, pool.Count - 1), strategy.Name);
            Assert.That(batch.Scores ?? [], Has.All.Matches<double>(double.IsFinite), strategy.Name);
            Assert.That(same.Indices, Is.EqualTo(batch.Indices), strategy.Name);
            Assert.That(same.Scores, Is.EqualTo(batch.Scores), strategy.Name);
            Assert.That(Suggest(strategy, 100, 1).Indices, Has.Count.EqualTo(pool.Count), strategy.Name);
            suggested.Add(strategy.Name);
        }

        Assert.That(suggested, Has.Count.GreaterThanOrEqualTo(3), "three strategies need no model");

        Suggestion Suggest(IStrategy strategy, int count, int threads)
        {
            IModelManager model = create();
            if (strategy is ITrainingParticipant participant && model is ITrainingHooks hooks)
            {
                hooks.TrainingHook = participant.CreateTrainingHook(labelled.Task);
                if (hooks.TrainingHook is IEmbeddingHook embedding)
                {
                    embedding.Unlabelled = pool;
                }
            }

            model.Train(labelled, null, new RandomStream(6));
            return strategy.Suggest(new QueryContext(pool, labelled, model, new RandomStream(8), threads), count);
        }
    }

    private static bool Classifies(object model) => CapabilityExtensions.CapabilitiesOf(model).HasFlag(Capabilities.ClassProbabilities);

    private DatasetView DataFor(object model, int rows, long seed = 1) =>
        Classifies(model) ? Toy.Classification(rows, classes: classes, seed: seed) : Toy.Regression(rows, seed: seed);

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
