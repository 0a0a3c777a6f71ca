using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Oracles;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>Pools with items that are of none of the task's classes.</summary>
public sealed class OpenSetTests
{
    private const int Count = 40;

    [Test]
    public void What_is_out_of_distribution_leaves_the_pool_and_is_not_learned_from()
    {
        DataManager data = Data();
        Assert.That(data.LabelledIndices, Is.EqualTo([0, 1]));
        Assert.That(data.OutOfDistributionIndices, Is.EqualTo([2]), "item 2 was among the initial ones");
        Assert.That(data.UnlabelledCount, Is.EqualTo(27));
        data.SetLabels([5, 6], [Label.OutOfDistribution, Label.OfClass(0)]);
        Assert.That(data.LabelledIndices, Is.EqualTo([0, 1, 6]));
        Assert.That(data.OutOfDistributionView().Indices.ToArray(), Is.EqualTo([2, 5]));
        Assert.That(data.UnlabelledIndices, Has.No.Member(5));
        Assert.That(data.UnlabelledCount, Is.EqualTo(25));
        Assert.That(data.IsLabelled(5), Is.False);
        Assert.That(() => data.SetLabels([5], [Label.OfClass(1)]), Throws.ArgumentException.With.Message.Contains("out of distribution"));
    }

    [Test]
    public void A_run_pays_for_them_and_trains_on_the_others()
    {
        var model = new FakeClassifier();
        var pipeline = new ActiveLearningPipeline(Data(), model, new RandomAcquisitionStrategy(), seed: 3);
        Assert.That(pipeline.ComputeTheoreticalPerformance(), Is.Not.Empty);
        Assert.That(model.TrainedOn, Is.EqualTo(Enumerable.Range(0, 30).Where(i => i % 3 != 2)));
        Assert.That(pipeline.Run(), Is.EqualTo(StopReason.PoolEmpty));
        RoundRecord last = pipeline.History[^1];
        Assert.That((last.LabelledCount, last.OutOfDistributionCount, last.UnlabelledCount), Is.EqualTo((20, 10, 0)));
        Assert.That(pipeline.History.Sum(r => r.Queried.Count), Is.EqualTo(27));
        Assert.That(model.TrainedOn, Is.EqualTo(pipeline.Data.LabelledIndices));
    }

    [Test]
    public void A_strategy_sees_them()
    {
        var strategy = new Spy();
        var pipeline = new ActiveLearningPipeline(Data(), new FakeClassifier(), strategy);
        pipeline.Run(rounds: 1, batchSize: 2);
        Assert.That(strategy.Seen, Is.EqualTo([2]));
        Assert.That(strategy.SeenRestricted, Is.EqualTo([2]));
    }

    [Test]
    public void A_batch_of_nothing_else_is_a_round_like_any_other()
    {
        var pipeline = new ActiveLearningPipeline(Data(), new FakeClassifier(), new RandomAcquisitionStrategy());
        pipeline.Query([5, 8]);
        pipeline.Query([11, 4]);
        Assert.That(pipeline.Round, Is.EqualTo(2));
        Assert.That(pipeline.Measure().OutOfDistributionCount, Is.EqualTo(4));
        Assert.That(pipeline.History.Select(r => (r.OutOfDistributionQueried, r.Purity)), Is.EqualTo(new (int, double?)[] { (2, 0), (1, 0.5) }));
        Assert.That(pipeline.Summary().Columns, Does.Contain("purity"));
        Assert.That(pipeline.Summary().Rows[1][^2], Is.EqualTo(0.5));
    }

    [Test]
    public void Nothing_is_measured_on_them()
    {
        InMemoryDataset dataset = Dataset();
        Assert.That(
            () => new DataManager(dataset, new DataSplit { Test = [2, 3] }),
            Throws.ArgumentException.With.Message.Contains("Item 2 is a test item and out of distribution"));
    }

    [Test]
    public void Other_tasks_have_none_and_noise_leaves_them_alone()
    {
        Assert.That(() => LearningTask.Regression.Validate(Label.OutOfDistribution, 4), Throws.ArgumentException.With.Message.Contains("item 4"));
        Assert.That(Label.OutOfDistribution, Is.Not.EqualTo(Label.Missing).And.Not.EqualTo(Label.OfClass(0)));
        Assert.That(Label.OutOfDistribution.ToString(), Is.EqualTo("out of distribution"));
        var oracle = new NoisyOracle(new BenchmarkOracle(), flipProbability: 1, seed: 1);
        Label answer = oracle.LabelAsync(new DatasetView(Dataset(), new[] { 2 })).AsTask().GetAwaiter().GetResult()[0];
        Assert.That(answer, Is.EqualTo(Label.OutOfDistribution));
    }

    private static InMemoryDataset Dataset() => new(
        "open",
        TestData.Rows(Count),
        LearningTask.Classification(2),
        [.. Enumerable.Range(0, Count).Select(i => i < 30 && i % 3 == 2 ? Label.OutOfDistribution : Label.OfClass(i % 2))]);

    private static DataManager Data() => new(Dataset(), new DataSplit { Train = [.. Enumerable.Range(0, 30)], Labelled = [0, 1, 2] });

    private sealed class Spy : Strategy
    {
        public int[] Seen { get; private set; } = [];

        public int[] SeenRestricted { get; private set; } = [];

        public override Requirements Requirements => Requirements.None;

        protected override Batch Select(QueryContext context, int count)
        {
            Seen = context.OutOfDistribution.Indices.ToArray();
            SeenRestricted = context.Restrict([0, 1]).OutOfDistribution.Indices.ToArray();
            return new([.. Enumerable.Range(0, count)]);
        }
    }
}
