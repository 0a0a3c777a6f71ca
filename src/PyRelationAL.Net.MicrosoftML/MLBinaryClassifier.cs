using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>A classifier of two classes around any ML.NET estimator that ends in a binary trainer. The label column is a Boolean: class 1 is true.</summary>
/// <remarks>
/// <para>
/// The probability of class 1 is read from the column <c>Probability</c>, which calibrated trainers write (LbfgsLogisticRegression, SdcaLogisticRegression,
/// FastTree). Others (AveragedPerceptron, LinearSvm, FastForest, SdcaNonCalibrated) are refused, unless the estimator ends in a calibrator or
/// <see cref="MLModelOptions.RawScores"/> asks for the logistic function of the score. A calibrator that is fitted to the labelled items themselves is
/// overconfident.
/// </para>
/// <para>
/// With one class present nothing is fitted, and every item gets it with probability 1. Seeds, threads and cancellation are as in
/// <see cref="MLMulticlassClassifier"/>. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class MLBinaryClassifier : IModelManager, IClassProbabilityPredictor, IDisposable
{
    private readonly MLPipeline _pipeline;
    private readonly MLModelOptions _options;
    private TrainedClasses? _trained;

    /// <summary>Creates an untrained model.</summary>
    /// <param name="createEstimator">Makes a new estimator, such as <c>ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression()</c>.</param>
    /// <param name="options">Settings; by default as <see cref="MLModelOptions"/> says.</param>
    public MLBinaryClassifier(Func<MLContext, IEstimator<ITransformer>> createEstimator, MLModelOptions? options = null)
        : this(MLSeed.Ignored(createEstimator), options)
    {
    }

    /// <summary>Creates an untrained model whose trainer has a seed of its own, apart from the context's.</summary>
    /// <param name="createEstimator">Makes a new estimator from a context and a seed.</param>
    /// <param name="options">Settings; by default as <see cref="MLModelOptions"/> says.</param>
    public MLBinaryClassifier(Func<MLContext, int, IEstimator<ITransformer>> createEstimator, MLModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(createEstimator);
        _options = options ?? new MLModelOptions();
        _pipeline = new MLPipeline(this, createEstimator, _options, LabelEncoding.Boolean);
    }

    /// <inheritdoc/>
    public bool IsTrained => _trained is not null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification of two classes, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">ML.NET could not fit the estimator, or it gives no probabilities.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        if (labelled.Task.ClassCount != 2)
        {
            throw new ArgumentException(
                $"{nameof(MLBinaryClassifier)} is for two classes; dataset '{labelled.Dataset.Name}' is for {labelled.Task}. "
                + $"Use {nameof(MLMulticlassClassifier)}.",
                nameof(labelled));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var trained = TrainedClasses.Of(labelled);
        if (trained.Present.Length > 1)
        {
            _pipeline.Fit(labelled, trained.Present, random, cancellationToken);
            try
            {
                CheckColumn(labelled);
                ReadPositive(labelled, cancellationToken);
            }
            catch
            {
                Reset();
                throw;
            }
        }

        _trained = trained;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">A score is NaN or infinite.</exception>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        TrainedClasses trained = ModelGuard.Trained(this, _trained);
        ModelGuard.Predictable(this, items, trained.FeatureCount);
        cancellationToken.ThrowIfCancellationRequested();
        if (trained.Present.Length == 1)
        {
            return trained.OnlyClass(items.Count);
        }

        double[] positive = ReadPositive(items, cancellationToken);
        return new ClassProbabilities([.. positive.SelectMany(p => new[] { 1 - p, p })], 2);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _trained = null;
        _pipeline.Reset();
    }

    /// <summary>Disposes of the fitted transformer, as <see cref="Reset"/> does; the model can be trained again.</summary>
    public void Dispose() => Reset();

    private double[] ReadPositive(DatasetView items, CancellationToken cancellationToken) => _options.RawScores == RawScores.Softmax
        ? Array.ConvertAll(_pipeline.ReadScalars(items, _options.ScoreColumn, cancellationToken), s => 1 / (1 + Math.Exp(-s)))
        : _pipeline.ReadScalars(items, _options.ProbabilityColumn, cancellationToken);

    private void CheckColumn(DatasetView labelled)
    {
        string name = _options.RawScores == RawScores.Softmax ? _options.ScoreColumn : _options.ProbabilityColumn;
        DataViewSchema.Column? column = _pipeline.OutputColumn(labelled, name);
        if (column is null && _options.RawScores == RawScores.Refuse)
        {
            throw new ModelTrainingException(
                $"{nameof(MLBinaryClassifier)} cannot use the estimator: it writes no column '{name}', so its scores are not probabilities. "
                + "Use a calibrated trainer (LbfgsLogisticRegression, SdcaLogisticRegression, FastTree), append a calibrator "
                + "(BinaryClassification.Calibrators.Platt()), or ask for the logistic function of the score: "
                + $"{nameof(MLModelOptions)}.{nameof(MLModelOptions.RawScores)} = {nameof(RawScores)}.{nameof(RawScores.Softmax)}.");
        }

        if (column?.Type.RawType != typeof(float))
        {
            throw new ModelTrainingException(
                $"{nameof(MLBinaryClassifier)} cannot use it: column '{name}' is {column?.Type.ToString() ?? "missing"}, not one number for each item.");
        }
    }
}
