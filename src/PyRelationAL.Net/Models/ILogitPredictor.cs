using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>A classifier whose probabilities are the softmax of outputs that it also gives.</summary>
public interface ILogitPredictor : IClassProbabilityPredictor
{
    /// <summary>Predicts logits [N×C].</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>Logits, whose softmax are the model's probabilities.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    ClassLogits PredictLogits(DatasetView items, CancellationToken cancellationToken = default);
}
