using System.Runtime.CompilerServices;
using Outsider.Extensions;
using PyRelationAL;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;
using PyRelationAL.Distances;
using PyRelationAL.Evaluation;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace Outsider;

/// <summary>Every extension point, implemented outside the packages and used as a user would.</summary>
internal sealed class ExtensionTests
{
    private static IStrategy[] Strategies =>
    [
        new CompositeStrategy(new Gini(), new FarApart(new Canberra()), "GiniFarApart"),
        new CompositeStrategy(new SecondLargest() + Informativeness.RelativeDistance(new Canberra()).Normalise(), name: "Mixed"),
        new InformationDensityStrategy(new Gini(), similarity: new Tent(DistanceMetric.Euclidean)),
        new RankedBatchStrategy(new Gini().Normalise(), new Tent(new Canberra()), FeatureSpace.Embeddings),
        new RepresentativeSamplingStrategy(new Quadrants()),
        new ClassificationBALDStrategy(),
        new SubPoolStrategy(new HalfRandomStrategy(), 50),
        new OldestStrategy(),
    ];

    [TestCaseSource(nameof(Strategies))]
    public void A_loop_of_extensions_only_learns(IStrategy strategy)
    {
        ActiveLearningPipeline pipeline = Pipeline(strategy, out Expert expert);

        StopReason reason = pipeline.Run(rounds: 6, batchSize: 4);

        Assert.Multiple(() =>
        {
            Assert.That(reason, Is.EqualTo(StopReason.RoundsDone));
            Assert.That(expert.Asked, Is.EqualTo(24));
            Assert.That(pipeline.LabelledBy.Values.Count(origin => origin.Source == "expert"), Is.EqualTo(24));
            Assert.That(Accuracy(pipeline.History[^1]), Is.GreaterThan(Accuracy(pipeline.History[0])));
        });
    }

    [TestCaseSource(nameof(Strategies))]
    public void The_same_seed_gives_the_same_queries(IStrategy strategy)
    {
        int[] Queries()
        {
            ActiveLearningPipeline pipeline = Pipeline(strategy, out _);
            pipeline.Run(rounds: 3, batchSize: 5);
            return [.. pipeline.History.SelectMany(round => round.Queried)];
        }

        int[] first = Queries();

        Assert.That(Queries(), Is.EqualTo(first));
    }

    [Test]
    public void A_criterion_of_ones_own_is_checked_against_the_model()
    {
        var data = new BenchmarkTask(Iris.Source, new ColdStart(), FoldIndex: 0).CreateDataManager(seed: 1);
        var strategy = new CompositeStrategy(new Gini(), new FarApart(new Canberra()), "GiniFarApart");

        Assert.That(
            () => new ActiveLearningPipeline(data, new GaussianProcessClassifier(), strategy),
            Throws.TypeOf<CapabilityMissingException>().With.Message.Contains("GiniFarApart").And.Message.Contains("Embeddings"));
    }

    [Test]
    public void Data_start_strategy_and_model_take_part_in_an_experiment()
    {
        var rings = new TwoRings(80, knownFrom: 0, known: []);
        FeatureMatrix features = DatasetView.All(rings).Features;
        var plan = new ExperimentPlan
        {
            Datasets = [DatasetSource.Of(InMemoryDataset.ForClassification("TwoRings", features, rings.Truth))],
            Starts = [new FirstOfEachClass()],
            Strategies =
            [
                new("HalfRandom", typeof(HalfRandomStrategy), "Half by Gini, half at random.", "here", TaskKinds.Classification, _ => new HalfRandomStrategy()),
                StrategyCatalogue.Find("Random"),
            ],
            Model = new("Parzen", "Votes of the labelled items.", TaskKinds.Classification, _ => new Parzen()),
            Rounds = 5,
            BatchSize = 2,
            Standardise = false,
        };

        ExperimentResults results = ExperimentRunner.Run(plan.Prepare());

        Assert.Multiple(() =>
        {
            Assert.That(results.Runs, Has.Count.EqualTo(10));
            Assert.That(results.Runs.Select(run => run.Error?.Message), Is.All.Null);
            Assert.That(results.Runs.Select(run => run.InitialLabelled.Count), Is.All.EqualTo(2));
            Assert.That(results.Runs.Select(run => run.Spec.Start), Is.All.EqualTo("first"));
        });
    }

    [Test]
    public void A_model_learns_a_supposed_label_beside_the_experts()
    {
        ActiveLearningPipeline pipeline = Pipeline(new SelfTaughtStrategy(), out Expert expert);

        pipeline.Run(rounds: 2, batchSize: 3);

        Assert.That(pipeline.History.Select(round => round.PseudoLabelledCount), Is.EqualTo([0, 1, 1]));
        Assert.That(expert.Asked, Is.EqualTo(6));
    }

    [Test]
    public void A_strategy_trains_the_embeddings_of_candidates()
    {
        DatasetView iris = DatasetView.All(Iris.Load());
        double[] lengths = [.. new ITrainingHook?[] { null, new ShorteningHook { Unlabelled = iris } }.Select(hook =>
        {
            var model = new NeuralNetworkClassifier { TrainingHook = hook };
            model.Train(iris, null, new RandomStream(1));
            return ShorteningHook.SquaredLength(model.Embed(iris).Values);
        })];
        Assert.That(lengths[1], Is.LessThan(0.5 * lengths[0]));

        var split = new DataSplit { Train = [.. Enumerable.Range(0, 120)], Test = [.. Enumerable.Range(120, 30)], Labelled = [0, 50, 100] };
        var pipeline = new ActiveLearningPipeline(new DataManager(Iris.Load(), split), new NeuralNetworkClassifier(), new ShortEmbeddingsStrategy(), seed: 1);
        pipeline.Run(rounds: 2, batchSize: 3);
        Assert.That(pipeline.Round, Is.EqualTo(2));
    }

    [Test]
    public void This_project_sees_public_members_only()
    {
        IEnumerable<string> friends = PublicApi.Assemblies.SelectMany(a => a.GetCustomAttributes(typeof(InternalsVisibleToAttribute), false))
            .Cast<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

        Assert.That(friends, Has.None.EqualTo(typeof(ExtensionTests).Assembly.GetName().Name));
    }

    [Test]
    public void A_dataset_in_one_block_of_memory_is_not_copied()
    {
        float[] memory = [.. Enumerable.Range(0, 20).Select(i => (float)(i * i))];
        var dataset = new OneMatrix(memory, featureCount: 2);

        Assert.That(DatasetView.All(dataset).Features.Values.Overlaps(memory));
        Assert.That(new DatasetView(dataset, new[] { 9, 0 }).Features.Values.ToArray(), Is.EqualTo(new float[] { 324, 361, 0, 1 }));
    }

    private static double Accuracy(RoundRecord round) => round.Metrics[MetricNames.Accuracy];

    private static ActiveLearningPipeline Pipeline(IStrategy strategy, out Expert expert)
    {
        var rings = new TwoRings(200, knownFrom: 120, known: [0, 1]);
        expert = new Expert(rings.Truth);
        var data = new DataManager(rings, new DataSplit { Test = [.. Enumerable.Range(120, 80)], Labelled = [0, 1] });
        return new ActiveLearningPipeline(data, new Parzen(), strategy, expert, seed: 3);
    }
}
