using PyRelationAL.ActiveLearning;
using PyRelationAL.Clustering;
using PyRelationAL.Datasets;
using PyRelationAL.Distances;
using PyRelationAL.Evaluation;
using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Numerics;
using PyRelationAL.Oracles;
using PyRelationAL.SelectionCriteria;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>
/// What PyRelationAL's own unit tests ask of it, asked of this library in its own words; each test names the case it corresponds to. Where our
/// answer differs on purpose, the
/// test asserts ours and says why. Not taken over: cases of Lightning models and loaders (no such thing here), of inputs along either axis (a shape
/// has one meaning here),
/// of scorers called with no input (the compiler refuses that), and <c>test_datasets</c> and <c>test_model_managers</c>, which belong to other packages.
/// </summary>
/// <remarks>The data are synthetic, of the sizes of the breast cancer and the diabetes data.</remarks>
[Category("PyRelationAL")]
public sealed class PyRelationALCases
{
    public static IEnumerable<TestCaseData> Strategies =>
    [
        Case(new RandomAcquisitionStrategy(), TaskKinds.Regression),
        Case(new RelativeDistanceStrategy(), TaskKinds.Regression),
        Case(new RelativeDistanceStrategy(DistanceMetric.Cosine), TaskKinds.Regression),
        Case(new RepresentativeSamplingStrategy(), TaskKinds.Regression),
        Case(new RepresentativeSamplingStrategy(new Agglomerative()), TaskKinds.Regression),
        Case(new EntropyClassificationStrategy(), TaskKinds.Classification),
        Case(new LeastConfidenceStrategy(), TaskKinds.Classification),
        Case(new MarginalConfidenceStrategy(), TaskKinds.Classification),
        Case(new RatioConfidenceStrategy(), TaskKinds.Classification),
        Case(new BALDStrategy(), TaskKinds.Regression),
        Case(new VarianceReductionStrategy(), TaskKinds.Regression),
        Case(new ExpectedImprovementStrategy(), TaskKinds.Regression),
        Case(new GreedyStrategy(), TaskKinds.Regression),
        Case(new SoftBALDStrategy(), TaskKinds.Regression),
        Case(new ThompsonSamplingStrategy(), TaskKinds.Regression),
        Case(new UpperConfidenceBoundStrategy(0.42), TaskKinds.Regression),
    ];

    [Test(Description = "test_data_manager: test_init_and_attributes_size, test_repr_and_print")]
    public void The_data_manager_prints_its_sizes()
    {
        DataManager data = Classification(labelled: 50);
        Assert.That(data.LabelledIndices, Has.Count.EqualTo(50));
        Assert.That(data.ToString(), Is.EqualTo("DataManager\nTraining set size: 400\nLabelled: 50, Unlabelled: 350\nPercentage Labelled: 12.500"));
    }

    [Test(Description = "test_data_manager: test_get_split_sets, test_get_dataset_size")]
    public void The_splits_have_the_given_sizes()
    {
        DataManager data = Classification();
        Assert.That((data.TrainView().Count, data.ValidationView()!.Count, data.TestView().Count), Is.EqualTo((400, 100, 69)));
        Assert.That(data.Dataset.Count, Is.EqualTo(569));
    }

    [Test(Description = "test_data_manager: test_update_train_labels, test_update_labels; test_oracles: test_update_annotations, test_update_target_value(s)")]
    public void Labelling_moves_an_item_and_sets_its_value()
    {
        DataManager data = Regression();
        int index = data.UnlabelledIndices[0], labelled = data.LabelledCount, unlabelled = data.UnlabelledCount;
        data.SetLabels([index], [Label.OfValue(-32)]);
        Assert.That(data.LabelledIndices, Does.Contain(index));
        Assert.That(data.UnlabelledIndices, Does.Not.Contain(index));
        Assert.That((data.LabelledCount, data.UnlabelledCount), Is.EqualTo((labelled + 1, unlabelled - 1)));
        Assert.That(data.Dataset.GetLabel(index).Value, Is.EqualTo(-32));
    }

