using PyRelationAL.Clustering;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class StrategyTests
{
    [TestCase(new[] { 0 }, "selected 1 candidates; 2 were asked for")]
    [TestCase(new[] { 0, 0 }, "pool position 0, which is outside the pool of 6 or selected twice")]
    [TestCase(new[] { 0, 6 }, "pool position 6")]
    [TestCase(new[] { -1, 0 }, "pool position -1")]
    public void A_strategy_of_ones_own_that_selects_wrongly_is_named(int[] positions, string message) => Assert.That(
        () => new Fixed(positions).Suggest(Rounds.Of(TaskKinds.Regression, 6), 2),
        Throws.InvalidOperationException.With.Message.StartsWith("Fixed ").And.Message.Contains(message));

    [Test]
    public void Positions_become_dataset_indices() =>
        Assert.That(new Fixed([5, 0]).Suggest(Rounds.Of(TaskKinds.Regression, 6), 2).Indices, Is.EqualTo([9, 4]));

    [Test]
    public void A_sub_pool_predicts_for_the_subset_only_and_maps_back()
    {
        var dataset = TestData.Classification(TestData.Rows(104), 3);
        var model = new FakeCommittee();
        Suggestion suggestion = new SubPoolStrategy(new ClassificationBALDStrategy(), 20).Suggest(Rounds.Over(dataset, model), 5);
        Assert.That(model.BlockSizes, Is.EqualTo([20]));
        double[] bald = Rounds.Over(dataset, new FakeCommittee()).Score(Informativeness.ClassificationBald);
        Close.Check([.. suggestion.Scores!], [.. suggestion.Indices.Select(i => bald[i - Rounds.LabelledCount])], what: "scores belong to the items");
    }

    [Test]
    public void A_sub_pool_as_large_as_the_pool_changes_nothing()
    {
        QueryContext Context() => Rounds.Of(TaskKinds.Regression, 30);
        IReadOnlyList<int> whole = new VarianceReductionStrategy().Suggest(Context(), 5).Indices;
        Assert.That(new SubPoolStrategy(new VarianceReductionStrategy(), 99).Suggest(Context(), 5).Indices, Is.EqualTo(whole));
    }

    [Test]
    public void A_sub_pool_ascends_so_that_ties_still_go_to_the_lowest_index()
    {
        bool ascends = false;
        IInformativenessFunction look = Informativeness.Of(Requirements.None, context =>
        {
            ascends = context.Pool.Indices.ToArray().Order().SequenceEqual(context.Pool.Indices.ToArray());
            return new double[context.Pool.Count];
        });
        IReadOnlyList<int> batch = new SubPoolStrategy(new CompositeStrategy(look), 20).Suggest(Rounds.Of(TaskKinds.Regression, 100), 20).Indices;
        Assert.That(ascends);
        Assert.That(batch, Is.Ordered);
    }

    [Test]
    public void A_wrapper_joins_the_training_where_what_it_wraps_does([Values] bool joins)
    {
        IStrategy inner = joins ? new LearningLossStrategy() : new LeastConfidenceStrategy();
        foreach (IStrategy strategy in new IStrategy[] { new SubPoolStrategy(inner, 10), new OpenSetFilterStrategy(inner), new ClassBalancerStrategy(inner) })
        {
            Datasets.InMemoryDataset dataset = TestData.Classification(TestData.Rows(60), 3);
            var own = new TrainingDynamicsHook(new AuxiliaryHead());
            var model = new FakeNetwork { TrainingHook = own };
            var data = new DataManager(dataset, new DataSplit { Train = TestData.Range(0, 50), Labelled = TestData.Range(0, 6) });
            var pipeline = new ActiveLearningPipeline(data, model, strategy);
            Assert.That(model.TrainingHook, joins ? Is.TypeOf<LossRankingHook>() : Is.SameAs(own), strategy.Name);
            Assert.That(strategy.Requirements.Capabilities.HasFlag(Capabilities.TrainingHooks), Is.EqualTo(joins));
            if (joins)
            {
                Assert.That(pipeline.Step(3).Indices, Has.Count.EqualTo(3));
            }
        }
    }

    [Test]
    public void A_strategy_joins_the_training_where_its_score_does_or_a_part_of_it()
    {
        IInformativenessFunction loss = Informativeness.PredictedLoss(), other = Informativeness.Entropy;
        LearningTask task = LearningTask.Classification(3);
        foreach (IInformativenessFunction score in new[]
        {
            loss, loss.Normalise(), loss.Normalise().Pow(2), (0.5 * other) + loss.Normalise(), other * loss.Normalise(),
            Informativeness.InformationDensity(loss.Normalise()), loss * loss,
        })
        {
            Assert.That(new CompositeStrategy(score).CreateTrainingHook(task), Is.TypeOf<LossRankingHook>());
            Assert.That(new MQNetStrategy(score).CreateTrainingHook(task), Is.TypeOf<LossRankingHook>());
            Assert.That(new CompositeStrategy(score).Requirements.Capabilities.HasFlag(Capabilities.TrainingHooks));
        }

        Assert.That(new CompositeStrategy((2 * other) + other.Normalise()).CreateTrainingHook(task), Is.Null);
        Assert.That(new MQNetStrategy().CreateTrainingHook(task), Is.Null);
        Assert.That(
            () => new CompositeStrategy(loss + Informativeness.PredictedLoss(margin: 2)).CreateTrainingHook(task),
            Throws.InvalidOperationException.With.Message.Contains("PredictedLoss and PredictedLoss both take part in the training"));
    }

    [Test]
    public void Representative_sampling_fills_up_where_there_are_fewer_clusters()
    {
        QueryContext context = Rounds.Of(TaskKinds.Regression, 30);
        Suggestion suggestion = new RepresentativeSamplingStrategy(new OneCluster()).Suggest(context, 7);
        Assert.That(suggestion.Indices, Has.Count.EqualTo(7).And.Unique);
        Assert.That(suggestion.Scores, Is.Null);
    }

    [Test]
    public void Every_random_index_is_drawn_equally_often()
    {
        var counts = new double[10];
        for (int seed = 0; seed < 3000; seed++)
        {
            foreach (int index in new RandomAcquisitionStrategy().Suggest(Rounds.Of(TaskKinds.Regression, 10, seed), 3).Indices)
            {
                counts[index - Rounds.LabelledCount]++;
            }
        }

        // Draws without replacement scatter less than the chi-square distribution has it.
        Assert.That(ChiSquare.Statistic(counts, [.. Enumerable.Repeat(900.0, 10)]), Is.LessThan(ChiSquare.Critical(9)));
    }

    [Test]
    public void Strategies_rank_by_their_score()
    {
        QueryContext classes = Rounds.Of(TaskKinds.Classification, 40), values = Rounds.Of(TaskKinds.Regression, 40);
        void Same(IStrategy strategy, IInformativenessFunction score, QueryContext context) => Assert.That(
            strategy.Suggest(context, 6).Indices,
            Is.EqualTo(TopPositions.Of(context.Score(score), 6).Select(p => p + Rounds.LabelledCount)),
            strategy.Name);
        Same(new LeastConfidenceStrategy(), Informativeness.LeastConfidence, classes);
        Same(new MarginalConfidenceStrategy(), Informativeness.MarginConfidence, classes);
        Same(new RatioConfidenceStrategy(), Informativeness.RatioConfidence, classes);
        Same(new EntropyClassificationStrategy(), Informativeness.Entropy, classes);
        Same(new ClassificationBALDStrategy(), Informativeness.ClassificationBald, classes);
        Same(new QueryByCommitteeStrategy(), Informativeness.VoteEntropy, classes);
        Same(new QueryByCommitteeStrategy(Informativeness.MaxDisagreement), Informativeness.MaxDisagreement, classes);
        Same(new GreedyStrategy(), Informativeness.PredictedMean, values);
        Same(new VarianceReductionStrategy(), Informativeness.StandardDeviation, values);
        Same(new BALDStrategy(), Informativeness.RegressionBald(), values);
        Same(new UpperConfidenceBoundStrategy(0.3), Informativeness.UpperConfidenceBound(0.3), values);
        Same(new ExpectedImprovementStrategy(0.2), Informativeness.ExpectedImprovement(0.2), values);
        Same(new RelativeDistanceStrategy(), Informativeness.RelativeDistance(), values);
        Same(new ThompsonSamplingStrategy(), Informativeness.ThompsonSampling, values);
    }

    [Test]
    public void A_strategy_picks_its_batch_with_the_selection_it_is_given()
    {
        QueryContext values = Rounds.Of(TaskKinds.Regression, 40);
        IStrategy[] strategies =
        [
            new BALDStrategy(selection: new Last()),
            new ThompsonSamplingStrategy(selection: new Last()),
            new RelativeDistanceStrategy(selection: new Last()),
            new InformationDensityStrategy(Informativeness.StandardDeviation, selection: new Last()),
        ];
        Assert.That(strategies.Select(s => s.Suggest(values, 1).Indices[0]), Is.All.EqualTo(Rounds.LabelledCount + 39));
    }

    private sealed class Fixed(int[] positions) : Strategy
    {
        public override Requirements Requirements => Requirements.None;

        protected override Batch Select(QueryContext context, int count) => new(positions);
    }

    /// <summary>Takes the end of the pool.</summary>
    private sealed class Last : ISelectionCriterion
    {
        public Requirements Requirements => Requirements.None;

        public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context) => TestData.Range(scores.Length - count, count);
    }

    private sealed class OneCluster : IClusterer
    {
        public ClusterAssignment Cluster(FeatureMatrix rows, int clusterCount, RandomStream random, CancellationToken cancellationToken = default) =>
            new(new int[rows.RowCount], 1);
    }
}
