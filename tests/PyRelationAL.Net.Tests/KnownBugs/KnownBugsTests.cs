using PyRelationAL.Datasets;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.SelectionCriteria;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>Bugs of published implementations that no other test of a strategy would show: docs/known-bugs.md lists them all.</summary>
public sealed class KnownBugsTests
{
    [Test]
    public void BALD_asks_first_for_what_the_members_dispute()
    {
        // The first item is disputed, the second is a coin for both members, the third nearly agreed on: EX-BALD.
        var model = new ScriptedModel
        {
            Samples = items => new PosteriorClassSamples([0.9, 0.1, 0.5, 0.5, 0.8, 0.2, 0.1, 0.9, 0.5, 0.5, 0.6, 0.4], 2, items.Task.ClassCount),
        };
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(7), 2), model);
        Assert.That(new ClassificationBALDStrategy().Suggest(context, 3).Indices, Is.EqualTo([4, 6, 5]));
    }

    [Test]
    public void Certain_members_that_contradict_each_other_and_exact_zeros_have_finite_scores_and_ranks()
    {
        // Items: both sure of the same class; each sure of another; both sure that it is not the third.
        var model = new ScriptedModel
        {
            Samples = items => new PosteriorClassSamples([1, 0, 0, 1, 0, 0, 0.5, 0.5, 0, 1, 0, 0, 0, 1, 0, 0.5, 0.5, 0], 2, items.Task.ClassCount),
            Probabilities = items => new ClassProbabilities([1, 0, 0, 0.9, 0.1, 0, 0.5, 0.5, 0], items.Task.ClassCount),
        };
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(7), 3), model);
        Suggestion bald = new ClassificationBALDStrategy().Suggest(context, 3), entropy = new EntropyClassificationStrategy().Suggest(context, 3);
        Assert.That(bald.Indices, Is.EqualTo([5, 4, 6]));
        Close.Check([.. bald.Scores!], [Math.Log(2), 0, 0]);
        Assert.That(entropy.Indices, Is.EqualTo([6, 5, 4]));
        Close.Check(entropy.Scores![0], Math.Log(2) / Math.Log(3));
    }

    [TestCase(1.0)]
    [TestCase(0.2)]
    public void BEMPS_returns_the_items_that_it_scored(double estimationShare)
    {
        // Every seventh item is disputed; the others are agreed on, and no label of theirs tells anything.
        InMemoryDataset data = TestData.Classification(TestData.Rows(214), 2);
        PosteriorClassSamples Samples(DatasetView items) => new(
            [.. Enumerable.Range(0, 2).SelectMany(m => items.Indices.ToArray().SelectMany(i =>
            {
                double p = i % 7 != 0 ? 0.3 : m == 0 ? 0.5 + (i / 500.0) : 0.5 - (i / 500.0);
                return new[] { p, 1 - p };
            }))],
            2,
            2);
        QueryContext context = Rounds.Over(data, new ScriptedModel { Samples = Samples });
        foreach (IStrategy strategy in new IStrategy[] { new CoreLogStrategy(estimationShare, 0.1), new CoreMSEStrategy(estimationShare, 0.1) })
        {
            Suggestion batch = strategy.Suggest(context, 9);
            Assert.That(batch.Indices.Select(i => i % 7), Is.All.Zero, strategy.Name);
            Assert.That(batch.Scores, Is.All.Positive);
            if (estimationShare == 1)
            {
                PosteriorClassSamples chosen = Samples(new DatasetView(data, (int[])[.. batch.Indices])), all = Samples(context.Pool);
                double[] gains = strategy is CoreLogStrategy ? CoreLogStrategy.Compute(chosen, all) : CoreMSEStrategy.Compute(chosen, all);
                Close.Check([.. batch.Scores!], [.. gains.Chunk(210).Select(g => g.Average())]);
            }
        }
    }

    [Test]
    public void Expected_improvement_is_over_the_best_label()
    {
        // EX-REGSCORE, where the best label is 1.1; over 0 the second would score 1.19 instead of the third largest score.
        var model = new ScriptedModel { Gaussian = _ => new GaussianPredictions((double[])[1, 1.2, 0.8, 1.5], (double[])[0.5, 0.1, 0, 0]) };
        InMemoryDataset data = InMemoryDataset.ForRegression("known", TestData.Rows(8), [0.2, 1.1, -3, 0.5, double.NaN, double.NaN, double.NaN, double.NaN]);
        Suggestion batch = new ExpectedImprovementStrategy().Suggest(Rounds.Over(data, model), 4);
        Assert.That(batch.Indices, Is.EqualTo([7, 4, 5, 6]));
        Close.Check([.. batch.Scores!], [0.39, 0.149279, 0.100043, 0], Close.SixDecimals);
    }

    [Test]
    public void A_joint_Thompson_draw_is_one_function([Range(1, 12)] int seed)
    {
        QueryContext context = Rounds.Over(TestData.Regression(TestData.Rows(40)), new FakeValueCommittee(), seed: seed);
        PosteriorValueSamples samples = context.PosteriorValueBlocks().Single().Samples;
        IReadOnlyList<int> batch = new ThompsonSamplingStrategy(joint: true).Suggest(context, 36).Indices;
        int[][] orders = [.. Enumerable.Range(0, samples.SampleCount).Select(m => TopPositions.Of(samples.Sample(m), 36))];
        Assert.That(orders.Count(order => order.Select(i => i + Rounds.LabelledCount).SequenceEqual(batch)), Is.EqualTo(1), "the order of one member's values");
    }

    [Test]
    public void First_and_later_centres_are_items_of_the_pool()
    {
        // Labelled are 0 and 0.1: the farthest is item 4, though it is the third of the pool.
        InMemoryDataset data = TestData.Regression(FeatureMatrix.FromRows([[0], [0.1f], [1], [5], [9]]));
        Assert.That(new KCentreGreedyStrategy().Suggest(Rounds.Over(data, null, labelled: 2), 3).Indices, Is.EqualTo([4, 3, 2]));
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.That(new KMeansPlusPlusStrategy().Suggest(Rounds.Over(data, null, labelled: 2, seed: seed), 3).Indices, Is.EquivalentTo([2, 3, 4]));
        }
    }

    [Test]
    public void A_random_batch_by_margin_prefers_small_margins_and_follows_the_seed()
    {
        var model = new ScriptedModel
        {
            Probabilities = items => new ClassProbabilities(
                [.. items.Indices.ToArray().SelectMany(i => i < 14 ? new[] { 0.55, 0.45 } : [0.98, 0.02])], items.Task.ClassCount),
        };
        InMemoryDataset data = TestData.Classification(TestData.Rows(104), 2);
        ISelectionCriterion[] criteria = [new PowerSampling(), new SoftmaxSampling(4), new SoftRankSampling(), new ProbabilisticSampling()];
        foreach (ISelectionCriterion criterion in criteria)
        {
            int[] Suggest(long seed) => [.. new MarginalConfidenceStrategy(criterion).Suggest(Rounds.Over(data, model, seed: seed), 5).Indices];
            int uncertain = Enumerable.Range(0, 40).Sum(seed => Suggest(seed).Count(i => i < 14));
            Assert.That(uncertain, Is.GreaterThan(60), $"{criterion}: of 200, where 20 would be chance");
            int[] first = Suggest(3);
            Assert.That(Suggest(3), Is.EqualTo(first));
            Assert.That(Suggest(4), Is.Not.EqualTo(first));
        }
    }
}
