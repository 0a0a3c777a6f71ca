using PyRelationAL.ActiveLearning;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Oracles;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>CEAL, and what a pipeline does with labels that are only supposed.</summary>
public sealed class PseudoLabellingTests
{
    private const int Count = 60;
    private const int TrainCount = 40;

    [Test]
    public void G1_the_worked_example()
    {
        var p = new ClassProbabilities([0.99, 0.01, 0.6, 0.4, 0.999, 0.001, 1, 0], 2);
        var entropies = new double[4];
        InformativenessFunctions.Entropy.Compute(p.Values, 2, entropies);
        Close.Check(entropies, [0.056002, 0.673012, 0.007907, 0], Close.SixDecimals);
        Assert.That(CEALStrategy.Confident(p, CEALStrategy.Threshold(0)), Is.EqualTo([2, 3]), "an entropy of 0 is the surest of all");
        Close.Check([.. Enumerable.Range(0, 5).Select(t => CEALStrategy.Threshold(t))], [0.05, 0.0467, 0.0401, 0.0302, 0.017], 1e-12);
        Assert.That(CEALStrategy.Threshold(5), Is.LessThan(0.001));
        Assert.That(CEALStrategy.Confident(p, 0), Is.Empty);
        Assert.That(CEALStrategy.Confident(p, 1), Is.EqualTo([0, 1, 2, 3]));
    }