    [Test(Description = "test_data_manager: test_percentage_labelled; test_pipeline: test_get_percentage_labelled. There within 50 %; here exact.")]
    public void A_tenth_is_labelled_by_default() => Assert.That(Classification().LabelledShare, Is.EqualTo(0.1));

    [TestCase(true, Description = "test_data_manager: test_train_and_test_indices_both_supplied")]
    [TestCase(false)]
    public void Items_in_no_given_split_are_unused(bool validation)
    {
        DataManager data = Regression(useValidation: validation);
        Assert.That((data.TrainIndices.Count, data.TestIndices.Count), Is.EqualTo((350, 42)));
        Assert.That(data.ValidationIndices, Has.Count.EqualTo(validation ? 50 : 0));
        Assert.That(data.Warnings, Has.Count.EqualTo(validation ? 0 : 1), "PyRelationAL leaves them out silently");
    }

    [TestCase(true, 350, Description = "test_data_manager: test_no_train_indices")]
    [TestCase(false, 400)]
    public void The_training_set_is_what_is_left(bool validation, int expected) =>
        Assert.That(Regression(useTrain: false, useValidation: validation).TrainIndices, Has.Count.EqualTo(expected));

    [TestCase(true, 42, Description = "test_data_manager: test_no_test_indices")]
    [TestCase(false, 92)]
    public void The_test_set_is_what_is_left(bool validation, int expected) =>
        Assert.That(Regression(useTest: false, useValidation: validation).TestIndices, Has.Count.EqualTo(expected));

    [TestCase(true, Description = "test_data_manager: test_no_test_and_no_train_indices")]
    [TestCase(false)]
    public void Neither_is_ambiguous(bool validation) =>
        Assert.That(() => Regression(useTrain: false, useTest: false, useValidation: validation), Throws.ArgumentException);

    [Test(Description = "test_data_manager: test_empty_test_set")]
    public void An_empty_test_set_is_refused() => Assert.That(
        () => new DataManager(TestData.DiabetesSized(), new DataSplit { Train = TestData.Range(0, 400), Validation = TestData.Range(400, 42) }),
        Throws.ArgumentException.With.Message.Contains("test set is empty"));

    [TestCase(true, Description = "test_data_manager: test_fail_on_empty_train_set")]
    [TestCase(false)]
    public void An_empty_training_set_is_refused(bool given) => Assert.That(
        () => new DataManager(
            TestData.DiabetesSized(), new DataSplit { Train = given ? [] : null, Validation = TestData.Range(0, 400), Test = TestData.Range(400, 42) }),
        Throws.ArgumentException.With.Message.Contains("training set is empty"));

    [Test(Description = "test_data_manager: test_resolving_dataset_check_split_leaks")]
    public void A_leak_is_refused() => Assert.That(
        () => new DataManager(
            TestData.DiabetesSized(), new DataSplit { Train = TestData.Range(0, 350), Validation = TestData.Range(350, 50), Test = TestData.Range(350, 50) }),
        Throws.ArgumentException.With.Message.Contains("overlap"));

    [Test(Description = "test_informativeness_scores: test_representative_sampling. There at most the asked number; here exactly.")]
    public void Representative_sampling_gives_the_asked_number([Values(5, 10)] int count)
    {
        QueryContext context = Rounds.Over(TestData.Regression(TestData.Rows(100, 50)), null, labelled: 0);
        foreach (IClusterer clusterer in new IClusterer[] { new KMeans(), new KMedoids(), new Agglomerative() })
        {
            Assert.That(new RepresentativeSamplingStrategy(clusterer).Suggest(context, count).Indices, Has.Count.EqualTo(count));
        }
    }

    [Test(Description = "test_informativeness_scores: test_relative_distance")]
    public void Relative_distance_is_the_distance_to_the_nearest()
    {
        var scores = new double[3];
        RelativeDistance.Compute(TestData.Matrix([0, 0, 0, 1, 1, 1, 2, 2, 2], 3), TestData.Matrix([1, 1, 1, 2, 2, 2], 3), scores);
        Close.Check(scores, [Math.Sqrt(3), 0, 0]);
    }

