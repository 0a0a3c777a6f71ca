using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
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
        new WAALStrategy(new WAALOptions { HiddenWidth = 16, BatchSize = 16 }),
        new SubPoolStrategy(new WAALStrategy(new WAALOptions { HiddenWidth = 16, BatchSize = 16 }), 20),
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

    [Test]
    public void TrainedAgainstACriticTheFeaturesOfCandidatesAndLabelledItemsAreAlike([Values(1, 2, 3)] long seed)
    {
        DatasetView all = Shifted();
        double alone = DistanceOfMeans(0), alike = DistanceOfMeans(0.01), weak = DistanceOfMeans(1e-3);
        TestContext.Out.WriteLine(Guard.Text($"distance of the means, in deviations: alone {alone:F3}, with 1e-3 {weak:F3}, with 0.01 {alike:F3}"));
        Assert.That(weak, Is.LessThan(alone));
        Assert.That(alike, Is.LessThan(0.5 * alone));

        double DistanceOfMeans(double weight)
        {
            var model = new NeuralNetworkClassifier(new NeuralNetworkOptions { HiddenWidths = [32, 16], Epochs = 100, BatchSize = 16 });
            var data = new DataManager(
                all.Dataset,
                new DataSplit { Train = [.. Enumerable.Range(0, 400)], Test = [.. Enumerable.Range(400, 200)], Labelled = [.. Enumerable.Range(0, 40)] });
            var pipeline = new ActiveLearningPipeline(data, model, new WAALStrategy(new WAALOptions { FeatureWeight = weight }), seed: seed);
            double accuracy = pipeline.Measure().Metrics[MetricNames.Accuracy];
            Assert.That(accuracy, Is.GreaterThan(0.85), "it still learns the task");
            FeatureMatrix labelled = model.Embed(data.LabelledView()), candidates = model.Embed(data.UnlabelledView());
            double squares = 0, variances = 0;
            for (int j = 0; j < labelled.ColumnCount; j++)
            {
                double[] l = Column(labelled, j), u = Column(candidates, j);
                squares += Math.Pow(u.Average() - l.Average(), 2);
                variances += u.Average(v => Math.Pow(v - u.Average(), 2)) + l.Average(v => Math.Pow(v - l.Average(), 2));
            }

            return Math.Sqrt(squares / variances);
        }

        static double[] Column(FeatureMatrix rows, int j) => [.. Enumerable.Range(0, rows.RowCount).Select(i => (double)rows.Row(i)[j])];
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

    /// <summary>Two classes by the sign of the first feature; the second one is lower by 2 for the first forty items.</summary>
    private static DatasetView Shifted()
    {
        const int Count = 600;
        float[] values = Toy.Gaussian(Count, 4, seed: 4).Values.ToArray();
        var labels = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            values[(4 * i) + 1] += i < 40 ? -1 : 1;
            labels[i] = values[4 * i] > 0 ? 1 : 0;
        }

        return DatasetView.All(InMemoryDataset.ForClassification("shifted", new FeatureMatrix(values, Count, 4), labels, 2));
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
