using System.Text.Json;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class MQNetTests
{
    // EX-MQ.
    private static readonly double[] Uncertainties = [0.1, 0.4, 0.7];
    private static readonly double[] Purity = [0.95, 0.9, 0.2];

    [Test]
    public void The_worked_example()
    {
        double[] i = new double[3], p = new double[3];
        MQNetStrategy.Standardise(Uncertainties, i);
        MQNetStrategy.Standardise(Purity, p);
        Close.Check(i, [0.293833, 1, 3.403298], Close.SixDecimals);
        Close.Check(p, [2.179004, 1.882932, 0.243729], Close.SixDecimals);
        Close.Check([.. i.Zip(p, (a, b) => a + b)], [2.472836, 2.882932, 3.647027], Close.SixDecimals);

        // W₁ = [[1, −1], [0.5, 2]], b₁ = 0, W₂ = [1, −3], b₂ = 0.1.
        var network = new MetaNetwork(2, new RandomStream(1));
        new[] { 1, -1, 0.5, 2, 0, 0, 1, -3, 0.1 }.CopyTo(network.Parameters);
        Close.Check(network.Outputs([.. i.Zip(p)]), [0.899526, 0.974513, 1.071395], Close.SixDecimals);
    }

    [Test]
    public void Equal_values_and_outliers_stay_finite()
    {
        double[] values = new double[3];
        MQNetStrategy.Standardise([0.1 + 0.2, 0.3, 0.3], values);
        Assert.That(values, Is.EqualTo([1.0, 1, 1]));
        double[] many = new double[1_000_000], standardised = new double[many.Length];
        many[7] = 1;
        MQNetStrategy.Standardise(many, standardised);
        Assert.That(standardised, Is.All.Matches<double>(double.IsFinite));
        Assert.That(() => MQNetStrategy.Standardise([double.NaN], new double[1]), Throws.ArgumentException);
        MQNetStrategy.Standardise([], []);
    }

    [Test]
    public void Outputs_and_steps_are_those_of_PyTorch()
    {
        JsonElement golden = GoldenData.OpenSetSection("meta");
        (double, double)[] inputs = [.. golden.Numbers("inputs").Chunk(2).Select(pair => (pair[0], pair[1]))];
        var network = new MetaNetwork(6, new RandomStream(1));
        golden.Numbers("parameters").CopyTo(network.Parameters);
        Close.Check(network.Outputs(inputs), golden.Numbers("outputs"));
        for (int step = 0; step < 20; step++)
        {
            network.Step(inputs, golden.Numbers("losses"), 0.5, 0.05);
        }

        Close.Check(network.Parameters, golden.Numbers("after"), 1e-11);
    }

    [Test]
    public void The_output_never_falls_in_either_input()
    {
        var random = new RandomStream(3);
        var network = new MetaNetwork(16, random);
        for (int i = 0; i < network.Parameters.Length; i++)
        {
            network.Parameters[i] = random.NextGaussian();
        }

        for (int k = 0; k < 200; k++)
        {
            double i = random.NextDouble() * 3, p = random.NextDouble() * 3, more = random.NextDouble();
            double[] outputs = network.Outputs([(i, p), (i + more, p), (i, p + more)]).ToArray();
            Assert.That(outputs[1..], Is.All.GreaterThanOrEqualTo(outputs[0]));
        }
    }

    [Test]
    public void The_first_query_is_by_the_sum_and_the_next_by_what_its_answers_taught()
    {
        var pool = new OpenSetPool(5);
        var strategy = new MQNetStrategy(learning: ContrastiveLearning.None);
        QueryContext first = pool.Context();
        Suggestion batch = strategy.Suggest(first, 90);
        double[] sums = new double[first.Pool.Count], purity = new double[sums.Length];
        MQNetStrategy.Standardise(first.Score(LeastConfidence()), sums);
        MQNetStrategy.Standardise(Cosines(pool, first), purity);
        System.Numerics.Tensors.TensorPrimitives.Add<double>(sums, purity, sums);
        Close.Check([.. batch.Scores!], [.. batch.Indices.Select(i => sums[i - first.Pool.Indices[0]])], 1e-6);
        Assert.That(batch.Scores![0], Is.EqualTo(sums.Max()).Within(1e-6));

        Assert.That(strategy.Suggest(pool.Context(), 90).Scores, Is.EqualTo(batch.Scores), "as long as there is no answer");
        QueryContext second = After(pool, batch.Indices);
        Suggestion next = strategy.Suggest(second, 20);
        Assert.That(next.Indices, Has.None.AnyOf(batch.Indices.Cast<object>().ToArray()));
        Suggestion forgetful = new MQNetStrategy(learning: ContrastiveLearning.None).Suggest(After(pool, batch.Indices), 20);
        Assert.That(next.Indices, Is.Not.EqualTo(forgetful.Indices), "what was learned changes the batch");
        Assert.That(pool.Purity(next.Indices), Is.GreaterThanOrEqualTo(pool.Purity(batch.Indices)));

        // Another run on the same dataset starts from fewer labels than the last query knew.
        Assert.That(strategy.Suggest(pool.Context(), 90).Scores, Is.EqualTo(batch.Scores));
    }

    [Test]
    public void Runs_that_share_the_strategy_and_the_dataset_do_not_meet()
    {
        var pool = new OpenSetPool(6);
        MQNetStrategy Fresh() => new(learning: new ContrastiveLearning { Epochs = 2 });
        ActiveLearningPipeline Run(IStrategy strategy, long seed)
        {
            int[] all = TestData.Range(0, pool.Data.Count), test = [.. all.Where(i => !pool.Data.GetLabel(i).IsOutOfDistribution).TakeLast(20)];
            var split = new DataSplit { Train = [.. all.Except(test)], Test = test, Labelled = TestData.Range(0, 2 * OpenSetPool.KnownOfClass) };
            return new ActiveLearningPipeline(new DataManager(pool.Data, split), new ParzenClassifier(), strategy, seed: seed);
        }

        int[] Asked(ActiveLearningPipeline run) => [.. run.History.SelectMany(r => r.Queried)];
        int[][] alone = [.. new long[] { 1, 2 }.Select(seed =>
        {
            ActiveLearningPipeline run = Run(Fresh(), seed);
            run.Run(rounds: 3, batchSize: 20);
            return Asked(run);
        })];
        Assert.That(alone[0], Is.Not.EqualTo(alone[1]));
        MQNetStrategy shared = Fresh();
        ActiveLearningPipeline first = Run(shared, 1), second = Run(shared, 2);
        for (int round = 0; round < 3; round++)
        {
            first.Query(first.Step(20).Indices);
            second.Query(second.Step(20).Indices);
        }

        Assert.That(Asked(first), Is.EqualTo(alone[0]));
        Assert.That(Asked(second), Is.EqualTo(alone[1]));
    }

    [Test]
    public void A_round_that_is_begun_once_more_asks_the_same()
    {
        var pool = new OpenSetPool(5);
        var strategy = new MQNetStrategy(learning: ContrastiveLearning.None);
        var run = new RunScope(new RandomStream(1));
        strategy.Suggest(pool.Context(run: run), 90);
        Suggestion second = strategy.Suggest(pool.Context(run: run, asked: 90), 20);
        Assert.That(strategy.Suggest(pool.Context(run: run, asked: 90), 20).Scores, Is.EqualTo(second.Scores));
        Assert.That(new MQNetStrategy(learning: ContrastiveLearning.None).Suggest(pool.Context(run: run, asked: 90), 20).Scores, Is.Not.EqualTo(second.Scores));
    }

    [Test]
    public void What_is_learned_follows_the_losses([Values] bool purityPays)
    {
        // Items whose loss grows with one of the two inputs, which pull against each other.
        var random = new RandomStream(8);
        (double, double)[] inputs = [.. Enumerable.Range(0, 40).Select(_ => (double)random.NextDouble()).Select(t => (2 * t, 2 * (1 - t)))];
        double[] losses = [.. inputs.Select(x => purityPays ? x.Item2 : x.Item1)];
        var network = new MetaNetwork(64, new RandomStream(1));
        for (int step = 0; step < 3000; step++)
        {
            network.Step(inputs, losses, 1, 1e-3);
        }

        double[] outputs = network.Outputs([(0.2, 1.8), (1.8, 0.2)]).ToArray();
        Assert.That(outputs[0] > outputs[1], Is.EqualTo(purityPays));
    }

    [Test]
    public void It_makes_batches_of_an_open_set_purer([Values] bool learned)
    {
        double purity = Enumerable.Range(0, learned ? 3 : 10).Average(seed =>
        {
            var pool = new OpenSetPool(seed);
            var strategy = new MQNetStrategy(learning: learned ? null : ContrastiveLearning.None);
            return pool.Purity(strategy.Suggest(After(pool, strategy.Suggest(pool.Context(), 90).Indices), 30).Indices);
        });
        Assert.That(purity, Is.GreaterThan(OpenSetPool.PurityOfOthers() + 0.3), "by what a large, mixed query taught");
    }

    [Test]
    public void It_needs_labels_and_probabilities()
    {
        Assert.That(new MQNetStrategy().Requirements.Capabilities, Is.EqualTo(Capabilities.ClassProbabilities));
        var pool = new OpenSetPool(1);
        Assert.That(
            () => new MQNetStrategy().Suggest(Rounds.Over(pool.Data, pool.Model, labelled: 0), 1),
            Throws.InvalidOperationException.With.Message.Contains("no item is labelled"));
        Assert.That(() => new MQNetStrategy(margin: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static IInformativenessFunction LeastConfidence() => Informativeness.LeastConfidence;

    private static double[] Cosines(OpenSetPool pool, QueryContext context)
    {
        double[] rows = TestData.All(StandardisedRows.Of(context, FeatureSpace.Features));
        var matrix = new FeatureMatrix(Array.ConvertAll(rows, v => (float)v), rows.Length / 6, 6);
        return new Distances.Cosines(matrix.Slice(context.Pool.Count, context.Labelled.Count)).Largest(matrix.Slice(0, context.Pool.Count), 1, default);
    }

    /// <summary>The next round, with the answers to a query.</summary>
    private static QueryContext After(OpenSetPool pool, IReadOnlyList<int> query)
    {
        QueryContext before = pool.Context();
        int[] Known(DatasetView view, bool outside) => [.. view.Indices, .. query.Where(i => pool.Data.GetLabel(i).IsOutOfDistribution == outside)];
        return new QueryContext(
            new DatasetView(pool.Data, before.Pool.Indices.ToArray().Except(query).ToArray()),
            new DatasetView(pool.Data, Known(before.Labelled, false)),
            pool.Model,
            new RandomStream(2))
        {
            OutOfDistribution = new DatasetView(pool.Data, Known(before.OutOfDistribution, true)),
        };
    }
}
