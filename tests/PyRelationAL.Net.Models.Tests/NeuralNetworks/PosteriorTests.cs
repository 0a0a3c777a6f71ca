using PyRelationAL.Models;
using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Tests.NeuralNetworks;

/// <summary>Ensembles and MC dropout: what differs between samples, what must not, and what threads may not change.</summary>
public sealed class PosteriorTests
{
    private static readonly NeuralNetworkOptions Small = new() { HiddenWidths = [16, 16], Epochs = 20, Dropout = 0.3 };

    [Test]
    public void MembersDifferAndTheirMeanIsThePrediction()
    {
        DatasetView data = Toy.Classification(30);
        var model = new NeuralNetworkEnsembleClassifier(new NeuralNetworkEnsembleOptions { Network = Small, MemberCount = 4 });
        model.Train(data, null, new RandomStream(1));
        PosteriorClassSamples samples = model.SampleProbabilities(data, new RandomStream(1));
        double[][] members = [.. Enumerable.Range(0, 4).Select(m => samples.Values.Slice(m * 90, 90).ToArray())];
        Assert.That(members, Is.Unique);
        Assert.That(model.PredictProbabilities(data).Values.ToArray(), Is.EqualTo(samples.Mean().Values.ToArray()));
    }

    [Test]
    public void AMemberIsTheNetworkThatItsStreamGives()
    {
        DatasetView data = Toy.Regression(30);
        var ensemble = new NeuralNetworkEnsembleRegressor(new NeuralNetworkEnsembleOptions { Network = Small, MemberCount = 3 });
        ensemble.Train(data, null, new RandomStream(1));
        var single = new NeuralNetworkRegressor(Small);
        single.Train(data, null, new RandomStream(1).Child(2));
        Assert.That(single.PredictValues(data), Is.EqualTo(ensemble.SampleValues(data, new RandomStream(0)).Sample(2).ToArray()));
    }

    [Test]
    public void ThreadsChangeNoBit([Values(2, 3)] int threads)
    {
        DatasetView data = Toy.Regression(40), items = Toy.Regression(700, seed: 9);
        Assert.That(Ensemble(threads), Is.EqualTo(Ensemble(1)));
        Assert.That(Masks(threads, true), Is.EqualTo(Masks(1, true)));
        Assert.That(Masks(threads, false), Is.EqualTo(Masks(1, false)));
        Assert.That(Single(threads), Is.EqualTo(Single(1)));

        double[] Ensemble(int count)
        {
            var model = new NeuralNetworkEnsembleRegressor(new NeuralNetworkEnsembleOptions { Network = Small, MaxDegreeOfParallelism = count });
            model.Train(data, null, new RandomStream(1));
            return model.SampleValues(items, new RandomStream(1)).Values.ToArray();
        }

        double[] Masks(int count, bool consistent)
        {
            var model = new MCDropoutRegressor(new MCDropoutOptions { Network = Small, Consistent = consistent, MaxDegreeOfParallelism = count });
            model.Train(data, null, new RandomStream(1));
            return model.SampleValues(items, new RandomStream(1)).Values.ToArray();
        }

        double[] Single(int count)
        {
            var model = new NeuralNetworkRegressor(Small with { MaxDegreeOfParallelism = count });
            model.Train(data, null, new RandomStream(1));
            return model.PredictValues(items);
        }
    }

    [Test]
    public void AConsistentMaskIsTheSameForEveryRowAndEveryCall()
    {
        MCDropoutRegressor model = Masked(consistent: true);
        DatasetView items = Toy.Regression(600, seed: 8);
        PosteriorValueSamples all = model.SampleValues(items, new RandomStream(5));
        PosteriorValueSamples part = model.SampleValues(items.Slice(399, 101), new RandomStream(5));
        for (int m = 0; m < all.SampleCount; m++)
        {
            Assert.That(part.Sample(m).ToArray(), Is.EqualTo(all.Sample(m).Slice(399, 101).ToArray()), $"sample {m}");
        }

        PosteriorValueSamples twice = model.SampleValues(items.SelectRows([3, 3, 3]), new RandomStream(5));
        Assert.That(twice.Sample(0).ToArray().Distinct().Count(), Is.EqualTo(1));
        Assert.That(model.SampleValues(items, new RandomStream(6)).Values.ToArray(), Is.Not.EqualTo(all.Values.ToArray()));
    }

