using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ScheduledStrategyTests
{
    private static readonly LearningTask Task = LearningTask.Classification(3);

    [Test]
    public void Each_phase_has_its_turn_for_its_rounds()
    {
        var strategy = new ScheduledStrategy(
            new StrategyPhase(new RandomAcquisitionStrategy(), 2),
            new StrategyPhase(new KCentreGreedyStrategy(), 1),
            new StrategyPhase(new MarginalConfidenceStrategy()));
        IStrategy[] expected =
        [
            new RandomAcquisitionStrategy(), new RandomAcquisitionStrategy(), new KCentreGreedyStrategy(), new MarginalConfidenceStrategy(),
            new MarginalConfidenceStrategy(),
        ];
        for (int round = 0; round < expected.Length; round++)
        {
            Assert.That(strategy.Suggest(At(round), 3).Indices, Is.EqualTo(expected[round].Suggest(At(round), 3).Indices), $"round {round}");
        }

        Assert.That(strategy.Suggest(At(0), 3).Indices, Is.EqualTo(expected[0].Suggest(At(0), 3).Indices), "it has no state");
    }

    [Test]
    public void A_pipeline_counts_the_rounds()
    {
        var strategy = new ScheduledStrategy(new StrategyPhase(new RandomAcquisitionStrategy(), 2), new StrategyPhase(new MarginalConfidenceStrategy()));
        IReadOnlyList<int>[] Queried(IStrategy s)
        {
            var pipeline = new ActiveLearningPipeline(
                new DataManager(
                    TestData.For(TaskKinds.Classification, TestData.Rows(40)),
                    new DataSplit { Train = TestData.Range(0, 30), Test = TestData.Range(30, 10), Labelled = [0, 1, 2] }),
                new FakeClassifier(),
                s,
                seed: 4);
            pipeline.Run(rounds: 4, batchSize: 2);
            return [.. pipeline.History.Select(r => r.Queried)];
        }

        IReadOnlyList<int>[] scheduled = Queried(strategy);
        Assert.That(scheduled[..2], Is.EqualTo(Queried(new RandomAcquisitionStrategy())[..2]));
        Assert.That(scheduled[2], Is.Not.EqualTo(Queried(new RandomAcquisitionStrategy())[2]));
    }

    [Test]
    public void It_needs_what_its_parts_need()
    {
        var strategy = new ScheduledStrategy(new StrategyPhase(new RandomAcquisitionStrategy(), 2), new StrategyPhase(new BADGEStrategy()));
        Assert.That(strategy.Requirements.Capabilities, Is.EqualTo(new BADGEStrategy().Requirements.Capabilities));
        Assert.That(strategy.Requirements.Tasks, Is.EqualTo(TaskKinds.Classification));
    }

    [Test]
    public void What_its_parts_have_to_do_with_the_training_is_passed_on()
    {
        var learning = new ScheduledStrategy(new StrategyPhase(new RandomAcquisitionStrategy(), 2), new StrategyPhase(new LearningLossStrategy()));
        Assert.That(learning.CreateTrainingHook(Task)!.AuxiliaryHead!.OutputCount, Is.EqualTo(1));
        Assert.That(
            new ALBLStrategy([new RandomAcquisitionStrategy(), new TiDALStrategy()]).CreateTrainingHook(Task)!.AuxiliaryHead!.OutputCount, Is.EqualTo(3));
        Assert.That(new ScheduledStrategy(new StrategyPhase(new RandomAcquisitionStrategy())).CreateTrainingHook(Task), Is.Null);
        var both = new ScheduledStrategy(new StrategyPhase(new TiDALStrategy(), 2), new StrategyPhase(new LearningLossStrategy()));
        Assert.That(() => both.CreateTrainingHook(Task), Throws.InvalidOperationException.With.Message.Contains("TiDAL and LearningLoss both take part"));

        var supposing = new ScheduledStrategy(new StrategyPhase(new RandomAcquisitionStrategy(), 2), new StrategyPhase(new CEALStrategy(threshold: 10)));
        Assert.That(supposing.SupposeLabels(At(1)), Is.Empty);
        Assert.That(supposing.SupposeLabels(At(2)), Has.Count.EqualTo(At(2).Pool.Count));
        Assert.That(new SubPoolStrategy(new CEALStrategy(threshold: 10), 5).SupposeLabels(At(0)), Is.Not.Empty);
    }

    [Test]
    public void What_is_no_schedule_is_refused()
    {
        var random = new RandomAcquisitionStrategy();
        Assert.That(() => new ScheduledStrategy(), Throws.ArgumentException.With.Message.Contains("at least one phase"));
        Assert.That(() => new ScheduledStrategy(new StrategyPhase(random, 3)), Throws.ArgumentException.With.Message.Contains("leave its rounds out"));
        Assert.That(
            () => new ScheduledStrategy(new StrategyPhase(random), new StrategyPhase(random)),
            Throws.ArgumentException.With.Message.Contains("Phase 1, RandomAcquisition, is not the last one"));
        Assert.That(
            () => new ScheduledStrategy(new StrategyPhase(random, 0), new StrategyPhase(random)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("at least 1 round"));
    }

    [Test]
    public void A_schedule_has_a_name_under_which_it_is_found()
    {
        StrategyDescription found = StrategyCatalogue.Find("random:5 + typiclust:2+Badge");
        Assert.That(found.Name, Is.EqualTo("RandomAcquisition:5+TypiClust:2+BADGE"));
        Assert.That(found.Create(Task).Name, Is.EqualTo(found.Name));
        Assert.That(StrategyCatalogue.Find(found.Name).Name, Is.EqualTo(found.Name));
        Assert.That(found.Tasks, Is.EqualTo(TaskKinds.Classification));
    }

    [TestCase("Random+Entropy")]
    [TestCase("Random:0+Entropy")]
    [TestCase("Random:x+Entropy")]
    [TestCase("Random:5+Entropy:5")]
    [TestCase("Random:5:5+Entropy")]
    public void A_name_that_is_no_schedule_says_how_to_write_one(string name) =>
        Assert.That(() => StrategyCatalogue.Find(name), Throws.ArgumentException.With.Message.Contains("NAME:ROUNDS"));

    private static QueryContext At(int round)
    {
        QueryContext context = Rounds.Over(TestData.For(TaskKinds.Classification, TestData.Rows(40)), new FakeClassifier(), seed: 7 + round);
        return new QueryContext(context.Pool, context.Labelled, context.Model, new Numerics.RandomStream(7 + round)) { Round = round };
    }
}
