using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>WAAL's part in the training of a model.</summary>
public sealed class WAALTrainingTests
{
    private static readonly LearningTask Task = LearningTask.Classification(3);

    private static readonly WAALOptions Small = new() { HiddenWidth = 8, BatchSize = 8, CriticSteps = 2 };

    [Test]
    public void Critic_and_features_are_trained_in_turn_as_in_another_program()
    {
        JsonElement golden = GoldenData.Adversarial;
        var critic = new WassersteinCritic(3, new WAALOptions { HiddenWidth = 5, LabelledWeight = 0.4 }, new RandomStream(1));
        for (int l = 0, start = 0; l < 3; l++)
        {
            int length = critic.Network.Widths[l + 1] * (critic.Network.Widths[l] + 1);
            for (int i = 0; i < length; i++)
            {
                critic.Network.Parameters[start + i] = 0.6 * Math.Sin((1.3 * i) + 0.7 + l);
            }

            start += length;
        }

        foreach (JsonElement step in golden.GetProperty("joint").EnumerateArray())
        {
            double[] labelled = Divided(step.Numbers("labelled")), pool = Divided(step.Numbers("pool"));
            Close.Check(critic.Accumulate(pool, labelled, [0.1, 0.9, 0.5, 0.3, 0.7, 0.2]), step.GetProperty("critic_loss").GetDouble(), 1e-9);
            critic.Network.Step(0.05);
            (double distance, double[] gradient) = critic.Distance(pool, labelled);
            Close.Check(0.3 * Math.Sqrt(3) * distance, step.GetProperty("loss").GetDouble(), 1e-7);
            Close.Check(Array.ConvertAll(gradient, g => 0.3 * g), [.. step.Numbers("by_pool"), .. step.Numbers("by_labelled")], 1e-7);
        }

        Close.Check(critic.Network.Parameters, golden.Numbers("joint_critic"), 1e-6);

        static double[] Divided(double[] values) => Array.ConvertAll(values, v => v / Math.Sqrt(3));
    }

    [Test]
    public void The_loss_on_features_is_that_of_another_program()
    {
        JsonElement golden = GoldenData.Adversarial, step = golden.GetProperty("joint").EnumerateArray().Last();
        var hook = new WassersteinHook(
            new WAALOptions { HiddenWidth = 5, LabelledWeight = 0.4, FeatureWeight = 0.3, CriticSteps = 1, LearningRate = 1e-12 })
        {
            Unlabelled = View(0, 6),
        };
        hook.Begin(new RandomStream(1));
        float[] labelled = Floats(step.Numbers("labelled")), pool = Floats(step.Numbers("pool")), byLabelled = new float[12], byPool = new float[18];
        Loss(hook, labelled, pool, byLabelled, byPool, width: 3);
        // The critic that the other program had after its last step.
        golden.Numbers("joint_critic").CopyTo(hook.Critic!.Network.Parameters);
        double loss = Loss(hook, labelled, pool, byLabelled, byPool, width: 3);
        Close.Check(loss, step.GetProperty("loss").GetDouble(), 1e-5);
        Close.Check(Doubles(byPool), step.Numbers("by_pool"), 1e-5);
        Close.Check(Doubles(byLabelled), step.Numbers("by_labelled"), 1e-5);
    }

    [Test]
    public void The_gradient_brings_features_of_both_sides_together()
    {
        // Candidates lie at 2, labelled items at −2: the critic grows from the second to the first, and the features descend.
        var hook = new WassersteinHook(new WAALOptions { FeatureWeight = 1, CriticSteps = 50 }) { Unlabelled = View(0, 6) };
        hook.Begin(new RandomStream(3));
        float[] labelled = [.. Enumerable.Repeat(-2f, 4)], pool = [.. Enumerable.Repeat(2f, 6)], byLabelled = new float[4], byPool = new float[6];
        double loss = 0;
        for (int step = 0; step < 20; step++)
        {
            loss = Loss(hook, labelled, pool, byLabelled, byPool, width: 1);
        }

        // A slope s between both makes 4 s − 10 (s − 1)² largest: 1.2, as the penalty is finite.
        Assert.That(loss, Is.EqualTo(4.8).Within(0.4));
        Assert.That(byPool, Has.All.Positive, "less is better");
        Assert.That(byLabelled, Has.All.Negative, "more is better");
        Assert.That(byPool.Sum(), Is.InRange(0.9, 1.4));
    }

