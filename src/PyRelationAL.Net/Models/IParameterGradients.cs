namespace PyRelationAL.Models;

/// <summary>A model whose outputs f [K] can be differentiated by all its parameters θ [P]: logits, or one value in the targets' units.</summary>
public interface IParameterGradients
{
    /// <summary>How the parameters lie in one vector.</summary>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    ParameterLayout Parameters { get; }

    /// <summary>∂/∂θ Σₙ Σₖ w[n,k] fₖ(xₙ), as a prediction is made: without dropout, with the running statistics of batch normalisation.</summary>
    /// <param name="items">The items.</param>
    /// <param name="outputWeights">w, N·K values, row-major: the gradient of what is to be differentiated by the outputs.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>P numbers.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    /// <exception cref="ArgumentException">There are not N·K weights.</exception>
    float[] Gradient(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default);

    /// <summary>∂/∂θ Σₖ w[n,k] fₖ(xₙ) for each item. N·P numbers: ask for a block of items at a time.</summary>
    /// <param name="items">The items.</param>
    /// <param name="outputWeights">w, N·K values, row-major.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The gradients [N×P].</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    /// <exception cref="ArgumentException">There are not N·K weights.</exception>
    FeatureMatrix PerSampleGradients(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default);
}
