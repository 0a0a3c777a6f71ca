using PyRelationAL.Evaluation;
using PyRelationAL.Numerics;

namespace PyRelationAL;

/// <summary>
/// A model as the pipeline sees it: trained from scratch on the labelled items, evaluated on the test items, reset before the next round. What else a
/// model can do is said by the capability interfaces in <see cref="Models"/>, which strategies find with <c>is</c>.
/// </summary>
/// <remarks>A model manager belongs to one pipeline and need not be safe for concurrent use.</remarks>
public interface IModelManager
{
    /// <summary>Whether the model has been trained since it was made or reset.</summary>
    bool IsTrained { get; }

    /// <summary>Trains from scratch.</summary>
    /// <param name="labelled">The labelled items; at least one, all labels present.</param>
    /// <param name="validation">Items to validate on, for models that use them.</param>
    /// <param name="random">The only source of randomness: equal streams and equal data give equal models.</param>
    /// <param name="cancellationToken">Stops the training; the model is then untrained.</param>
    void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default);

    /// <summary>
    /// Measures the model on labelled items. By default the metrics follow from what the model predicts: <see cref="ClassificationMetrics"/> for a model
    /// that gives class probabilities, <see cref="RegressionMetrics"/> for one that gives values.
    /// </summary>
    /// <param name="test">The items; all labels present.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <returns>Metrics by name (<see cref="MetricNames"/>).</returns>
    IReadOnlyDictionary<string, double> Evaluate(DatasetView test, CancellationToken cancellationToken = default) =>
        ModelEvaluation.Evaluate(this, test, cancellationToken);

    /// <summary>Forgets what was learned.</summary>
    void Reset();

    /// <summary>
    /// Forgets the model, but not necessarily what makes the next training faster: the pipeline calls it between the rounds of a run, and
    /// <see cref="Reset"/> before the first. By default it is <see cref="Reset"/>.
    /// </summary>
    void EndRound() => Reset();
}
