using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A model that gives gradient embeddings itself. One that is an <see cref="ILinearHead"/> and predicts class probabilities, or a value, need not: theirs
/// follow from the embeddings.
/// </summary>
public interface IGradientEmbedder
{
    /// <summary>The gradient of each item's loss by the last layer, its label the predicted one, in factors.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>N factored gradients.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    GradientEmbeddings EmbedGradients(DatasetView items, CancellationToken cancellationToken = default);
}
