using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests.NeuralNetworks;

public sealed class LaplaceTests
{
    private static readonly NeuralNetworkOptions Small = new() { HiddenWidths = [16, 12], Epochs = 40 };

    [Test]
    public void ARegressorsDeviationsAreThoseOfBayesianLinearRegressionOnTheEmbeddings([Values(60, 8)] int rows)
    {
        DatasetView data = Toy.Regression(rows), items = Toy.Regression(25, seed: 9);
        var model = new LaplaceNetworkRegressor(new() { Network = Small });
        model.Train(data, null, new RandomStream(1));
        double[] targets = data.Values();
        double mean = targets.Average(), unit = Math.Sqrt(targets.Average(y => (y - mean) * (y - mean)));

        // Of the targets as the network sees them: the precision of the prior has a meaning only in a unit.
        var linear = new BayesianLinearRegression();
        linear.Train(Embedded(model, data, [.. targets.Select(y => (y - mean) / unit)]), null, new RandomStream(1));
        GaussianPredictions expected = linear.PredictGaussian(Embedded(model, items, new double[25])), actual = model.PredictGaussian(items);
        Assert.That(model.PriorPrecision, Is.EqualTo(linear.WeightPrecision).Within(1e-6).Percent);
        Assert.That(model.NoiseDeviation, Is.EqualTo(unit / Math.Sqrt(linear.NoisePrecision!.Value)).Within(1e-6).Percent);
        Close.AssertAll(actual.StandardDeviation, [.. expected.StandardDeviation.ToArray().Select(s => unit * s)], 1e-9);
        Assert.That(actual.Mean.ToArray(), Is.EqualTo(model.PredictValues(items)));
    }

    [Test]
    public void GivenPrecisionsAreKept()
    {
        DatasetView data = Toy.Regression(40);
        double[] targets = data.Values();
        double mean = targets.Average(), unit = Math.Sqrt(targets.Average(y => (y - mean) * (y - mean)));
        var model = new LaplaceNetworkRegressor(new() { Network = Small, PriorPrecision = 2.5, NoiseDeviation = 0.3 });
        model.Train(data, null, new RandomStream(1));
        Assert.That(model.PriorPrecision, Is.EqualTo(2.5));
        Assert.That(model.NoiseDeviation, Is.EqualTo(0.3).Within(1e-12));
        var linear = new BayesianLinearRegression(new() { WeightPrecision = 2.5 / (unit * unit), NoisePrecision = 1 / 0.09, MaximiseEvidence = false });
        linear.Train(Embedded(model, data, targets), null, new RandomStream(1));
        Close.AssertAll(model.PredictGaussian(data).StandardDeviation, linear.PredictGaussian(Embedded(model, data, targets)).StandardDeviation, 1e-9);

        var one = new LaplaceNetworkRegressor(new() { Network = Small, NoiseDeviation = 0.3 });
        one.Train(data, null, new RandomStream(1));
        Assert.That(one.NoiseDeviation, Is.EqualTo(0.3).Within(1e-12));
        Assert.That(one.PriorPrecision, Is.Not.EqualTo(1), "fitted beside it");

        var classifier = new LaplaceNetworkClassifier(new() { Network = Small, PriorPrecision = 2.5 });
        classifier.Train(Toy.Classification(30), null, new RandomStream(1));
        Assert.That(classifier.PriorPrecision, Is.EqualTo(2.5));
    }

    [Test]
    public void TheUnitOfTheTargetsIsThatOfTheDeviations()
    {
        DatasetView data = Toy.Regression(40);
        DatasetView scaled = Toy.FromRegression(
            [.. Enumerable.Range(0, 40).Select(i => data.Features.Row(i).ToArray())], [.. data.Values().Select(y => 1000 * y)]);
        LaplaceNetworkRegressor model = new(new() { Network = Small }), other = new(new() { Network = Small });
        model.Train(data, null, new RandomStream(1));
        other.Train(scaled, null, new RandomStream(1));
        Close.AssertAll(
            other.PredictGaussian(scaled).StandardDeviation, [.. model.PredictGaussian(data).StandardDeviation.ToArray().Select(s => 1000 * s)], 1e-3);
    }

