using BenchmarkDotNet.Attributes;
using PyRelationAL.Datasets;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Numerics;

namespace PyRelationAL.Benchmarks;

/// <summary>Gaussian processes on one thread: fits from the start values, fits of one more row, and predictions for 1,000 items.</summary>
[MemoryDiagnoser]
public class GaussianProcessBenchmarks
{
    private const int PoolCount = 1000;

    private readonly RandomStream _random = new(1);
    private DatasetView _values = null!;
    private DatasetView _classes = null!;
    private GaussianProcessRegressor _regressor = null!;
    private GaussianProcessClassifier _classifier = null!;

    /// <summary>The number of labels n.</summary>
    [Params(50, 200, 800)]
    public int Labels { get; set; }

    /// <summary>The number of features D.</summary>
    [Params(2, 30)]
    public int Features { get; set; }

    private DatasetView Pool => _values.Slice(Labels + 1, PoolCount);

    [GlobalSetup]
    public void Setup()
    {
        var random = new RandomStream(1);
        int rows = Labels + 1 + PoolCount;
        var x = new FeatureMatrix(Enumerable.Range(0, rows * Features).Select(_ => (float)random.NextGaussian()).ToArray(), rows, Features);
        double[] y = [.. Enumerable.Range(0, rows).Select(i => Math.Sin(x.Row(i)[0]) + (0.3 * random.NextGaussian()))];
        _values = DatasetView.All(InMemoryDataset.ForRegression("values", x, y));
        _classes = DatasetView.All(InMemoryDataset.ForClassification("classes", x, [.. y.Select(v => v > 0 ? 1 : 0)]));
        _regressor = new GaussianProcessRegressor();
        _regressor.Train(_values.Slice(0, Labels), null, _random);
        _classifier = new GaussianProcessClassifier();
        _classifier.Train(_classes.Slice(0, Labels), null, _random);
    }

    [Benchmark]
    public void FitRegressor() => new GaussianProcessRegressor().Train(_values.Slice(0, Labels), null, _random);

    [Benchmark]
    public void FitClassifier() => new GaussianProcessClassifier().Train(_classes.Slice(0, Labels), null, _random);

    /// <summary>A round of one label with the hyperparameters of the one before as its start, the round before included.</summary>
    [Benchmark]
    public void FitRegressorTwiceWithWarmStart() => TwoRounds(new GaussianProcessRegressor(new() { WarmStart = true }), _values);

    [Benchmark]
    public void FitClassifierTwiceWithWarmStart() => TwoRounds(new GaussianProcessClassifier(new() { WarmStart = true }), _classes);

    /// <summary>Ten rounds of one label each with a fixed kernel, and predictions in each.</summary>
    [Benchmark]
    public void TenRoundsOfAFixedKernel()
    {
        IModelManager model = new GaussianProcessRegressor(new() { Kernel = 1.0 * new RbfKernel(2.0), OptimiseHyperparameters = false, Jitter = 1e-3 });
        DatasetView pool = Pool;
        for (int round = 0; round < 10; round++)
        {
            model.EndRound();
            model.Train(_values.Slice(0, Labels - 10 + round), null, _random);
            ((GaussianProcessRegressor)model).PredictGaussian(pool);
        }
    }

    [Benchmark]
    public void PredictRegressor() => _regressor.PredictGaussian(Pool);

    [Benchmark]
    public void PredictClassifier() => _classifier.PredictProbabilities(_classes.Slice(Labels + 1, PoolCount));

    private void TwoRounds(IModelManager model, DatasetView items)
    {
        model.Train(items.Slice(0, Labels), null, _random);
        model.EndRound();
        model.Train(items.Slice(0, Labels + 1), null, _random);
    }
}
