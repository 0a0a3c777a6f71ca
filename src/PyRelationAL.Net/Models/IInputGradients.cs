namespace PyRelationAL.Models;

/// <summary>
/// A model whose outputs f [K] can be differentiated by its inputs: logits, or one value in the targets' units. It takes any feature rows, not only those of a
/// dataset, since adversarial methods ask about inputs that they have moved.
/// </summary>
public interface IInputGradients
{
    /// <summary>The width F of an input row.</summary>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    int InputWidth { get; }

    /// <summary>The number K of outputs: the classes, or 1.</summary>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    int OutputCount { get; }

    /// <summary>f(x) for each row.</summary>
    /// <param name="inputs">x [N×F], in the features' units.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>N·K outputs, row-major.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default);

    /// <summary>∂/∂xₙ Σₖ w[n,k] fₖ(xₙ) for each row: with w = onehot(k) the gradient of output k, with w = p − onehot(y) that of the cross-entropy.</summary>
    /// <param name="inputs">x [N×F], in the features' units.</param>
    /// <param name="outputWeights">w, N·K values, row-major.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The gradients [N×F], by the features in their own units.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    /// <exception cref="ArgumentException">The rows have another width, or there are not N·K weights.</exception>
    FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default);
}
