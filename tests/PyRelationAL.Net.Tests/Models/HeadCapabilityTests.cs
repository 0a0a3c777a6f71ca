using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>What follows from a linear head, and how a strategy joins the training.</summary>
public sealed class HeadCapabilityTests
{
    [Test]
    public void Logits_and_gradients_follow_from_a_classifiers_head()
    {
        var model = new HeadClassifier();
        Assert.That(CapabilityExtensions.CapabilitiesOf(model).HasFlag(Capabilities.Logits | Capabilities.GradientEmbeddings));
        QueryContext context = Rounds.Over(TestData.For(TaskKinds.Classification, TestData.Rows(12), 2), model);
        Assert.That(context.ClassLogits.Softmax().Values.ToArray(), Is.EqualTo(context.ClassProbabilities.Values.ToArray()).Within(1e-12));
        GradientEmbeddings g = context.GradientEmbeddings;
        Assert.That(g.OutputFactor(0)[context.ClassProbabilities.ArgMax(0)], Is.EqualTo(context.ClassProbabilities.Row(0).ToArray().Max() - 1));
        Assert.That(g.Embeddings.Values.ToArray(), Is.EqualTo(context.PoolRows(FeatureSpace.Embeddings).Values.ToArray()));
    }

    [Test]
    public void A_model_without_a_head_is_refused_by_name()
    {
        QueryContext context = Rounds.Of(TaskKinds.Classification, 8);
        Assert.That(
            () => context.ClassLogits, Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("Logits").And.Message.Contains("FakeCommittee"));
        Assert.That(() => context.GradientEmbeddings, Throws.TypeOf<CapabilityMissingException>());
        Assert.That(() => context.InputGradients, Throws.TypeOf<CapabilityMissingException>());
        Assert.That(() => context.ParameterGradients, Throws.TypeOf<CapabilityMissingException>());
        Assert.That(() => context.ParameterPerturbation, Throws.TypeOf<CapabilityMissingException>());
        Assert.That(() => context.AuxiliaryOutputs, Throws.TypeOf<CapabilityMissingException>());
        Assert.That(() => context.Head, Throws.TypeOf<CapabilityMissingException>());
    }

    [Test]
    public void A_pipeline_attaches_the_hook_of_its_strategy()
    {
        var model = new HookedClassifier();
        InMemoryDataset dataset = TestData.For(TaskKinds.Classification, TestData.Rows(30), 2);
        var pipeline = new ActiveLearningPipeline(Data(dataset), model, new JoiningStrategy());
        Assert.That(model.TrainingHook, Is.Not.Null);
        pipeline.Run(rounds: 1, batchSize: 2);
        Assert.That(pipeline.Round, Is.EqualTo(1));
        Assert.That(
            () => new ActiveLearningPipeline(Data(dataset), new HeadClassifier(), new JoiningStrategy()),
            Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("TrainingHooks"));
    }

    private static DataManager Data(IDataset dataset) => new(
        dataset, new DataSplit { Train = [.. Enumerable.Range(0, 20)], Test = [.. Enumerable.Range(20, 10)], Labelled = [0, 1, 2, 3] });

    private class HeadClassifier : IModelManager, IClassProbabilityPredictor, ILinearHead
    {
        public bool IsTrained { get; private set; }

        public LinearHead Head { get; } = new(new double[] { 1, 0, -1, 0.5, 2, 0 }, new[] { 0.1, -0.1 });

        public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) =>
            IsTrained = true;

        public void Reset() => IsTrained = false;

        public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) => items.Features;

        public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
            new ClassLogits(Head.Apply(items.Features), 2).Softmax();
    }

    private sealed class HookedClassifier : HeadClassifier, ITrainingHooks
    {
        public ITrainingHook? TrainingHook { get; set; }

        public FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken = default) => items.Features;
    }

    private sealed class JoiningStrategy : Strategy, ITrainingParticipant
    {
        public override Requirements Requirements { get; } = new(TaskKinds.Classification, Capabilities.TrainingHooks);

        public ITrainingHook CreateTrainingHook(LearningTask task) => new Watcher();

        protected override Batch Select(QueryContext context, int count) => new([.. Enumerable.Range(0, count)]);
    }

    private sealed class Watcher : ITrainingHook
    {
        public AuxiliaryHead? AuxiliaryHead => null;

        public bool NeedsEpochOutputs => false;

        public void OnEpoch(TrainingEpoch epoch)
        {
        }

        public double AuxiliaryLoss(in AuxiliaryBatch batch, Span<float> gradient) => 0;
    }
}
