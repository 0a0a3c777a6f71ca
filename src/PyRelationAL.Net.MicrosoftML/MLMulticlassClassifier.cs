using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>
/// A classifier around any ML.NET estimator that ends in a multiclass trainer. The label column is a key of the classes present; slot i of the score belongs
/// to the i-th of them.
/// </summary>
/// <remarks>
/// <para>
/// Classes that no labelled item has get probability 0; with one class present nothing is fitted, and every item gets it with probability 1. The estimator is
/// made anew for each training, in a new <see cref="MLContext"/> whose seed comes from the random stream. Equal streams give equal models where the trainer
/// itself keeps to its seed: give SDCA and L-BFGS one thread.
/// </para>
/// <para>
/// Scores must be probabilities (maximum entropy, calibrated SDCA, one-versus-all and pairwise coupling of calibrated trainers). Others, such as those of
/// <c>SdcaNonCalibrated</c> and <c>NaiveBayes</c>, are refused after the first training, unless <see cref="MLModelOptions.RawScores"/> says otherwise. A
/// cancelled training ends when the trainer next reads data. For posterior samples, put several into a committee. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class MLMulticlassClassifier : IModelManager, IClassProbabilityPredictor, IDisposable
{
    /// <summary>Float32 scores of a hundred classes sum to 1 within this.</summary>
    private const double SumTolerance = 1e-4;

    private readonly MLPipeline _pipeline;
    private readonly MLModelOptions _options;
    private TrainedClasses? _trained;

    /// <summary>Creates an untrained model.</summary>
    /// <param name="createEstimator">Makes a new estimator, such as <c>ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()</c>.</param>
    /// <param name="options">Settings; by default as <see cref="MLModelOptions"/> says.</param>
    public MLMulticlassClassifier(Func<MLContext, IEstimator<ITransformer>> createEstimator, MLModelOptions? options = null)
        : this(MLSeed.Ignored(createEstimator), options)
    {
    }

    /// <summary>Creates an untrained model whose trainer has a seed of its own, apart from the context's.</summary>
    /// <param name="createEstimator">Makes a new estimator from a context and a seed.</param>
    /// <param name="options">Settings; by default as <see cref="MLModelOptions"/> says.</param>
    public MLMulticlassClassifier(Func<MLContext, int, IEstimator<ITransformer>> createEstimator, MLModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(createEstimator);
        _options = options ?? new MLModelOptions();
        _pipeline = new MLPipeline(this, createEstimator, _options, LabelEncoding.Key);
    }

    /// <inheritdoc/>
    public bool IsTrained => _trained is not null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">ML.NET could not fit the estimator, or its scores are not what they must be.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        cancellationToken.ThrowIfCancellationRequested();
        var trained = TrainedClasses.Of(labelled);
        if (trained.Present.Length > 1)
        {
            _pipeline.Fit(labelled, trained.Present, random, cancellationToken);
            try
            {
                CheckColumn(labelled, trained.Present);
                Check(Scores(labelled, trained, cancellationToken), trained.Present.Length);
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
        return trained.Present.Length == 1
            ? trained.OnlyClass(items.Count)
            : trained.Expand(Scores(items, trained, cancellationToken), items.Count);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _trained = null;
        _pipeline.Reset();
    }

    /// <summary>Disposes of the fitted transformer, as <see cref="Reset"/> does; the model can be trained again.</summary>
    public void Dispose() => Reset();

    private double[] Scores(DatasetView items, TrainedClasses trained, CancellationToken cancellationToken)
    {
        int width = trained.Present.Length;
        double[] scores = _pipeline.ReadVectors(items, _options.ScoreColumn, width, cancellationToken);
        if (_options.RawScores == RawScores.Softmax)
        {
            for (int i = 0; i < scores.Length; i += width)
            {
                TrainedClasses.Softmax(scores.AsSpan(i, width));
            }
        }

        return scores;
    }

    private void CheckColumn(DatasetView labelled, int[] present)
    {
        DataViewSchema.Column column = _pipeline.OutputColumn(labelled, _options.ScoreColumn)
            ?? throw Refused($"it writes no column '{_options.ScoreColumn}'.");
        if (column.Type is not VectorDataViewType { ItemType: NumberDataViewType { RawType: var type }, Size: var size } || type != typeof(float))
        {
            throw Refused($"column '{column.Name}' is {column.Type}, not a vector of scores. A binary trainer belongs into {nameof(MLBinaryClassifier)}.");
        }

        string[] names = [.. present.Select(c => DatasetDataView.NameOf(labelled.Task, c))];
        string[]? slots = column.HasSlotNames() ? SlotNames(column) : null;
        if (size != names.Length || slots?.SequenceEqual(names) == false)
        {
            throw Refused(Guard.Text(
                $"its {size} scores are of {string.Join(", ", slots ?? ["unnamed classes"])}, not of the classes present, {string.Join(", ", names)}. ")
                + $"'{_options.LabelColumn}' is a key already: train on it as it is, without MapValueToKey.");
        }
    }

    private void Check(double[] scores, int width)
    {
        for (int i = 0; i < scores.Length; i += width)
        {
            ReadOnlySpan<double> row = scores.AsSpan(i, width);
            double sum = 0;
            foreach (double score in row)
            {
                sum += score;
            }

            if (row.ContainsAnyInRange(double.NegativeInfinity, -1e-6) || Math.Abs(sum - 1) > SumTolerance)
            {
                throw Refused(
                    Guard.Text($"its scores are not probabilities: those of row {i / width} of the labelled items are {string.Join(", ", row.ToArray())}. ")
                    + "Use a trainer that gives probabilities (LbfgsMaximumEntropy, SdcaMaximumEntropy, OneVersusAll of a calibrated trainer), or "
                    + $"ask for their softmax: {nameof(MLModelOptions)}.{nameof(MLModelOptions.RawScores)} = {nameof(RawScores)}.{nameof(RawScores.Softmax)}.");
            }
        }
    }

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static ModelTrainingException Refused(string why) => new($"{nameof(MLMulticlassClassifier)} cannot use the estimator: {why}");
}
