using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.Behaviour;

/// <summary>
/// Every strategy of the catalogue learns from twenty labelled sets of a small problem, beside random queries from the same starts and with the same model.
/// None may be clearly worse by more than a margin: a sign that is wrong or indices that are mixed up cost more.
/// </summary>
public sealed class AgainstRandomTests
{
    private const int Pool = 150;
    private const int Test = 200;
    private const int Seeds = 20;

    /// <summary>Student's t with 19 degrees of freedom, one-sided 5 %.</summary>
    private const double Quantile = 1.729;

    /// <summary>Made to tell known classes from others, which is measured where they are tested; here there are no others.</summary>
    private static readonly Type[] ForOpenSets = [typeof(CCALStrategy), typeof(LfOSAStrategy), typeof(MQNetStrategy), typeof(SIMILARStrategy)];

    /// <summary>Made to find the largest value, not to learn the function.</summary>
    private static readonly Type[] Optimisers =
    [
        typeof(ExpectedImprovementStrategy), typeof(GreedyStrategy), typeof(ProbabilityOfImprovementStrategy), typeof(ThompsonSamplingStrategy),
        typeof(UpperConfidenceBoundStrategy),
    ];

    private static readonly Protocol OfClasses = new(Blobs, 10, 5, 5);
    private static readonly Protocol OfValues = new(Hills, 10, 5, 5);

    private static readonly NeuralNetworkOptions Network = new() { HiddenWidths = [12], Epochs = 30, BatchSize = 8 };

    private static readonly CommitteeOptions Five = new() { MemberCount = 5, MaxDegreeOfParallelism = 1 };

    private static readonly Dictionary<(Type Model, bool Largest), double[]> OfRandom = [];

    private static IEnumerable<TestCaseData> Strategies =>
        from description in StrategyCatalogue.All
        where !ForOpenSets.Contains(description.Type)
        from task in new[] { LearningTask.Classification(3), LearningTask.Regression }
        where description.Tasks.HasFlag(task.Kind)
        select new TestCaseData(description, task).SetArgDisplayNames(description.Name, task.Kind.ToString());

    [TestCaseSource(nameof(Strategies))]
    public void ItIsNotClearlyWorse(StrategyDescription description, LearningTask task)
    {
        // Fewer epochs for the two that train networks of their own in every round.
        Func<IStrategy> create =
            description.Type == typeof(VAALStrategy) ? () => new VAALStrategy(new VAALOptions { Epochs = 5, HiddenWidth = 16, LatentCount = 2 })
            : description.Type == typeof(WAALStrategy) ? () => new WAALStrategy(new WAALOptions { Epochs = 5, HiddenWidth = 16 })
            : () => description.Create(task);
        Assert.That(MostPlausibleGain(create, task), Is.GreaterThan(Margin(task)));
    }

    [Test]
    public void ASignThatIsWrongIsNoticed()
    {
        CompositeStrategy Reversed(IInformativenessFunction score) => new(
            Informativeness.Of(score.Requirements, c => Array.ConvertAll(c.Score(score), s => -s)));
        LearningTask classes = LearningTask.Classification(3);
        Assert.That(MostPlausibleGain(() => Reversed(Informativeness.MarginConfidence), classes), Is.LessThan(Margin(classes)));
        Assert.That(MostPlausibleGain(() => Reversed(Informativeness.ClassificationBald), classes), Is.LessThan(Margin(classes)));
        Assert.That(
            MostPlausibleGain(() => Reversed(Informativeness.StandardDeviation), LearningTask.Regression), Is.LessThan(Margin(LearningTask.Regression)));
        Assert.That(
            MostPlausibleGain(() => Reversed(Informativeness.RelativeDistance()), LearningTask.Regression), Is.LessThan(Margin(LearningTask.Regression)));
    }

    [Test]
    public void BatchBALDIsBetterThanBALDWhereEachCandidateIsThereTenTimes()
    {
        Func<IModelManager> committee = () => new ClassifierCommittee(() => new LogisticRegression(), Five with { MemberCount = 10 });
        InMemoryDataset Copies(int seed)
        {
            InMemoryDataset blobs = Blobs(seed);
            int[] rows = [.. Enumerable.Range(0, 500).Select(i => i / 10), .. Enumerable.Range(Pool, Test)];
            return InMemoryDataset.ForClassification("copies", blobs.Features.SelectRows(rows), [.. rows.Select(i => blobs.GetLabel(i).Class)], 3);
        }

        var protocol = new Protocol(Copies, 6, 10, 3);
        double[] batch = Run(() => new BatchBALDStrategy(), committee, protocol), single = Run(() => new ClassificationBALDStrategy(), committee, protocol);
        (double mean, double error) = Moments([.. batch.Zip(single, (b, s) => b - s)]);
        TestContext.Out.WriteLine(Guard.Text($"BatchBALD: {mean:F3} ± {error:F3} better than BALD"));
        Assert.That(mean - (Quantile * error), Is.Positive);
    }