    [Test]
    public void ARegressorsSamplesHaveItsJointMoments()
    {
        DatasetView data = Toy.Regression(30), items = Toy.Regression(4, seed: 9);
        var model = new LaplaceNetworkRegressor(new() { Network = Small, SampleCount = 20_000 });
        model.Train(data, null, new RandomStream(1));
        JointGaussianPredictions joint = model.PredictJointGaussian(items);
        GaussianPredictions marginal = model.PredictGaussian(items);
        PosteriorValueSamples samples = model.SampleValues(items, new RandomStream(3));
        double largest = joint.Covariance.ToArray().Max();
        for (int i = 0; i < 4; i++)
        {
            Assert.That(marginal.StandardDeviation[i], Is.EqualTo(Math.Sqrt(joint.Covariance[(i * 4) + i])).Within(1e-9));
            for (int j = 0; j < 4; j++)
            {
                double covariance = Enumerable.Range(0, 20_000).Average(m => (samples.Sample(m)[i] - joint.Mean[i]) * (samples.Sample(m)[j] - joint.Mean[j]));
                Assert.That(covariance, Is.EqualTo(joint.Covariance[(i * 4) + j]).Within(0.05 * largest));
            }
        }
    }

    [Test]
    public void SamplesAreConsistent()
    {
        DatasetView values = Toy.Regression(40), classes = Toy.Classification(40);
        var regressor = new LaplaceNetworkRegressor(new() { Network = Small, SampleCount = 5 });
        regressor.Train(values, null, new RandomStream(1));
        PosteriorValueSamples all = regressor.SampleValues(values, new RandomStream(5));
        PosteriorValueSamples part = regressor.SampleValues(values.Slice(30, 10), new RandomStream(5));
        var classifier = new LaplaceNetworkClassifier(new() { Network = Small, SampleCount = 5 });
        classifier.Train(classes, null, new RandomStream(1));
        PosteriorClassSamples every = classifier.SampleProbabilities(classes, new RandomStream(5));
        PosteriorClassSamples few = classifier.SampleProbabilities(classes.Slice(30, 10), new RandomStream(5));
        for (int m = 0; m < 5; m++)
        {
            Assert.That(part.Sample(m).ToArray(), Is.EqualTo(all.Sample(m)[30..].ToArray()));
            Assert.That(few.Row(m, 4).ToArray(), Is.EqualTo(every.Row(m, 34).ToArray()));
        }
    }