    [Test(Description = "test_informativeness_scores: test_regression_informativeness_with_tensor_input, test_mean_std_compute_with_input_tensor")]
    public void Scores_of_samples_are_one_for_each_candidate()
    {
        double[] samples = [.. TestData.Rows(25, 100).Values.ToArray().Select(v => (double)v)], scores = new double[100];
        PredictedMean.Compute(samples, 25, scores);
        Close.Check(scores[3], Enumerable.Range(0, 25).Average(m => samples[(100 * m) + 3]));
        StandardDeviation.Compute(samples, 25, scores);
        Assert.That(scores, Is.All.Positive);
        ThompsonSampling.ComputeFromSamples(samples, 25, new RandomStream(1), scores);
        Assert.That(Enumerable.Range(0, 100).Select(i => Enumerable.Range(0, 25).Any(m => samples[(100 * m) + i] == scores[i])), Is.All.True);
        ExpectedImprovement.ComputeFromSamples(samples, 25, 0.8, scores);
        Close.Check(scores[7], Enumerable.Range(0, 25).Average(m => Math.Max(0, samples[(100 * m) + 7] - 0.81)), what: "PyRelationAL ignores ξ here");
    }

    [Test(Description = "test_informativeness_scores: test_regression_ucb_with_tensor_input")]
    public void Upper_confidence_bound_of_samples()
    {
        GaussianMoments([0.1, 0.5, 0.5, 0.3, 1, 0.5], 2, out double[] mean, out double[] deviation);
        var scores = new double[3];
        UpperConfidenceBound.Compute(mean, deviation, scores, kappa: 0.5);
        Close.Check(scores, [0.2707, 0.9268, 0.5], 1e-4);
    }

    [Test(Description = "test_informativeness_scores: …_with_distribution_input, …_with_mean_std_input")]
    public void Scores_of_a_mean_and_a_deviation()
    {
        QueryContext context = Rounds.Of(TaskKinds.Regression, 10);
        double[] mean = context.GaussianPredictions.Mean.ToArray(), deviation = context.GaussianPredictions.StandardDeviation.ToArray();
        Assert.That(context.Score(Informativeness.PredictedMean), Is.EqualTo(mean));
        Assert.That(context.Score(Informativeness.StandardDeviation), Is.EqualTo(deviation));
        Close.Check(context.Score(Informativeness.UpperConfidenceBound(0.25)), [.. mean.Zip(deviation, (m, s) => m + (0.25 * s))]);

        // PyRelationAL takes 0 for the incumbent here; the definition takes the largest label.
        var expected = new double[10];
        ExpectedImprovement.Compute(mean, deviation, context.BestLabelledValue, expected);
        Assert.That(context.Score(Informativeness.ExpectedImprovement()), Is.EqualTo(expected));
    }

    [Test(Description = "test_informativeness_scores: test_least_confidence, test_margin_confidence, test_ratio_confidence, test_entropy_based")]
    public void Scores_of_probabilities()
    {
        double[] scores = new double[1], two = new double[2];
        LeastConfidence.Compute([0.5, 0.4, 0.1, 0.5, 0.4, 0.1], 3, two);
        Close.Check(two, [0.75, 0.75]);
        MarginConfidence.Compute([0.1, 0.5, 0.4], 3, scores);
        Close.Check(scores, [0.9]);
        RatioConfidence.Compute([0.1, 0.5, 0.4], 3, scores);
        Close.Check(scores, [0.8]);
        Entropy.Compute([0.1, 0.5, 0.4], 3, scores, normalised: true);
        Close.Check(scores, [0.8587], 1e-4);
    }

    [Test(Description = "test_informativeness_scores: test_classification_bald")]
    public void Bald_in_nats_not_divided_by_the_logarithm_of_the_number_of_classes()
    {
        var scores = new double[1];
        ClassificationBald.Compute([0.1, 0.5, 0.4, 0.3, 0.3, 0.4], 2, 3, scores);

        // Its case has one candidate, where its formula and the definition coincide; its unit is log C, ours the nat.
        Close.Check(scores[0] / Math.Log(3), 0.035, 1e-3);
        Assert.That(scores[0], Is.EqualTo(0.0387).Within(1e-4));
    }

