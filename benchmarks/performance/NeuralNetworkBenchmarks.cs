using BenchmarkDotNet.Attributes;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Benchmarks;

/// <summary>Training of the built-in networks, on one thread and on two.</summary>
public class NeuralNetworkBenchmarks
{
    private const int ImageRows = 5000;

    private DatasetView _diabetes = null!;
    private DatasetView _images = null!;

    /// <summary>The number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _diabetes = DatasetView.All(Diabetes.Load());
        var random = new RandomStream(1);
        float[] pixels = [.. Enumerable.Range(0, ImageRows * 784).Select(_ => (float)random.NextGaussian())];
        int[] classes = [.. Enumerable.Range(0, ImageRows).Select(_ => random.NextInt32(10))];
        _images = DatasetView.All(InMemoryDataset.ForClassification("random images", new FeatureMatrix(pixels, ImageRows, 784), classes, 10));
    }

    /// <summary>
    /// An active-learning run's training: ten networks 10-5-1 with ELU and dropout on Diabetes, 100 epochs in batches of 10, sixteen times with 25 to 400
    /// labels. 344,000 steps of Adam.
    /// </summary>
    [Benchmark]
    public void EnsembleOverSixteenRounds()
    {
        var options = new NeuralNetworkEnsembleOptions
        {
            Network = new NeuralNetworkOptions
            {
                HiddenWidths = [5],
                Activation = ActivationFunction.Elu,
                Dropout = 0.12,
                Optimiser = new AdamOptimiser { LearningRate = 3e-4 },
                BatchSize = 10,
                Epochs = 100,
            },
            MemberCount = 10,
            MaxDegreeOfParallelism = Threads,
        };
        for (int labels = 25; labels <= 400; labels += 25)
        {
            new NeuralNetworkEnsembleRegressor(options).Train(_diabetes.Slice(0, labels), null, new RandomStream(labels));
        }
    }

    /// <summary>One epoch of 784-256-128-10 with dropout on 5,000 rows in batches of 128.</summary>
    [Benchmark]
    public void EpochOfImages()
    {
        var options = new NeuralNetworkOptions { HiddenWidths = [256, 128], BatchSize = 128, Epochs = 1, Dropout = 0.1, MaxDegreeOfParallelism = Threads };
        new NeuralNetworkClassifier(options).Train(_images, null, new RandomStream(1));
    }
}
