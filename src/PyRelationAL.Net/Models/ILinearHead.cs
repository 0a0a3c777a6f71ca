namespace PyRelationAL.Models;

/// <summary>
/// A model that ends in a linear map from its embeddings: a network's last layer. A classifier's probabilities are the softmax of the head's outputs, its
/// logits (of a model with a posterior: that softmax averaged over heads around this one); a regressor's value is the head's one output. So gradients of the
/// loss by the last layer come in factored form, (p − onehot(y)) ⊗ (h, 1), without any further help of the model.
/// </summary>
public interface ILinearHead : IEmbedder
{
    /// <summary>The linear map from <see cref="IEmbedder.Embed"/> to the outputs.</summary>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    LinearHead Head { get; }
}