    [Test]
    public void Candidates_are_drawn_pass_by_pass_and_never_the_whole_pool()
    {
        var hook = new WassersteinHook(Small) { Unlabelled = View(0, 29) };
        Assert.That(hook.Begin(new RandomStream(1)), Is.EqualTo(8));
        int[] counts = new int[29], rows = new int[8];
        for (int step = 0; step < 300; step++)
        {
            hook.DrawUnlabelled(rows);
            Assert.That(rows, Is.Unique);
            Array.ForEach(rows, row => counts[row]++);
            if (step == 2)
            {
                Assert.That(counts, Has.All.LessThan(2), "three batches of a pass of 29");
            }
        }

        Assert.That(counts, Has.All.InRange(60, 100));
        hook.Unlabelled = View(0, 5);
        Assert.That(hook.Begin(new RandomStream(1)), Is.EqualTo(5));
        hook.Unlabelled = null;
        Assert.That(hook.Begin(new RandomStream(1)), Is.Zero);
    }

    [Test]
    public void Each_training_begins_anew_and_ends_with_the_best_critic()
    {
        var hook = new WassersteinHook(Small) { Unlabelled = View(0, 6) };
        Assert.That(hook.Critic, Is.Null);
        double[] first = Run(), again = Run();
        Assert.That(again, Is.EqualTo(first));
        hook.OnBest();
        double[] best = Flat(hook.Critic!);
        Assert.That(best, Is.EqualTo(first));
        Loss(hook, new float[4], [1, 2, 3, 4, 5, 6], new float[4], new float[6], width: 1);
        Assert.That(Flat(hook.Critic!), Is.EqualTo(best), "later steps do not change it");
        hook.OnBest();
        Assert.That(Flat(hook.Critic!), Is.Not.EqualTo(best));
        hook.Begin(new RandomStream(2));
        Assert.That(hook.Critic, Is.Null);

        double[] Run()
        {
            hook.Begin(new RandomStream(2));
            for (int step = 0; step < 3; step++)
            {
                Loss(hook, [0, -1, 1, 0.5f], [1, 2, 3, 4, 5, 6], new float[4], new float[6], width: 1);
            }

            return Flat(hook.Critic!);
        }
    }

