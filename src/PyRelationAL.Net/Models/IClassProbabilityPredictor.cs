using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>A model that predicts class probabilities.</summary>
public interface IClassProbabilityPredictor
{
    /// <summary>
    /// Predicts class probabilities [N×C], one row for each item, one column for each class of the task (also for classes never seen in training).
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>Class probabilities.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default);
}
