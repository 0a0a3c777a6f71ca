using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>The strategies that look into a network, on networks.</summary>
public sealed class NetworkStrategyTests
{
    private static readonly NeuralNetworkOptions Small = new() { HiddenWidths = [12, 8], Epochs = 20, BatchSize = 8 };

    private static IEnumerable<Strategy> Strategies =>
    [
        new AdversarialBIMStrategy(),
        new AdversarialDeepFoolStrategy(),
        new SAALStrategy(),
        new SAALStrategy(score: SharpnessScore.LossIncrease, diverse: false, candidateCount: 30),
        new NoiseStabilityStrategy(noiseCount: 8),
        new NoiseStabilityStrategy(noiseCount: 8, largestWidth: 10),
        new ALFAMixStrategy(),
        new LearningLossStrategy(),
        new TiDALStrategy(),
        new TiDALStrategy(DynamicsScore.Margin),
        new MQNetStrategy(Informativeness.PredictedLoss(), learning: new ContrastiveLearning { Epochs = 2 }),
        new CompositeStrategy(Informativeness.Entropy + Informativeness.PredictedLoss().Normalise()),
    ];

    [TestCaseSource(nameof(Strategies))]
    public void APipelineRunsThemOnANetwork(Strategy strategy)
    {
        int[] first = Labelled(1), second = Labelled(3);
        Assert.That(first, Has.Length.EqualTo(21));
        Assert.That(second, Is.EqualTo(first), "the number of threads does not matter");

        int[] Labelled(int threads)
        {
            DatasetView data = Toy.Classification(80);
            var manager = new DataManager(
                data.Dataset,
                new DataSplit { Train = [.. Enumerable.Range(0, 60)], Test = [.. Enumerable.Range(60, 20)], Labelled = [.. Enumerable.Range(0, 9)] });
            var model = new NeuralNetworkClassifier(Small with { MaxDegreeOfParallelism = threads });
            new ActiveLearningPipeline(manager, model, strategy, seed: 3).Run(rounds: 3, batchSize: 4);
            return [.. manager.LabelledIndices];
        }
    }

    [Test]
    public void TheNetworkStaysAsItIsAndDeepFoolReachesTheBoundary()
    {
        DatasetView data = Toy.Classification(60);
        var model = new NeuralNetworkClassifier(Small);
        model.Train(data, null, new RandomStream(1));
        float[] before = model.CopyParameters();
        double[] scores = SAALStrategy.Compute(model, model, data, score: SharpnessScore.LossIncrease);
        Assert.That(scores.Average(), Is.Positive, "the step is one of ascent");
        Assert.That(model.CopyParameters(), Is.EqualTo(before));
        double[] deepFool = AdversarialDeepFoolStrategy.Compute(model, data.Features), bim = AdversarialBIMStrategy.Compute(model, data.Features);
        Assert.That(deepFool.Count(double.IsFinite), Is.GreaterThan(50));
        double correlation = Correlation(Ranks(deepFool), Ranks(bim));
        TestContext.Out.WriteLine(Guard.Text($"rank correlation of the two distances {correlation:F3}"));
        Assert.That(correlation, Is.GreaterThan(0.6), "two measures of one thing");
        // One item at a time or all at once is the same.
        Assert.That(AdversarialDeepFoolStrategy.Compute(model, data.Features.Slice(7, 1))[0], Is.EqualTo(deepFool[7]));
    }

    [Test]
    public void PredictedLossesCorrelateWithTrueOnesOnOtherItems()
    {
        DatasetView train = Noisy(400, 1), other = Noisy(300, 2);
        var strategy = new LearningLossStrategy();
        NeuralNetworkClassifier model = Trained(strategy, train, 40);
        var probabilities = model.PredictProbabilities(other);
        int[] labels = other.ClassLabels();
        double[] losses = [.. Enumerable.Range(0, other.Count).Select(i => -Math.Log(Math.Max(1e-12, probabilities.Row(i)[labels[i]])))];
        double[] predicted = [.. model.PredictAuxiliary(other).Values.ToArray().Select(v => (double)v)];
        double correlation = Correlation(Ranks(losses), Ranks(predicted));
        TestContext.Out.WriteLine(Guard.Text($"rank correlation {correlation:F3}"));
        Assert.That(correlation, Is.GreaterThan(0.3));
    }

    [Test]
    public void PredictedDynamicsAreProbabilitiesThatWaverWhereTheLabelsDo()
    {
        DatasetView train = Noisy(400, 1), other = Noisy(300, 2);
        var strategy = new TiDALStrategy();
        NeuralNetworkClassifier model = Trained(strategy, train, 40);
        var context = new QueryContext(other, train, model, new RandomStream(1));
        Suggestion all = strategy.Suggest(context, other.Count);
        Assert.That(all.Scores, Is.All.InRange(0, Math.Log(2) + 1e-9));
        Assert.That(all.Scores!.Max() - all.Scores!.Min(), Is.GreaterThan(0.1));
        // Items near the boundary, the noisy ones, come first.
        double near = all.Indices.Take(100).Average(i => Math.Abs(other.Features.Row(i)[0]));
        double far = all.Indices.Skip(200).Average(i => Math.Abs(other.Features.Row(i)[0]));
        TestContext.Out.WriteLine(Guard.Text($"distance from the boundary of the first hundred {near:F3}, of the last {far:F3}"));
        Assert.That(near, Is.LessThan(0.7 * far));
    }

    [Test]
    public void TheLastBatchMayBeOneItem()
    {
        DatasetView data = Toy.Regression(7);
        var model = new NeuralNetworkRegressor(Small with { BatchSize = 3 });
        model.TrainingHook = new LearningLossStrategy().CreateTrainingHook(data.Task);
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.PredictAuxiliary(data).Values.ToArray(), Has.All.Matches<float>(float.IsFinite));
    }

    private static NeuralNetworkClassifier Trained<TStrategy>(TStrategy strategy, DatasetView train, int epochs)
        where TStrategy : ITrainingParticipant
    {
        var model = new NeuralNetworkClassifier(new NeuralNetworkOptions { HiddenWidths = [16, 16], Epochs = epochs, BatchSize = 32 })
        {
            TrainingHook = strategy.CreateTrainingHook(train.Task),
        };
        model.Train(train, null, new RandomStream(1));
        return model;
    }

    /// <summary>Two classes, divided where the first feature is 0; the nearer to that, the noisier the label.</summary>
    private static DatasetView Noisy(int count, long seed)
    {
        var random = new RandomStream(seed);
        var values = new float[count * 2];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            values[2 * i] = (float)((random.NextDouble() * 6) - 3);
            values[(2 * i) + 1] = (float)random.NextGaussian();
            labels[i] = values[2 * i] + (0.8 * random.NextGaussian()) > 0 ? 1 : 0;
        }

        return DatasetView.All(InMemoryDataset.ForClassification("noisy", new FeatureMatrix(values, count, 2), labels, 2));
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (int r = 0; r < order.Length; r++)
        {
            ranks[order[r]] = r;
        }

        return ranks;
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double Product(double[] x, double meanX, double[] y, double meanY) => x.Zip(y, (u, v) => (u - meanX) * (v - meanY)).Sum();
        return Product(a, meanA, b, meanB) / Math.Sqrt(Product(a, meanA, a, meanA) * Product(b, meanB, b, meanB));
    }
}
