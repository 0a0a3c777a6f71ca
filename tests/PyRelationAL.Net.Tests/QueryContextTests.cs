using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class QueryContextTests
{
    [Test]
    public void A_prediction_is_made_once_for_all_scores_of_a_round()
    {
        var model = new FakeClassifier();
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(30), 3), model);
        var strategy = new CompositeStrategy(
            (0.5 * Informativeness.Entropy) + (0.5 * Informativeness.LeastConfidence) + Informativeness.MarginConfidence.Normalise());
        strategy.Suggest(context, 3);
        _ = context.Score(Informativeness.RatioConfidence);
        Assert.That(model.PredictCalls, Is.EqualTo(1));
    }

    [Test]
    public void Gaussian_predictions_and_embeddings_are_made_once()
    {
        var model = new FakeGaussian();
        QueryContext context = Rounds.Over(TestData.Regression(TestData.Rows(30)), model);
        _ = context.Score(Informativeness.ExpectedImprovement());
        _ = context.Score(Informativeness.UpperConfidenceBound());
        Assert.That(model.PredictCalls, Is.EqualTo(1));
        _ = context.Score(Informativeness.RelativeDistance(space: FeatureSpace.Embeddings));
        _ = context.Score(Informativeness.InformationDensity(Informativeness.StandardDeviation, space: FeatureSpace.Embeddings));
        Assert.That(model.EmbedCalls, Is.EqualTo(2), "the pool once and the labelled items once");
    }

    [Test]
    public void Posterior_blocks_are_kept_for_the_round()
    {
        var model = new FakeCommittee();
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(30), 3), model);
        _ = context.Score(Informativeness.ClassificationBald);
        _ = context.Score(Informativeness.VoteEntropy);
        _ = context.Score(Informativeness.Entropy);
        Assert.That(model.PredictCalls, Is.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Blocks_cover_the_pool_and_share_a_stream_only_where_samples_are_consistent(bool consistent)
    {
        // 2¹⁸ values for each row: four rows a block.
        const int Samples = 1 << 17;
        var streams = new List<ulong>();
        var sizes = new List<int>();
        var model = new WideSampler(Samples, consistent, (items, random) =>
        {
            streams.Add(random.NextUInt64());
            sizes.Add(items.Count);
        });
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(14), 2), model);
        int covered = 0;
        foreach (PosteriorBlock<PosteriorClassSamples> block in context.PosteriorClassBlocks())
        {
            Assert.That(block.Start, Is.EqualTo(covered));
            covered += block.Samples.RowCount;
        }

        Assert.That(covered, Is.EqualTo(10));
        Assert.That(sizes, Is.EqualTo([4, 4, 2]));
        Assert.That(streams.Distinct().Count(), Is.EqualTo(consistent ? 1 : 3));
        _ = context.PosteriorClassBlocks().Count();
        Assert.That(sizes, Has.Count.EqualTo(3), "kept");
    }

    [Test]
    public void Blocks_can_be_walked_in_part_first()
    {
        var model = new FakeCommittee();
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(30), 3), model);
        _ = context.PosteriorClassBlocks().First();
        Assert.That(context.PosteriorClassBlocks().Sum(b => b.Samples.RowCount), Is.EqualTo(26));
        Assert.That(model.PredictCalls, Is.EqualTo(1));
    }

    [Test]
    public void Probabilities_follow_from_samples_and_moments_from_values()
    {
        InMemory(out QueryContext classes, out QueryContext values);
        PosteriorClassSamples samples = classes.PosteriorClassBlocks().Single().Samples;
        Close.Check(classes.ClassProbabilities.Values, samples.Mean().Values);
        PosteriorValueSamples draws = values.PosteriorValueBlocks().Single().Samples;
        Close.Check(values.GaussianPredictions.Mean, draws.Moments().Mean);
        Close.Check(values.GaussianPredictions.StandardDeviation, draws.Moments().StandardDeviation);
        Assert.That(values.GaussianPredictions.SampleCount, Is.EqualTo(5));
        Assert.That(values.OnlyPosteriorValues);
    }

    [Test]
    public void A_joint_draw_of_a_committee_is_one_member_and_of_a_gaussian_follows_the_covariance()
    {
        InMemory(out _, out QueryContext values);
        double[] draw = values.DrawJointValues(new RandomStream(3));
        PosteriorValueSamples samples = values.PosteriorValueBlocks().Single().Samples;
        Assert.That(Enumerable.Range(0, 5).Count(m => samples.Sample(m).SequenceEqual(draw)), Is.EqualTo(1));

        QueryContext gaussian = Rounds.Over(TestData.Regression(TestData.Duplicates(9)), new FakeGaussian());
        Close.Check(gaussian.DrawJointValues(new RandomStream(1)), [.. Enumerable.Repeat(gaussian.DrawJointValues(new RandomStream(1))[0], 5)],
            1e-5, "duplicates move together");
        Assert.That(
            () => gaussian.DrawJointValues(new RandomStream(1), largestJointPool: 4),
            Throws.InvalidOperationException.With.Message.Contains("SubPoolStrategy"));
    }

    [Test]
    public void An_inconsistent_sampler_gives_no_joint_draws() => Assert.That(
        () => new ActiveLearningPipeline(
            new DataManager(TestData.Regression(TestData.Rows(20)), new DataSplit { Test = [0, 1] }),
            new FakeValueCommittee(consistent: false),
            new ThompsonSamplingStrategy(joint: true)),
        Throws.TypeOf<CapabilityMissingException>().With.Property("Missing").EqualTo(Capabilities.JointValueDraws));

    [Test]
    public void A_prediction_of_the_wrong_shape_names_the_model_and_the_shape()
    {
        QueryContext Context(ScriptedModel model) => Rounds.Over(TestData.Classification(TestData.Rows(14), 3), model);
        double[] row = [0.5, 0.25, 0.25];
        Assert.That(
            () => Context(new ScriptedModel { Probabilities = _ => new ClassProbabilities(row, 3) }).ClassProbabilities,
            Throws.InvalidOperationException.With.Message.Contains("ScriptedModel predicted 1 rows for 10 items"));
        Assert.That(
            () => Context(new ScriptedModel
            {
                Probabilities = items =>
                new ClassProbabilities([.. Enumerable.Repeat(0.5, 2 * items.Count)], 2)
            }).ClassProbabilities,
            Throws.InvalidOperationException.With.Message.Contains("predicted 2 classes; the task has 3"));
        Assert.That(
            () => Context(new ScriptedModel { Samples = _ => new PosteriorClassSamples([.. row, .. row], 2, 3) }).Score(Informativeness.VoteEntropy),
            Throws.InvalidOperationException.With.Message.Contains("1 rows for 10"));
        Assert.That(
            () => Context(new ScriptedModel
            {
                SampleCount = 3,
                Samples = i =>
                new PosteriorClassSamples([.. Enumerable.Repeat(row, 2 * i.Count).SelectMany(r => r)], 2, 3)
            })
                .Score(Informativeness.VoteEntropy),
            Throws.InvalidOperationException.With.Message.Contains("drew 2 posterior samples; it says that it draws 3"));
        Assert.That(
            () => Context(new ScriptedModel { Gaussian = _ => new GaussianPredictions(new double[3], new double[3]) }).GaussianPredictions,
            Throws.InvalidOperationException.With.Message.Contains("3 rows for 10"));
        Assert.That(
            () => Context(new ScriptedModel { Joint = _ => new JointGaussianPredictions(new double[3], new double[9]) }).DrawJointValues(new RandomStream(1)),
            Throws.InvalidOperationException.With.Message.Contains("3 rows for 10"));
        Assert.That(
            () => Context(new ScriptedModel { Embeddings = _ => TestData.Rows(3) }).PoolRows(FeatureSpace.Embeddings),
            Throws.InvalidOperationException.With.Message.Contains("3 rows for 10"));
    }

    [Test]
    public void A_score_of_the_wrong_length_or_not_finite_names_the_function_and_the_item()
    {
        QueryContext context = Rounds.Of(TaskKinds.Regression, 5);
        Assert.That(
            () => context.Score(Informativeness.Of(Requirements.None, _ => [1, 2])), Throws.InvalidOperationException
                .With.Message.Contains("2 scores for 5 candidates"));
        Assert.That(
            () => context.Score(Informativeness.OfGaussian((_, _) => double.NaN)), Throws.InvalidOperationException
                .With.Message.Contains("item 4 (candidate 0) as NaN"));
    }

    [Test]
    public void A_user_score_that_throws_looks_the_same_on_one_thread_and_on_many()
    {
        var score = new ThrowingScore();
        foreach (int threads in new[] { 1, 4 })
        {
            QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(9000), 2), new FakeClassifier(), threads: threads);
            Assert.That(() => context.Score(score), Throws.TypeOf<FormatException>());
        }
    }

    [Test]
    public void Scores_of_ones_own_combine_with_operators()
    {
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(20), 3), new FakeClassifier());
        double[] max = context.Score(Informativeness.OfProbabilities(p => 1 - System.Numerics.Tensors.TensorPrimitives.Max(p)));
        double[] entropy = context.Score(Informativeness.Entropy);
        Close.Check(max, Array.ConvertAll(context.Score(Informativeness.LeastConfidence), s => s * 2 / 3));
        IInformativenessFunction own = Informativeness.Of(Requirements.None, _ => max);
        Close.Check(context.Score((2 * own) - Informativeness.Entropy), [.. max.Zip(entropy, (m, e) => (2 * m) - e)]);
        Close.Check(context.Score(own * 0.5), Array.ConvertAll(max, m => 0.5 * m));
        Close.Check(context.Score(own * Informativeness.Entropy.Pow(2)), [.. max.Zip(entropy, (m, e) => m * e * e)]);
        Assert.That(
            () => context.Score(Informativeness.Of(Requirements.None, _ => [.. max.Select(m => -m)]).Pow(0.5)),
            Throws.InvalidOperationException.With.Message.Contains("at least 0"));
        Assert.That(() => own * (IInformativenessFunction)null!, Throws.ArgumentNullException);
        Assert.That(() => ((IInformativenessFunction)null!).Normalise(), Throws.ArgumentNullException);
        Assert.That(() => Informativeness.Of(Requirements.None, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Streams_are_named_and_a_restricted_round_has_its_own()
    {
        QueryContext context = Rounds.Of(TaskKinds.Regression, 20);
        ulong first = context.RandomFor("a").NextUInt64();
        Assert.That(context.RandomFor("a").NextUInt64(), Is.EqualTo(first));
        Assert.That(context.RandomFor("b").NextUInt64(), Is.Not.EqualTo(first));
        QueryContext restricted = context.Restrict([2, 5]);
        Assert.That(restricted.Pool.Indices.ToArray(), Is.EqualTo([6, 9]));
        Assert.That(restricted.RandomFor("a").NextUInt64(), Is.Not.EqualTo(first));
    }

    [TestCase(0)]
    [TestCase(-2)]
    public void A_wrong_number_of_threads_is_refused(int threads) =>
        Assert.That(
            () => Rounds.Of(TaskKinds.Regression, 3, threads: threads),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("at least 1"));

    [Test]
    public void Without_a_model_predictions_are_refused_by_name()
    {
        QueryContext context = Rounds.Over(TestData.Classification(TestData.Rows(9), 2), model: null);
        Assert.That(() => context.ClassProbabilities, Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("no model"));
        Assert.That(() => context.PoolRows(FeatureSpace.Embeddings), Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("Embeddings"));
        Assert.That(context.PoolRows(FeatureSpace.Features).RowCount, Is.EqualTo(5));
    }

    [Test]
    public void The_best_labelled_value_is_the_largest_label()
    {
        QueryContext context = Rounds.Of(TaskKinds.Regression, 5);
        Assert.That(context.BestLabelledValue, Is.EqualTo(context.Labelled.Values().Max()));
        Assert.That(
            () => Rounds.Of(TaskKinds.Regression, 5, labelled: 0).BestLabelledValue,
            Throws.InvalidOperationException.With.Message.Contains("no item is labelled"));
    }

    private static void InMemory(out QueryContext classes, out QueryContext values)
    {
        classes = Rounds.Over(TestData.Classification(TestData.Rows(14), 3), new FakeCommittee());
        values = Rounds.Over(TestData.Regression(TestData.Rows(14)), new FakeValueCommittee());
    }

    private sealed class ThrowingScore : ClassProbabilityScore
    {
        protected override void ScoreRows(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores) => throw new FormatException("mine");
    }

    private sealed class WideSampler(int sampleCount, bool consistent, Action<DatasetView, RandomStream> asked) : IPosteriorClassSampler
    {
        public int SampleCount => sampleCount;

        public bool Consistent => consistent;

        public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
        {
            asked(items, random);
            var values = new double[sampleCount * items.Count * 2];
            Array.Fill(values, 0.5);
            return new PosteriorClassSamples(values, sampleCount, 2);
        }
    }
}