    [Test]
    public void It_queries_as_the_inner_strategy_does()
    {
        QueryContext context = Rounds.Of(TaskKinds.Classification, 30);
        foreach (IStrategy inner in new IStrategy[] { new MarginalConfidenceStrategy(), new SubPoolStrategy(new RandomAcquisitionStrategy(), 9) })
        {
            Suggestion expected = inner.Suggest(context, 6), actual = new CEALStrategy(inner).Suggest(context, 6);
            Assert.That(actual.Indices, Is.EqualTo(expected.Indices));
            Assert.That(actual.Scores, Is.EqualTo(expected.Scores));
        }

        Assert.That(new CEALStrategy(new LearningLossStrategy()).CreateTrainingHook(LearningTask.Classification(2))!.AuxiliaryHead, Is.Not.Null);
        Assert.That(new CEALStrategy().CreateTrainingHook(LearningTask.Classification(2)), Is.Null);
        Assert.That(() => new CEALStrategy(threshold: double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(new CEALStrategy(new BatchBALDStrategy()).Requirements.Capabilities.HasFlag(Capabilities.ConsistentSamples));
    }

    [Test]
    public void Supposed_labels_serve_the_next_training_and_nothing_else()
    {
        Datasets.InMemoryDataset dataset = Dataset();
        var model = new Recorder();
        var asked = new List<int>();
        var sure = new Dictionary<int, Label>();
        var pipeline = new ActiveLearningPipeline(
            Data(dataset),
            model,
            new CEALStrategy(new RandomAcquisitionStrategy(), threshold: 0.3, decay: 0.05),
            new DelegateOracle(index =>
            {
                asked.Add(index);
                return Truth(index);
            }),
            seed: 4);
        for (int round = 0; round < 4; round++)
        {
            int[] labelled = [.. pipeline.Data.LabelledIndices];
            Suggestion batch = pipeline.Step(3);
            (int Index, Label Label)[] trained = model.Trainings[^1];
            Assert.That(trained.Take(labelled.Length).Select(t => t.Index), Is.EqualTo(labelled));
            Assert.That(trained.Take(labelled.Length).Select(t => t.Label), Is.EqualTo(labelled.Select(Truth)), "real labels are as they were");
            Assert.That(
                trained.Skip(labelled.Length).ToDictionary(t => t.Index, t => t.Label),
                Is.EquivalentTo(sure.Where(s => pipeline.Data.UnlabelledIndices.Contains(s.Key))),
                "what the last model was sure of and was not asked");
            RoundRecord record = pipeline.Measure();
            Assert.That(record.LabelledCount, Is.EqualTo(labelled.Length));
            Assert.That(record.PseudoLabelledCount, Is.EqualTo(trained.Length - labelled.Length));
            Assert.That(record.PseudoLabelledCount, round == 0 ? Is.Zero : Is.GreaterThan(2));
            Assert.That(pipeline.Data.UnlabelledIndices.All(i => dataset.GetLabel(i).IsMissing), "nothing is stored");
            Assert.That(model.Evaluated.All(i => i >= TrainCount), "metrics are of test items");
            sure = Sure(model, pipeline.Data, 0.3 - (0.05 * (round * (round + 1) / 2)));
            pipeline.Query(batch.Indices);
        }

        Assert.That(asked, Has.Count.EqualTo(12).And.Unique, "only what was queried cost anything");
        Assert.That(pipeline.LabelledBy, Has.Count.EqualTo(4 + 12));
        Assert.That(pipeline.History.Sum(r => r.Queried.Count), Is.EqualTo(12));
    }

    [Test]
    public void A_budget_is_spent_on_queries_alone()
    {
        var pipeline = new ActiveLearningPipeline(Data(Full()), new Recorder(), new CEALStrategy(threshold: 2, decay: 0));
        Assert.That(pipeline.Run(new RunOptions { LabelBudget = 7, BatchSize = 3 }), Is.EqualTo(StopReason.BudgetSpent));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(4 + 7));
        Assert.That(pipeline.History.Select(r => r.PseudoLabelledCount), Is.EqualTo([0, 33, 30, 29]), "the whole pool is below 2 nats");
    }

    [Test]
    public void A_cancelled_round_finds_what_was_supposed_before_it()
    {
        ActiveLearningPipeline plain = Make(out Recorder straight), cancelled = Make(out Recorder other);
        plain.Run(3, 2);
        cancelled.Run(1, 2);
        cancelled.Step(2);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.That(cancelled.Run(new RunOptions { Rounds = 2, BatchSize = 2 }, cancellationToken: source.Token), Is.EqualTo(StopReason.Cancelled));
        cancelled.Run(2, 2);
        Assert.That(cancelled.History.Select(r => r.Queried), Is.EqualTo(plain.History.Select(r => r.Queried)));
        Assert.That(other.Trainings[^1], Is.EqualTo(straight.Trainings[^1]));

        static ActiveLearningPipeline Make(out Recorder model) =>
            new(Data(Full()), model = new Recorder(), new CEALStrategy(threshold: 0.4, decay: 0.01), seed: 2);
    }

    [Test]
    public void A_query_by_hand_is_followed_by_a_training_on_labels_alone()
    {
        var model = new Recorder();
        var pipeline = new ActiveLearningPipeline(Data(Full()), model, new CEALStrategy(threshold: 2));
        pipeline.Query([.. pipeline.Data.UnlabelledIndices.Take(2)]);
        pipeline.Measure();
        Assert.That(model.Trainings[^1], Has.Length.EqualTo(6));
    }

    [Test]
    public void What_cannot_be_learned_is_refused()
    {
        foreach (Label label in new[] { Label.Missing, Label.OutOfDistribution, Label.OfClass(7) })
        {
            var pipeline = new ActiveLearningPipeline(Data(Full()), new Recorder(), new Supposing(label));
            pipeline.Query(pipeline.Step().Indices);
            Assert.That(() => pipeline.Measure(), Throws.Exception.With.Message.Contains("item"));
        }
    }

    private static Label Truth(int index) => Label.OfClass(index % 2);

    private static Dictionary<int, Label> Sure(Recorder model, DataManager data, double threshold)
    {
        DatasetView pool = data.UnlabelledView();
        ClassProbabilities p = model.PredictProbabilities(pool);
        var sure = new Dictionary<int, Label>();
        for (int i = 0; i < pool.Count; i++)
        {
            double entropy = -p.Row(i).ToArray().Where(v => v > 0).Sum(v => v * Math.Log(v));
            if (entropy < threshold)
            {
                sure.Add(pool.Indices[i], Label.OfClass(p.Row(i)[0] >= p.Row(i)[1] ? 0 : 1));
            }
        }

        return sure;
    }

    private static Datasets.InMemoryDataset Dataset() => new(
        "partly labelled",
        TestData.Rows(Count),
        LearningTask.Classification(2),
        [.. Enumerable.Range(0, Count).Select(i => i is < 4 or >= TrainCount ? Truth(i) : Label.Missing)]);

    private static Datasets.InMemoryDataset Full() => TestData.Classification(TestData.Rows(Count), 2);

    private static DataManager Data(IDataset dataset) => new(
        dataset, new DataSplit { Train = TestData.Range(0, TrainCount), Test = TestData.Range(TrainCount, Count - TrainCount), Labelled = [0, 1, 2, 3] });

    /// <summary>Remembers what it was trained on; sure of items whose first feature is large.</summary>
    private sealed class Recorder : IModelManager, IClassProbabilityPredictor
    {
        public List<(int Index, Label Label)[]> Trainings { get; } = [];

        public HashSet<int> Evaluated { get; } = [];

        public bool IsTrained { get; private set; }

        public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
        {
            IsTrained = true;
            int[] classes = labelled.ClassLabels();
            Assert.That(labelled.Features.RowCount, Is.EqualTo(classes.Length));
            for (int i = 0; i < classes.Length; i++)
            {
                Assert.That(labelled.Features.Row(i)[0], Is.EqualTo(TestData.Rows(Count).Row(labelled.Indices[i])[0]));
            }

            Trainings.Add([.. labelled.Indices.ToArray().Zip(classes.Select(Label.OfClass))]);
            if (labelled.Dataset is not Datasets.InMemoryDataset)
            {
                Assert.That(() => labelled.Dataset.SetLabel(5, Label.OfClass(0)), Throws.TypeOf<NotSupportedException>());
            }
        }

        public IReadOnlyDictionary<string, double> Evaluate(DatasetView test, CancellationToken cancellationToken = default)
        {
            Evaluated.UnionWith(test.Indices.ToArray());
            return Evaluation.ModelEvaluation.Evaluate(this, test, cancellationToken);
        }

        public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) => new(
            [.. Enumerable.Range(0, items.Count).SelectMany(i =>
            {
                double p = 1 / (1 + Math.Exp(-5 * items.Features.Row(i)[0]));
                return new[] { p, 1 - p };
            })],
            2);

        public void Reset() => IsTrained = false;
    }

    private sealed class Supposing(Label label) : Strategy, IPseudoLabeller
    {
        public override Requirements Requirements => Requirements.None;

        public IReadOnlyList<PseudoLabel> SupposeLabels(QueryContext context) => [new PseudoLabel(context.Pool.Indices[^1], label)];

        protected override Batch Select(QueryContext context, int count) => new([.. Enumerable.Range(0, count)]);
    }
}