    [Test]
    public void ProbabilitiesComeCloseToTheSamplesMean([Values(2, 3, 10)] int classCount)
    {
        DatasetView data = Toy.Classification(80, classes: classCount), items = Toy.Classification(20, classes: classCount, seed: 5);
        var model = new LaplaceNetworkClassifier(new() { Network = Small with { HiddenWidths = [16, 64] }, SampleCount = 3000 });
        model.Train(data, null, new RandomStream(1));
        double[] average = model.SampleProbabilities(items, new RandomStream(3)).Mean().Values.ToArray();
        double[] closed = model.PredictProbabilities(items).Values.ToArray();
        Assert.That(average.Zip(closed, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(0.06));
    }

    [Test]
    public void AStrongPriorGivesTheNetworkBackAndAWeakOneDoubtsFarItems()
    {
        DatasetView data = Toy.Classification(60);
        var network = new NeuralNetworkClassifier(Small);
        network.Train(data, null, new RandomStream(1));
        var certain = new LaplaceNetworkClassifier(new() { Network = Small, PriorPrecision = 1e12 });
        certain.Train(data, null, new RandomStream(1));
        Close.AssertAll(certain.PredictProbabilities(data).Values, network.PredictProbabilities(data).Values, 1e-4);

        var model = new LaplaceNetworkClassifier(new() { Network = Small });
        model.Train(data, null, new RandomStream(1));
        DatasetView far = Toy.FromClassification([[40, 40, 40], [-40, 20, 0]], [0, 0], 3);
        Assert.That(network.PredictProbabilities(far).Values.ToArray().Max(), Is.GreaterThan(0.99), "the network is sure of what it has never seen");
        Assert.That(model.PredictProbabilities(far).Values.ToArray().Max(), Is.LessThan(0.95));
    }

    [Test]
    public void ThreadsChangeNoBit()
    {
        DatasetView data = Toy.Classification(60), items = Toy.Classification(700, seed: 5);
        double[][] one = Run(1), three = Run(3);
        Assert.That(three, Is.EqualTo(one));

        double[][] Run(int threads)
        {
            var model = new LaplaceNetworkClassifier(new() { Network = Small with { MaxDegreeOfParallelism = threads } });
            model.Train(data, null, new RandomStream(1));
            return [model.PredictProbabilities(items).Values.ToArray(), model.SampleProbabilities(items, new RandomStream(2)).Values.ToArray()];
        }
    }

    [TestCase(2, 12)]
    [TestCase(10, 64)]
    public void AClassifierPredictsTheSameAfterSavingAndLoading(int classes, int width)
    {
        DatasetView data = Toy.Classification(40, classes: classes);
        var options = new LaplaceNetworkOptions { Network = Small with { HiddenWidths = [width] } };
        LaplaceNetworkClassifier model = new(options), copy = new(options);
        model.Train(data, null, new RandomStream(1));
        byte[] bytes = Saved(model.Save);
        copy.Load(new MemoryStream(bytes));
        Assert.That(copy.PriorPrecision, Is.EqualTo(model.PriorPrecision));
        Assert.That(copy.PredictProbabilities(data).Values.ToArray(), Is.EqualTo(model.PredictProbabilities(data).Values.ToArray()));
        Assert.That(
            copy.SampleProbabilities(data, new RandomStream(2)).Values.ToArray(),
            Is.EqualTo(model.SampleProbabilities(data, new RandomStream(2)).Values.ToArray()));
        AssertDamageIsRefused(copy, copy.Load, bytes);
        Assert.That(() => new NeuralNetworkClassifier(options.Network).Load(new MemoryStream(bytes)), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void ARegressorPredictsTheSameAfterSavingAndLoading()
    {
        DatasetView data = Toy.Regression(40);
        var options = new LaplaceNetworkOptions { Network = Small };
        LaplaceNetworkRegressor model = new(options), copy = new(options);
        Assert.That(() => model.Save(new MemoryStream()), Throws.InvalidOperationException.With.Message.Contains("not trained"));
        model.Train(data, null, new RandomStream(1));
        byte[] bytes = Saved(model.Save);
        copy.Load(new MemoryStream(bytes));
        Assert.That((copy.PriorPrecision, copy.NoiseDeviation), Is.EqualTo((model.PriorPrecision, model.NoiseDeviation)));
        Assert.That(copy.PredictJointGaussian(data).Covariance.ToArray(), Is.EqualTo(model.PredictJointGaussian(data).Covariance.ToArray()));
        AssertDamageIsRefused(copy, copy.Load, bytes);
    }

    [Test]
    public void SmallAndOddProblemsGiveFiniteNumbers()
    {
        DatasetView[] values =
        [
            Toy.Regression(1), Toy.Regression(2), Toy.FromRegression([[1, 2], [3, 4], [0, 1]], 5, 5, 5),
            Toy.FromRegression([[1], [1], [1]], 1, 2, 3),
        ];
        foreach (DatasetView data in values)
        {
            foreach (NeuralNetworkOptions network in new[] { Small, Small with { HiddenWidths = [] } })
            {
                var model = new LaplaceNetworkRegressor(new() { Network = network });
                model.Train(data, null, new RandomStream(1));
                Assert.That(model.PredictGaussian(data).StandardDeviation.ToArray(), Has.All.Matches<double>(s => double.IsFinite(s) && s >= 0));
            }
        }

        DatasetView[] classes =
        [
            Toy.Classification(1), Toy.Classification(3, classes: 2, taskClasses: 6),
            Toy.FromClassification([[1], [1]], [0, 1], 2),
        ];
        foreach (DatasetView data in classes)
        {
            foreach (NeuralNetworkOptions network in new[] { Small, Small with { HiddenWidths = [] }, Small with { Epochs = 3000 } })
            {
                var model = new LaplaceNetworkClassifier(new() { Network = network });
                model.Train(data, null, new RandomStream(1));
                Assert.That(model.PredictProbabilities(data).Values.ToArray(), Has.All.InRange(0, 1));
                Assert.That(model.SampleProbabilities(data, new RandomStream(1)).Values.ToArray(), Has.All.InRange(0, 1));
            }
        }
    }

    [Test]
    public void SettingsOutOfRangeAreRefused()
    {
        Assert.That(() => new LaplaceNetworkClassifier(new() { PriorPrecision = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LaplaceNetworkRegressor(new() { NoiseDeviation = double.NaN }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LaplaceNetworkRegressor(new() { SampleCount = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LaplaceNetworkClassifier(new() { NoiseDeviation = 1 }), Throws.ArgumentException.With.Message.Contains("regression"));
    }

    private static DatasetView Embedded(LaplaceNetworkRegressor model, DatasetView data, double[] targets) =>
        DatasetView.All(InMemoryDataset.ForRegression("embedded", model.Embed(data), targets));

    private static byte[] Saved(Action<Stream> save)
    {
        var stream = new MemoryStream();
        save(stream);
        return stream.ToArray();
    }

    private static void AssertDamageIsRefused(IModelManager model, Action<Stream> load, byte[] bytes)
    {
        foreach (int length in new[] { bytes.Length / 2, bytes.Length - 1 })
        {
            Assert.That(() => load(new MemoryStream(bytes[..length])), Throws.TypeOf<InvalidDataException>());
            Assert.That(model.IsTrained, Is.False);
        }

        BitConverter.GetBytes(double.NaN).CopyTo(bytes, bytes.Length - 8);
        Assert.That(() => load(new MemoryStream(bytes)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("NaN"));
    }
}