    private static double Margin(LearningTask task) => task.Kind == TaskKinds.Regression ? -0.08 : -0.025;

    /// <summary>The upper end of the confidence interval of the gain over random queries, over pairs of equal seeds.</summary>
    private static double MostPlausibleGain(Func<IStrategy> create, LearningTask task)
    {
        IStrategy strategy = create();
        Func<IModelManager> model = ModelFor(strategy, task);
        Protocol protocol = task.Kind == TaskKinds.Regression ? OfValues : OfClasses;
        bool largest = Optimisers.Contains(strategy.GetType());
        (Type Model, bool) key = (model().GetType(), largest);
        if (!OfRandom.TryGetValue(key, out double[]? random))
        {
            OfRandom[key] = random = Run(() => new RandomAcquisitionStrategy(), model, protocol, largest);
        }

        (double mean, double error) = Moments([.. Run(create, model, protocol, largest).Zip(random, (own, other) => own - other)]);
        TestContext.Out.WriteLine(Guard.Text($"{strategy.Name} with {key.Model.Name}: {mean:F3} ± {error:F3} better than random"));
        return mean + (Quantile * error);
    }

    private static (double Mean, double Error) Moments(double[] gains)
    {
        double mean = gains.Average();
        return (mean, Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (Seeds - 1) / Seeds));
    }

    /// <summary>The mean accuracy over the rounds; or minus the mean error, or the largest value found, in deviations of the values.</summary>
    private static double[] Run(Func<IStrategy> strategy, Func<IModelManager> model, Protocol protocol, bool largest = false)
    {
        var results = new double[Seeds];
        Parallel.For(0, Seeds, seed =>
        {
            InMemoryDataset data = protocol.Generate(seed);
            int pool = data.Count - Test;
            int[] start = new RandomStream(seed).Child("start").Sample(pool, protocol.Start);
            var manager = new DataManager(
                data, new DataSplit { Train = [.. Enumerable.Range(0, pool)], Test = [.. Enumerable.Range(pool, Test)], Labelled = start });
            var pipeline = new ActiveLearningPipeline(manager, model(), strategy(), seed: seed);
            pipeline.Run(protocol.Rounds, protocol.Batch);
            results[seed] = largest
                ? manager.LabelledIndices.Max(i => data.GetLabel(i).Value)
                : pipeline.History.Skip(1).Average(r => data.Task.Kind == TaskKinds.Regression ? -r.Metrics["rmse"] : r.Metrics["accuracy"]);
        });
        return results;
    }

    /// <summary>The first model that offers what the strategy needs, the fastest first.</summary>
    private static Func<IModelManager> ModelFor(IStrategy strategy, LearningTask task)
    {
        Func<IModelManager>[] models = task.Kind == TaskKinds.Regression
            ? [() => new GaussianProcessRegressor(), () => new NeuralNetworkRegressor(Network)]
            : [() => new LogisticRegression(), () => new ClassifierCommittee(() => new LogisticRegression(), Five), () => new NeuralNetworkClassifier(Network)];
        return models.First(m => (strategy.Requirements.Capabilities & ~CapabilityExtensions.CapabilitiesOf(m())) == Capabilities.None);
    }

    /// <summary>Three classes of different sizes, which overlap a little.</summary>
    private static InMemoryDataset Blobs(int seed)
    {
        FeatureMatrix noise = Toy.Gaussian(Pool + Test, 2, seed);
        double[][] means = [[0, 0], [2.5, 0.5], [1, 2.5]];
        int[] classes = [.. Enumerable.Range(0, noise.RowCount).Select(i => i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2)];
        float[][] rows = [.. classes.Select((c, i) => means[c].Select((m, j) => (float)(m + (0.8 * noise.Row(i)[j]))).ToArray())];
        return InMemoryDataset.ForClassification("blobs", FeatureMatrix.FromRows(rows), classes, 3);
    }

    /// <summary>A smooth function of two features with standard deviation 1, nearly without noise.</summary>
    private static InMemoryDataset Hills(int seed)
    {
        FeatureMatrix x = Toy.Gaussian(Pool + Test, 2, seed), noise = Toy.Gaussian(Pool + Test, 1, seed + 1000);
        return InMemoryDataset.ForRegression(
            "hills",
            x,
            [.. Enumerable.Range(0, x.RowCount).Select(i => 1.3 * Math.Sin(1.5 * x.Row(i)[0]) + (0.5 * Math.Cos(2 * x.Row(i)[1])) + (0.05 * noise.Row(i)[0]))]);
    }

    private sealed record Protocol(Func<int, InMemoryDataset> Generate, int Start, int Batch, int Rounds);
}
