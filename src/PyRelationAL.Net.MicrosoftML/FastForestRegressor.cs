using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>
/// ML.NET's FastForest for regression (Breiman, "Random forests", Machine Learning 2001), each tree a posterior sample. A tree's value is the mean of the
/// labels in the leaf; the mean over the trees is the forest's score.
/// </summary>
/// <remarks>
/// ML.NET drops a tree that finds no split, which with few labels may be all of them, and then scores 0. Here such a tree predicts the mean of the labelled
/// values, so that there are always as many samples as trees. Labels pass through ML.NET as float32. Fits of different forests wait for each other: ML.NET
/// has a lock. Not safe for concurrent training.
/// </remarks>
public sealed class FastForestRegressor : IModelManager, IPosteriorValueSampler
{
    private readonly Func<FastForestRegressionTrainer.Options> _options;
    private readonly MLPipeline _pipeline;
    private Fit? _fit;

    /// <summary>Creates an untrained forest.</summary>
    /// <param name="options">
    /// Makes new settings for a training. Seeds and column names are set here. By default ML.NET's, but one item is enough for a leaf: with ten, the default of
    /// ML.NET, no tree could split until twenty items are labelled.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number of trees is below 1.</exception>
    public FastForestRegressor(Func<FastForestRegressionTrainer.Options>? options = null)
    {
        _options = options ?? (() => new FastForestRegressionTrainer.Options { MinimumExampleCountPerLeaf = 1 });
        SampleCount = Guard.Positive(_options().NumberOfTrees);
        _pipeline = new MLPipeline(this, Forest, new MLModelOptions(), LabelEncoding.Single);
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit is not null;

    /// <summary>The number of trees S.</summary>
    public int SampleCount { get; }

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, nothing is labelled, or a label does not fit into float32.</exception>
    /// <exception cref="ModelTrainingException">ML.NET could not fit the forest.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Regression);
        cancellationToken.ThrowIfCancellationRequested();
        double mean = labelled.Values().Average();
        _pipeline.Fit(labelled, [], random, cancellationToken);
        var model = ((ISingleFeaturePredictionTransformer<FastForestRegressionModelParameters>)_pipeline.Transformer).Model;
        _fit = new Fit(TreeWalk.Of(model.TrainedTreeEnsemble), mean, labelled.Dataset.FeatureCount);
        _pipeline.Reset();
    }

    /// <summary>The trees' values [S×N]; nothing is drawn at random.</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Not used.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The forest is not trained.</exception>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        Fit fit = ModelGuard.Trained(this, _fit);
        ModelGuard.Predictable(this, items, fit.FeatureCount);
        cancellationToken.ThrowIfCancellationRequested();
        return new PosteriorValueSamples(TreeWalk.Predict(fit.Trees, SampleCount, fit.Mean, items.Features, cancellationToken), SampleCount);
    }

    /// <inheritdoc/>
    public void Reset() => _fit = null;


    private FastForestRegressionTrainer Forest(MLContext context, int seed)
    {
        FastForestRegressionTrainer.Options options = _options();
        FastForestSeeds.Set(options, seed);
        return context.Regression.Trainers.FastForest(options);
    }

    private sealed record Fit(TreeWalk[] Trees, double Mean, int FeatureCount);
}
