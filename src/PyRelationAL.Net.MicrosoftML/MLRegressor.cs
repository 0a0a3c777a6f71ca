using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>
/// A regressor around any ML.NET estimator that ends in a regression trainer. It predicts values without a measure of uncertainty: put several into a
/// committee, or take <see cref="FastForestRegressor"/>, for strategies that need one.
/// </summary>
/// <remarks>
/// Labels and values pass through ML.NET as float32. Seeds, threads and cancellation are as in <see cref="MLMulticlassClassifier"/>. Not safe for concurrent
/// training.
/// </remarks>
public sealed class MLRegressor : IModelManager, IValuePredictor, IDisposable
{
    private readonly MLPipeline _pipeline;
    private readonly MLModelOptions _options;
    private int? _featureCount;

    /// <summary>Creates an untrained model.</summary>
    /// <param name="createEstimator">Makes a new estimator, such as <c>ml => ml.Regression.Trainers.Sdca()</c>.</param>
    /// <param name="options">Settings; by default as <see cref="MLModelOptions"/> says.</param>
    public MLRegressor(Func<MLContext, IEstimator<ITransformer>> createEstimator, MLModelOptions? options = null)
        : this(MLSeed.Ignored(createEstimator), options)
    {
    }

    /// <summary>Creates an untrained model whose trainer has a seed of its own, apart from the context's.</summary>
    /// <param name="createEstimator">Makes a new estimator from a context and a seed.</param>
    /// <param name="options">Settings; by default as <see cref="MLModelOptions"/> says.</param>
    public MLRegressor(Func<MLContext, int, IEstimator<ITransformer>> createEstimator, MLModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(createEstimator);
        _options = options ?? new MLModelOptions();
        _pipeline = new MLPipeline(this, createEstimator, _options, LabelEncoding.Single);
    }

    /// <inheritdoc/>
    public bool IsTrained => _featureCount is not null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, nothing is labelled, or a label does not fit into float32.</exception>
    /// <exception cref="ModelTrainingException">ML.NET could not fit the estimator, or it gives no finite values.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Regression);
        cancellationToken.ThrowIfCancellationRequested();
        _ = labelled.Values();
        _pipeline.Fit(labelled, [], random, cancellationToken);
        try
        {
            DataViewSchema.Column? column = _pipeline.OutputColumn(labelled, _options.ScoreColumn);
            if (column?.Type.RawType != typeof(float))
            {
                throw new ModelTrainingException(
                    $"{nameof(MLRegressor)} cannot use it: column '{_options.ScoreColumn}' is "
                    + $"{column?.Type.ToString() ?? "missing"}, not one number for each item.");
            }

            _pipeline.ReadScalars(labelled, _options.ScoreColumn, cancellationToken);
        }
        catch
        {
            Reset();
            throw;
        }

        _featureCount = labelled.Dataset.FeatureCount;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">A value is NaN or infinite.</exception>
    public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default)
    {
        _ = _pipeline.Transformer;
        ModelGuard.Predictable(this, items, _featureCount!.Value);
        return _pipeline.ReadScalars(items, _options.ScoreColumn, cancellationToken);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _featureCount = null;
        _pipeline.Reset();
    }

    /// <summary>Disposes of the fitted transformer, as <see cref="Reset"/> does; the model can be trained again.</summary>
    public void Dispose() => Reset();
}