    [Test(Description = "test_samplers: test_deterministic_sampler, test_probabilistic_sampler")]
    public void Samplers_take_the_asked_number()
    {
        Assert.That(TopK.Select([0.1, 3, 2.1], 1), Is.EqualTo([1]));
        Assert.That(ProbabilisticSampling.Select([0.1, 0.2, 0.7], 1, new RandomStream(0)), Has.Length.EqualTo(1));
    }

    [Test(Description = "test_oracles: test_query_target_value")]
    public async Task The_benchmark_oracle_knows_the_label()
    {
        DataManager data = Classification();
        IReadOnlyList<Label> labels = await new BenchmarkOracle().LabelAsync(new DatasetView(data.Dataset, new[] { 0 }));
        Assert.That(labels.Single(), Is.EqualTo(data.Dataset.GetLabel(0)));
    }

    [TestCaseSource(nameof(Strategies))]
    public void A_strategy_suggests_five_and_prints_its_name(IStrategy strategy, TaskKinds task)
    {
        ActiveLearningPipeline pipeline = Pipeline(strategy, task);
        Assert.That(pipeline.Step(5).Indices, Has.Count.EqualTo(5).And.Unique);
        Assert.That(strategy.ToString(), Is.EqualTo($"Strategy: {strategy.GetType().Name}"));
    }

    [TestCaseSource(nameof(Strategies))]
    public void A_full_run_labels_everything(IStrategy strategy, TaskKinds task)
    {
        ActiveLearningPipeline pipeline = Pipeline(strategy, task);
        IReadOnlyDictionary<string, double> full = pipeline.ComputeTheoreticalPerformance();
        Assert.That(pipeline.TheoreticalPerformance, Is.SameAs(full));
        Assert.That(pipeline.Run(new RunOptions { BatchSize = 200 }), Is.EqualTo(StopReason.PoolEmpty));

        // Two queries and the final model, in PyRelationAL's order; it also counts a hit ratio for the final model, where nothing was queried.
        Assert.That(pipeline.Summary().Rows, Has.Count.EqualTo(3));
        Assert.That(pipeline.Data.LabelledCount, Is.EqualTo(pipeline.Data.TrainIndices.Count));
        Assert.That(pipeline.Data.UnlabelledCount, Is.Zero);
        Assert.That(pipeline.History.Take(2), Is.All.Matches<RoundRecord>(r => r.HitRatio is not null));
        Assert.That(pipeline.History, Is.All.Matches<RoundRecord>(r => r.Metrics.ContainsKey(MetricNames.Primary(pipeline.Data.Dataset.Task))));
    }

    private static TestCaseData Case(IStrategy strategy, TaskKinds task) =>
        new TestCaseData(strategy, task).SetArgDisplayNames(strategy.GetType().Name, task.ToString());

    private static ActiveLearningPipeline Pipeline(IStrategy strategy, TaskKinds task) =>
        task == TaskKinds.Regression ? new(Regression(hitRatioAt: 0.05), new FakeValueCommittee(3),
            strategy) : new(Classification(hitRatioAt: 0.05), new FakeCommittee(3), strategy);

    private static DataManager Classification(int? labelled = null, double? hitRatioAt = null) => new(TestData.BreastCancerSized(), new DataSplit
    {
        Train = TestData.Range(0, 400),
        Validation = TestData.Range(400, 100),
        Test = TestData.Range(500, 69),
        Labelled = labelled is { } count ? TestData.Range(0, count) : null,
        HitRatioAt = hitRatioAt,
    });

    private static DataManager Regression(bool useTrain = true, bool useValidation = true, bool useTest = true, double? hitRatioAt = null) =>
        new(TestData.DiabetesSized(), new DataSplit
        {
            Train = useTrain ? TestData.Range(0, 350) : null,
            Validation = useValidation ? TestData.Range(350, 50) : null,
            Test = useTest ? TestData.Range(400, 42) : null,
            HitRatioAt = hitRatioAt,
        });

    private static void GaussianMoments(double[] samples, int sampleCount, out double[] mean, out double[] deviation)
    {
        Predictions.GaussianPredictions moments = new Predictions.PosteriorValueSamples(samples, sampleCount).Moments();
        mean = moments.Mean.ToArray();
        deviation = moments.StandardDeviation.ToArray();
    }
}