    [Test]
    public void APlainMaskIsTheRowsOwn()
    {
        MCDropoutRegressor model = Masked(consistent: false);
        Assert.That(
            CapabilityExtensions.CapabilitiesOf(model),
            Is.EqualTo(Capabilities.GaussianPredictions | Capabilities.Embeddings | Capabilities.TrainingHooks | Capabilities.PredictedValues));
        PosteriorValueSamples samples = model.SampleValues(Toy.Regression(1).SelectRows([0, 0, 0, 0]), new RandomStream(5));
        Assert.That(samples.Sample(0).ToArray().Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void MasksDropTheShareTheyShouldAndKeepTheMean()
    {
        var layer = new DropoutLayer(1000, 0.3, 0);
        var network = new Network([layer]);
        var workspace = new NetworkWorkspace(network, 50, training: false);
        Array.Fill(workspace.Values[0], 1f);
        float[] outputs = network.Forward(workspace, [], 50, PassMode.RowMasks, new RandomStream(1)).ToArray();
        Assert.That(outputs.Count(x => x == 0) / 50000.0, Is.EqualTo(0.3).Within(0.01));
        Assert.That(outputs.Average(), Is.EqualTo(1).Within(0.02));
        float[] shared = network.Forward(workspace, [], 50, PassMode.SharedMasks, new RandomStream(1)).ToArray();
        Assert.That(shared.Chunk(1000).All(row => row.SequenceEqual(shared[..1000])), Is.True);
        Assert.That(network.Forward(workspace, [], 50, PassMode.Prediction, null).ToArray(), Has.All.EqualTo(1f));
    }

    [Test]
    public void ARowsPredictionDoesNotDependOnTheRowsBesideIt([Values] NetworkNormalisation normalisation)
    {
        DatasetView data = Toy.Regression(40), items = Toy.Regression(300, seed: 9);
        var model = new NeuralNetworkRegressor(Small with { Normalisation = normalisation });
        model.Train(data, null, new RandomStream(1));
        double[] all = model.PredictValues(items);
        foreach (int i in new[] { 0, 5, 255, 256, 299 })
        {
            Assert.That(model.PredictValues(items.Slice(i, 1))[0], Is.EqualTo(all[i]), $"row {i}");
        }
    }

    [Test]
    public void SamplingTurnsOnDropoutAndNothingElse([Values] NetworkNormalisation normalisation)
    {
        // A network put back into training would normalise by the rows that it is asked about, and remember them.
        DatasetView data = Toy.Regression(40), items = Toy.Regression(300, seed: 9);
        var model = new MCDropoutRegressor(new MCDropoutOptions { Network = Small with { Normalisation = normalisation }, SampleCount = 3 });
        model.Train(data, null, new RandomStream(1));
        float[] before = model.Embed(items).Values.ToArray();
        PosteriorValueSamples all = model.SampleValues(items, new RandomStream(5)), one = model.SampleValues(items.Slice(299, 1), new RandomStream(5));
        for (int m = 0; m < 3; m++)
        {
            Assert.That(one.Sample(m)[0], Is.EqualTo(all.Sample(m)[299]));
        }

        Assert.That(one.Values.ToArray(), Is.Unique, "the masks differ");
        Assert.That(model.Embed(items).Values.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void EmbeddingsWithoutHiddenLayersAreTheStandardisedFeatures()
    {
        DatasetView data = Toy.Regression(30);
        var model = new NeuralNetworkRegressor(Small with { HiddenWidths = [] });
        model.Train(data, null, new RandomStream(1));
        FeatureMatrix embedding = model.Embed(data);
        Assert.That(embedding.ColumnCount, Is.EqualTo(data.Features.ColumnCount), "without hidden layers: the scaled features");
        Assert.That(Enumerable.Range(0, 30).Average(i => embedding.Row(i)[0]), Is.Zero.Within(1e-5));
        Assert.That(Enumerable.Range(0, 30).Average(i => embedding.Row(i)[0] * embedding.Row(i)[0]), Is.EqualTo(1).Within(1e-4));
    }

    [Test]
    public void TheHeadAppliedToTheEmbeddingsGivesThePredictions()
    {
        DatasetView values = Toy.Regression(30), classes = Toy.Classification(30);
        var regressor = new NeuralNetworkRegressor(Small);
        Assert.That(() => regressor.Head, Throws.InvalidOperationException.With.Message.Contains("not trained"));
        regressor.Train(values, null, new RandomStream(1));
        Close.AssertAll(regressor.Head.Apply(regressor.Embed(values)), regressor.PredictValues(values), 1e-5);
        var classifier = new NeuralNetworkClassifier(Small);
        classifier.Train(classes, null, new RandomStream(1));
        double[] logits = classifier.Head.Apply(classifier.Embed(classes));
        double[] probabilities = [.. logits.Chunk(3).SelectMany(row => row.Select(z => Math.Exp(z) / row.Sum(Math.Exp)))];
        Close.AssertAll(classifier.PredictProbabilities(classes).Values, probabilities, 1e-5);

        LinearHead first = classifier.Head;
        classifier.Train(classes, null, new RandomStream(2));
        Assert.That(classifier.Head.Weights.ToArray(), Is.Not.EqualTo(first.Weights.ToArray()), "after training anew");
    }

    private static MCDropoutRegressor Masked(bool consistent)
    {
        var model = new MCDropoutRegressor(new MCDropoutOptions { Network = Small, Consistent = consistent });
        model.Train(Toy.Regression(40), null, new RandomStream(1));
        return model;
    }
}
