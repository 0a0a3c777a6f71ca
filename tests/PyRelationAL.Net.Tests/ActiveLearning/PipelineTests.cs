using System.Globalization;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Models;
using PyRelationAL.Oracles;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class PipelineTests
{
    [Test]
    public void A_run_records_each_query_and_the_final_model()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Assert.That(pipeline.Run(rounds: 4, batchSize: 3), Is.EqualTo(StopReason.RoundsDone));
        Assert.That(pipeline.Round, Is.EqualTo(4));
        Assert.That(pipeline.History.Select(r => r.Round), Is.EqualTo([0, 1, 2, 3, 4]));
        Assert.That(pipeline.History.Select(r => r.LabelledCount), Is.EqualTo([5, 8, 11, 14, 17]));
        Assert.That(pipeline.History.Select(r => r.UnlabelledCount), Is.EqualTo([45, 42, 39, 36, 33]));
        Assert.That(pipeline.History.Select(r => r.Queried.Count), Is.EqualTo([3, 3, 3, 3, 0]));
        Assert.That(pipeline.History.SelectMany(r => r.Queried), Is.EqualTo(pipeline.Data.LabelledIndices.Skip(5)));
        Assert.That(pipeline.History.Take(4), Is.All.Matches<RoundRecord>(r => r.LabelledBy == "benchmark" && r.Scores!.Count == 3));
        Assert.That(pipeline.History[^1].LabelledBy, Is.Null);
        Assert.That(pipeline.History[^1].Scores, Is.Null);
        Assert.That(pipeline.History, Is.All.Matches<RoundRecord>(r => r.Metrics.ContainsKey(MetricNames.MeanSquaredError)));
        Assert.That(((FakeModel)pipeline.Model).TrainedOn, Is.EqualTo(pipeline.Data.LabelledIndices), "the final model knows every label");
        Assert.That(pipeline.Model.IsTrained);
    }

    [Test]
    public void Each_round_trains_once_on_what_is_labelled()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        var sizes = new List<int>();
        ((FakeModel)pipeline.Model).WhileTraining = labelled => sizes.Add(labelled.Count);
        pipeline.Run(rounds: 3, batchSize: 2);
        Assert.That(sizes, Is.EqualTo([5, 7, 9, 11]));
    }

    [Test]
    public void Each_round_trains_and_queries_with_a_stream_of_its_own()
    {
        ActiveLearningPipeline pipeline = Pipeline(strategy: new RandomAcquisitionStrategy());
        var model = (FakeModel)pipeline.Model;
        var draws = new List<double> { model.Draw };
        for (int round = 0; round < 4; round++)
        {
            pipeline.Query(pipeline.Step(1).Indices);
            draws.Add(model.Draw);
        }

        Assert.That(draws, Is.Unique);
        int[] positions = [.. Enumerable.Range(0, 30).Select(seed => Pipeline(strategy: new RandomAcquisitionStrategy(), seed: seed).Step(1).Indices[0])];
        Assert.That(positions.Distinct().Count(), Is.GreaterThan(10));
    }

    [Test]
    public void It_is_recorded_who_labelled_what()
    {
        ActiveLearningPipeline pipeline = Pipeline(oracle: new DelegateOracle(_ => Label.OfValue(1), "laboratory"));
        pipeline.Run(rounds: 2, batchSize: 2);
        Assert.That(pipeline.LabelledBy, Has.Count.EqualTo(9));
        Assert.That(pipeline.LabelledBy[pipeline.Data.LabelledIndices[0]], Is.EqualTo(new LabelOrigin(0, "initialisation")));
        Assert.That(pipeline.LabelledBy[pipeline.History[1].Queried[0]], Is.EqualTo(new LabelOrigin(1, "laboratory")));
        Assert.That(pipeline.Data.Dataset.GetLabel(pipeline.History[1].Queried[0]), Is.EqualTo(Label.OfValue(1)));
    }

    [Test]
    public void The_same_seed_gives_the_same_history_on_any_number_of_threads()
    {
        string[] expected = Lines(Ran(1, 7));
        Assert.That(Lines(Ran(1, 7)), Is.EqualTo(expected));
        Assert.That(Lines(Ran(2, 7)), Is.EqualTo(expected));
        Assert.That(Lines(Ran(-1, 7)), Is.EqualTo(expected));
        Assert.That(Lines(Ran(1, 8)), Is.Not.EqualTo(expected));
    }

    [Test]
    public void Runs_add_up()
    {
        ActiveLearningPipeline twice = Pipeline();
        twice.Run(rounds: 2, batchSize: 2);
        twice.Run(rounds: 3, batchSize: 2);
        ActiveLearningPipeline once = Pipeline();
        once.Run(rounds: 5, batchSize: 2);
        Assert.That(Lines(twice), Is.EqualTo(Lines(once)));
    }

    [Test]
    public void By_hand_is_the_same_as_a_run()
    {
        ActiveLearningPipeline hand = Pipeline();
        for (int i = 0; i < 3; i++)
        {
            Suggestion suggestion = hand.Step(2);
            Assert.That(hand.Step(2).Indices, Is.EqualTo(suggestion.Indices), "asking again changes nothing");
            hand.Query(suggestion.Indices);
        }

        ActiveLearningPipeline run = Pipeline();
        run.Run(rounds: 3, batchSize: 2);
        Assert.That(Lines(hand), Is.EqualTo(Lines(run).Take(3)));
    }

    [Test]
    public void Other_items_than_the_suggested_ones_can_be_queried()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Suggestion suggestion = pipeline.Step(2);
        int[] others = [.. pipeline.Data.UnlabelledIndices.Except(suggestion.Indices).Take(4)];
        RoundRecord record = pipeline.Query(others);
        Assert.That(record.Queried, Is.EqualTo(others));
        Assert.That(record.Scores, Is.Null, "the scores were for other items");
        Assert.That(pipeline.Data.LabelledIndices.Skip(5), Is.EqualTo(others));
        Assert.That(pipeline.Step(1).Indices, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_query_without_a_step_trains_and_measures_too()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        RoundRecord record = pipeline.Query([pipeline.Data.UnlabelledIndices[0]]);
        Assert.That(record.Metrics, Is.Not.Empty);
        Assert.That(record.LabelledCount, Is.EqualTo(5));
    }

    [Test]
    public void The_pool_runs_empty_and_the_last_batch_is_what_is_left()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Assert.That(pipeline.Run(new RunOptions { BatchSize = 20 }), Is.EqualTo(StopReason.PoolEmpty));
        Assert.That(pipeline.History.Select(r => r.Queried.Count), Is.EqualTo([20, 20, 5, 0]));
        Assert.That(pipeline.Data.UnlabelledCount, Is.Zero);
        Assert.That(pipeline.Step(3).Indices, Is.Empty);
        Assert.That(pipeline.Run(rounds: 1), Is.EqualTo(StopReason.PoolEmpty), "and stays empty");
        Assert.That(pipeline.History, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_batch_larger_than_the_pool_is_the_pool()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Assert.That(pipeline.Run(rounds: 9, batchSize: 1000), Is.EqualTo(StopReason.PoolEmpty));
        Assert.That(pipeline.History.Select(r => r.Queried.Count), Is.EqualTo([45, 0]));
    }

    [Test]
    public void A_budget_cuts_the_last_batch()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Assert.That(pipeline.Run(new RunOptions { BatchSize = 4, LabelBudget = 10 }), Is.EqualTo(StopReason.BudgetSpent));
        Assert.That(pipeline.History.Select(r => r.Queried.Count), Is.EqualTo([4, 4, 2, 0]));
        Assert.That(pipeline.Run(new RunOptions { BatchSize = 4, LabelBudget = 0 }), Is.EqualTo(StopReason.BudgetSpent));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(15));
    }

    [Test]
    public void A_rule_ends_the_run()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Assert.That(pipeline.Run(new RunOptions { StopWhen = r => r.LabelledCount >= 8 }), Is.EqualTo(StopReason.RuleMet));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(8));
    }

    [Test]
    public void No_rounds_measure_the_initial_model()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Assert.That(pipeline.Run(rounds: 0), Is.EqualTo(StopReason.RoundsDone));
        Assert.That(pipeline.History.Single().LabelledCount, Is.EqualTo(5));
    }

    [Test]
    public void Wrong_options_are_refused()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        Assert.That(() => pipeline.Run(rounds: -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Rounds"));
        Assert.That(() => pipeline.Run(rounds: 1, batchSize: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("BatchSize"));
        Assert.That(() => pipeline.Run(new RunOptions { LabelBudget = -1 }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("LabelBudget"));
        Assert.That(() => pipeline.Step(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => pipeline.Query([]), Throws.ArgumentException);
        Assert.That(() => pipeline.Query([pipeline.Data.LabelledIndices[0]]), Throws.ArgumentException.With.Message.Contains("it is labelled"));
        Assert.That(
            () => pipeline.Query([pipeline.Data.UnlabelledIndices[0], pipeline.Data.UnlabelledIndices[0]]),
            Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(pipeline.History, Is.Empty);
    }

    [Test]
    public void What_does_not_fit_is_refused_when_the_pipeline_is_built()
    {
        DataManager data = Data();
        CapabilityMissingException? missing = Assert.Throws<CapabilityMissingException>(() => _ =
            new ActiveLearningPipeline(data, new NoCapabilities(), new VarianceReductionStrategy()));
        Assert.That(
            missing!.Message,
            Does.Contain("VarianceReduction").And.Contains("NoCapabilities").And.Contains("GaussianPredictions").And.Contains("GaussianProcessRegressor"));
        Assert.That(missing.Missing, Is.EqualTo(Capabilities.GaussianPredictions));
        Assert.That(
            () => new ActiveLearningPipeline(data, new FakeGaussian(), new EntropyClassificationStrategy()),
            Throws.TypeOf<CapabilityMissingException>()
                .With.Message.Contains("EntropyClassification is defined for Classification, and the dataset is for regression"));
        Assert.That(
            () => new ActiveLearningPipeline(data, new FakeGaussian(), new GreedyStrategy(), maxDegreeOfParallelism: 0),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ActiveLearningPipeline(data, new NoCapabilities(), new RandomAcquisitionStrategy()), Throws.Nothing);
        Assert.That(() => new ActiveLearningPipeline(null!, new FakeGaussian(), new GreedyStrategy()), Throws.ArgumentNullException);
        Assert.That(() => new ActiveLearningPipeline(data, null!, new GreedyStrategy()), Throws.ArgumentNullException);
        Assert.That(() => new ActiveLearningPipeline(data, new FakeGaussian(), null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_committee_of_one_is_refused_when_the_pipeline_is_built()
    {
        DataManager data = new(
            TestData.Classification(TestData.Rows(30), 3), new DataSplit { Test = TestData.Range(20, 10), Labelled = TestData.Range(0, 5) });
        IStrategy[] strategies =
        [
            new QueryByCommitteeStrategy(),
            new ClassificationBALDStrategy(),
            new CompositeStrategy(Informativeness.Entropy + Informativeness.VoteEntropy, name: "a sum with a committee score"),
            new SubPoolStrategy(new QueryByCommitteeStrategy(), 10),
        ];
        foreach (IStrategy strategy in strategies)
        {
            Assert.That(
                () => new ActiveLearningPipeline(data, new FakeCommittee(sampleCount: 1), strategy),
                Throws.TypeOf<CapabilityMissingException>()
                    .With.Message.EqualTo($"{strategy.Name} needs at least 2 posterior samples, and FakeCommittee draws 1: give it more samples or members."));
            Assert.That(() => new ActiveLearningPipeline(data, new FakeCommittee(sampleCount: 2), strategy), Throws.Nothing);
        }

        Assert.That(() => new ActiveLearningPipeline(data, new FakeCommittee(sampleCount: 1), new LeastConfidenceStrategy()), Throws.Nothing);
        var three = new Requirements(TaskKinds.Regression, Capabilities.GaussianPredictions) { LeastSampleCount = 3 };
        Assert.That(
            () => three.Verify("A score of one's own", LearningTask.Regression, new FakeValueCommittee(sampleCount: 2)),
            Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("at least 3 posterior samples, and FakeValueCommittee draws 2"));
        Assert.That(() => three.Verify("A score of one's own", LearningTask.Regression, new FakeGaussian()), Throws.Nothing, "no samples, no count");
    }

    [Test]
    public void A_regression_committee_of_one_is_refused_where_its_deviation_counts()
    {
        DataManager data = new(TestData.Regression(TestData.Rows(30)), new DataSplit { Test = TestData.Range(20, 10), Labelled = TestData.Range(0, 5) });
        foreach (IStrategy strategy in new IStrategy[] { new VarianceReductionStrategy(), new BALDStrategy(), new UpperConfidenceBoundStrategy() })
        {
            Assert.That(
                () => new ActiveLearningPipeline(data, new FakeValueCommittee(sampleCount: 1), strategy),
                Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("needs at least 2 posterior samples"));
        }

        foreach (IStrategy strategy in new IStrategy[] { new GreedyStrategy(), new ThompsonSamplingStrategy(), new ExpectedImprovementStrategy() })
        {
            Assert.That(() => new ActiveLearningPipeline(data, new FakeValueCommittee(sampleCount: 1), strategy), Throws.Nothing);
        }
    }

    [Test]
    public void Labels_that_are_set_past_the_pipeline_make_it_train_anew()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        pipeline.Step();
        int index = pipeline.Data.UnlabelledIndices[0];
        pipeline.Data.SetLabels([index], [pipeline.Data.Dataset.GetLabel(index)]);
        Assert.That(pipeline.Step().Indices, Has.None.EqualTo(index));
        Assert.That(((FakeModel)pipeline.Model).TrainedOn, Does.Contain(index));
        Assert.That(pipeline.Measure().LabelledCount, Is.EqualTo(6));
    }

    [Test]
    public void A_list_that_changes_while_the_oracle_thinks_does_not_change_the_query()
    {
        List<int> indices = [];
        ActiveLearningPipeline pipeline = Pipeline(new DelegateOracle(index =>
        {
            indices.Clear();
            return Label.OfValue(index);
        }));
        int[] asked = [.. pipeline.Data.UnlabelledIndices.Take(2)];
        indices.AddRange(asked);
        Assert.That(pipeline.Query(indices).Queried, Is.EqualTo(asked));
        Assert.That(pipeline.Data.LabelledIndices.TakeLast(2), Is.EqualTo(asked));
    }

    [Test]
    public void Theoretical_performance_trains_on_everything_and_leaves_no_trace()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        int size = 0;
        ((FakeModel)pipeline.Model).WhileTraining = labelled => size = labelled.Count;
        IReadOnlyDictionary<string, double> full = pipeline.ComputeTheoreticalPerformance();
        ((FakeModel)pipeline.Model).WhileTraining = null;
        Assert.That(size, Is.EqualTo(50));
        Assert.That(full, Contains.Key(MetricNames.MeanSquaredError));
        Assert.That(pipeline.TheoreticalPerformance, Is.SameAs(full));
        Assert.That(pipeline.Model.IsTrained, Is.False);
        pipeline.Run(rounds: 2, batchSize: 2);
        ActiveLearningPipeline without = Pipeline();
        without.Run(rounds: 2, batchSize: 2);
        Assert.That(Lines(pipeline), Is.EqualTo(Lines(without)));
    }

    [Test]
    public void Hit_ratios_are_recorded_for_what_was_queried()
    {
        ActiveLearningPipeline pipeline = Pipeline(data: Data(hitRatioAt: 0.2), strategy: new RandomAcquisitionStrategy());
        pipeline.Run(new RunOptions { BatchSize = 9 });
        Assert.That(pipeline.History.Sum(r => r.HitRatio ?? 0), Is.EqualTo(1).Within(1e-12), "every hit is found in the end");
        Assert.That(pipeline.History[^1].HitRatio, Is.Null);
        Assert.That(pipeline.Summary().Columns, Does.Contain("hit_ratio"));
    }

    [Test]
    public void The_summary_has_the_numbers_and_the_text()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        pipeline.ComputeTheoreticalPerformance();
        pipeline.Run(rounds: 2, batchSize: 2);
        RunSummary summary = pipeline.Summary();
        Assert.That(summary.Columns, Is.EqualTo(["round", "labelled", "mse", "rmse", "mae", "r2", "seconds"]));
        Assert.That(summary.Rows, Has.Count.EqualTo(3));
        Assert.That(summary.Rows.Select(r => r[1]), Is.EqualTo(new double?[] { 5, 7, 9 }));
        Assert.That(summary.Rows[1][2], Is.EqualTo(pipeline.History[1].Metrics[MetricNames.MeanSquaredError]));
        string[] lines = summary.ToString().TrimEnd('\n').Split('\n');
        Assert.That(lines, Has.Length.EqualTo(5));
        Assert.That(lines.Select(l => l.Length).Distinct().Count(), Is.EqualTo(1), "aligned");
        Assert.That(lines[^1].TrimStart(), Does.StartWith("full"));
        Assert.That(lines[1], Does.Contain(pipeline.History[0].Metrics[MetricNames.MeanSquaredError].ToString("0.0000", CultureInfo.InvariantCulture)));
        Assert.That(Pipeline().Summary().Rows, Is.Empty);
        Assert.That(Pipeline().Summary().ToCsv(), Is.EqualTo("round,labelled,seconds\n"));
        string[] csv = summary.ToCsv().Split('\n');
        Assert.That(csv, Has.Length.EqualTo(5), "the names, three rounds, and the end of the last line");
        Assert.That(csv[0], Is.EqualTo("round,labelled,mse,rmse,mae,r2,seconds"));
        Assert.That(
            csv[2].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)), Is.EqualTo(summary.Rows[1].Select(cell => cell!.Value)));
        Assert.That(Pipeline().Summary().ToString(), Does.Contain("round"));
    }

    [Test]
    public void Progress_is_told_of_every_record()
    {
        ActiveLearningPipeline pipeline = Pipeline();
        var told = new Collector();
        pipeline.Run(new RunOptions { Rounds = 3 }, told);
        Assert.That(told.Records, Is.EqualTo(pipeline.History));
    }

    [Test]
    public void With_nothing_labelled_the_model_is_not_trained_and_a_strategy_without_a_model_starts()
    {
        var split = new DataSplit { Test = TestData.Range(50, 10), InitialSize = InitialSize.OfCount(0) };
        ActiveLearningPipeline pipeline = Pipeline(data: new DataManager(TestData.Regression(TestData.Rows(60)), split),
            strategy: new RandomAcquisitionStrategy());
        var sizes = new List<int>();
        ((FakeModel)pipeline.Model).WhileTraining = labelled => sizes.Add(labelled.Count);
        Assert.That(pipeline.Run(rounds: 2, batchSize: 3), Is.EqualTo(StopReason.RoundsDone));
        Assert.That(sizes, Is.EqualTo([3, 6]));
        Assert.That(pipeline.History[0].Metrics, Is.Empty);
        Assert.That(pipeline.Summary().Rows[0][2], Is.Null);
        Assert.That(pipeline.Summary().Rows[1][2], Is.Not.Null);
    }

    internal static DataManager Data(double? hitRatioAt = null) => new(
        TestData.Regression(TestData.Rows(60)), new DataSplit { Test = TestData.Range(50, 10), InitialSize = InitialSize.OfCount(5), HitRatioAt = hitRatioAt });

    internal static ActiveLearningPipeline Pipeline(
        IOracle? oracle = null, DataManager? data = null, IStrategy? strategy = null, int threads = -1, long seed = 7) =>
        new(data ?? Data(), new FakeGaussian(), strategy ?? new UpperConfidenceBoundStrategy(), oracle, seed, threads);

    /// <summary>The history without its timings.</summary>
    internal static string[] Lines(ActiveLearningPipeline pipeline) =>
    [
        .. pipeline.History.Select(r => string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Round} {r.LabelledCount} {string.Join(',', r.Queried)} {string.Join(',', r.Scores ?? [])} {Metrics(r)} {r.LabelledBy}")),
    ];

    private static string Metrics(RoundRecord record) =>
        string.Join(',', record.Metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}={m.Value:R}")));

    private static ActiveLearningPipeline Ran(int threads, long seed)
    {
        ActiveLearningPipeline pipeline = Pipeline(threads: threads, seed: seed,
            strategy: new CompositeStrategy(Informativeness.ThompsonSampling, Selection.EpsilonGreedy(0.3)));
        pipeline.Run(rounds: 4, batchSize: 4);
        return pipeline;
    }

    private sealed class Collector : IProgress<RoundRecord>
    {
        public List<RoundRecord> Records { get; } = [];

        public void Report(RoundRecord value) => Records.Add(value);
    }

    private sealed class NoCapabilities : IModelManager
    {
        public bool IsTrained => false;

        public void Train(DatasetView labelled, DatasetView? validation, Numerics.RandomStream random, CancellationToken cancellationToken = default)
        {
        }

        public void Reset()
        {
        }
    }
}