    [Test]
    public void It_takes_part_where_features_can_be_trained()
    {
        Assert.That(new WAALStrategy(Small).CreateTrainingHook(Task), Is.TypeOf<WassersteinHook>());
        Assert.That(new WAALStrategy(Small with { FeatureWeight = 0 }).CreateTrainingHook(Task), Is.Null);
        Assert.That(new WAALStrategy(Small, FeatureSpace.Features).CreateTrainingHook(Task), Is.Null);
        Assert.That(new WAALStrategy().Requirements.Capabilities.HasFlag(Capabilities.TrainingHooks), Is.False);
        Assert.That(() => new WAALOptions { FeatureWeight = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WAALOptions { LabelledWeight = double.NaN }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new WAALOptions { CriticSteps = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Wrappers_hand_it_on()
    {
        var inner = new WAALStrategy(Small);
        foreach (IStrategy wrapper in new IStrategy[]
        {
            new SubPoolStrategy(inner, 10), new OpenSetFilterStrategy(inner), new ClassBalancerStrategy(inner), new CEALStrategy(inner),
            new ScheduledStrategy(new StrategyPhase(new RandomAcquisitionStrategy(), 1), new StrategyPhase(inner)),
            new ALBLStrategy([new RandomAcquisitionStrategy(), inner]),
        })
        {
            (ActiveLearningPipeline pipeline, FakeNetwork model) = Pipeline(wrapper);
            Assert.That(model.TrainingHook, Is.TypeOf<WassersteinHook>(), wrapper.Name);
            pipeline.Run(rounds: 2, batchSize: 3);
            Assert.That(((WassersteinHook)model.TrainingHook!).Critic, Is.Not.Null, wrapper.Name);
        }

        IStrategy both = new ALBLStrategy([inner, new TiDALStrategy()]);
        Assert.That(() => Pipeline(both), Throws.InvalidOperationException.With.Message.Contains("WAAL and TiDAL both take part"));
    }

    [Test]
    public void A_pipeline_tells_the_hook_the_candidates_of_each_round()
    {
        (ActiveLearningPipeline pipeline, FakeNetwork model) = Pipeline(new WAALStrategy(Small));
        var hook = (WassersteinHook)model.TrainingHook!;
        pipeline.Step(3);
        Assert.That(hook.Unlabelled!.Indices.ToArray(), Is.EqualTo(TestData.Range(6, 44)));
        pipeline.Query([10, 20]);
        pipeline.Step(3);
        Assert.That(hook.Unlabelled!.Indices.ToArray(), Is.EqualTo(pipeline.Data.UnlabelledIndices));
        pipeline.ComputeTheoreticalPerformance();
        Assert.That((hook.Unlabelled, hook.Critic), Is.EqualTo(((DatasetView?)null, (WassersteinCritic?)null)), "all labelled: there is no candidate");
        pipeline.Run();
        Assert.That(hook.Unlabelled!.Count, Is.Zero, "the last model of a run until the pool is empty");
        Assert.That(hook.Critic, Is.Null);
    }

    [Test]
    public void The_query_asks_the_critic_of_the_training()
    {
        InMemoryDataset data = TestData.Classification(TestData.Rows(60), 3);
        var strategy = new WAALStrategy(Small);
        FakeNetwork joined = Rounds.Joined(new FakeNetwork(), strategy, data);
        QueryContext context = Rounds.Over(data, joined);
        Assert.That(context.TrainingHook, Is.SameAs(joined.TrainingHook));
        Suggestion batch = strategy.Suggest(context, context.Pool.Count), same = strategy.Suggest(Rounds.Over(data, joined, seed: 9), context.Pool.Count);
        Assert.That(same.Scores, Is.EqualTo(batch.Scores), "a query draws nothing");
        WassersteinCritic critic = ((WassersteinHook)joined.TrainingHook!).Critic!;
        var uncertainties = new double[context.Pool.Count];
        WAALStrategy.ComputeUncertainty(context.ClassProbabilities, uncertainties);
        double[] expected =
        [
            .. Enumerable.Range(0, context.Pool.Count).Select(i =>
                (10 * critic.Outputs(Array.ConvertAll(context.Pool.Features.Row(i).ToArray(), v => v / Math.Sqrt(3)))[0]) - uncertainties[i]),
        ];
        Close.Check([.. batch.Scores!], [.. expected.OrderDescending()], 1e-6);

        // Where no candidate was seen, or by a strategy that takes no part, the critic is trained in the query.
        Suggestion alone = new WAALStrategy(Small with { FeatureWeight = 0 }).Suggest(context, context.Pool.Count);
        Assert.That(alone.Scores, Is.Not.EqualTo(batch.Scores));
        ((WassersteinHook)joined.TrainingHook!).Begin(new RandomStream(1));
        Assert.That(strategy.Suggest(context, context.Pool.Count).Scores, Is.EqualTo(alone.Scores));
    }

    private static (ActiveLearningPipeline Pipeline, FakeNetwork Model) Pipeline(IStrategy strategy)
    {
        var model = new FakeNetwork();
        var data = new DataManager(
            TestData.Classification(TestData.Rows(60), 3),
            new DataSplit { Train = TestData.Range(0, 50), Test = TestData.Range(50, 10), Labelled = TestData.Range(0, 6) });
        return (new ActiveLearningPipeline(data, model, strategy), model);
    }

    private static DatasetView View(int start, int count) => new(TestData.Classification(TestData.Rows(60), 3), TestData.Range(start, count));

    private static double Loss(WassersteinHook hook, float[] labelled, float[] pool, float[] byLabelled, float[] byPool, int width) => hook.EmbeddingLoss(
        new EmbeddingBatch
        {
            Epoch = 0,
            LabelledRows = TestData.Range(0, labelled.Length / width),
            UnlabelledRows = TestData.Range(0, pool.Length / width),
            Labelled = labelled,
            Unlabelled = pool,
            Width = width,
        },
        byLabelled,
        byPool);

    private static double[] Flat(WassersteinCritic critic) => critic.Network.Parameters.ToArray();

    private static float[] Floats(double[] values) => Array.ConvertAll(values, v => (float)v);

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);
}
