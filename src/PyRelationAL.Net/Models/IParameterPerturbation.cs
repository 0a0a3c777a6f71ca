namespace PyRelationAL.Models;

/// <summary>A model that can be asked what it would predict with other parameters than those it learned. It stays as it is.</summary>
public interface IParameterPerturbation
{
    /// <summary>How the parameters lie in one vector.</summary>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    ParameterLayout Parameters { get; }

    /// <summary>Copies the learned parameters θ.</summary>
    /// <returns>P numbers.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    float[] CopyParameters();

    /// <summary>The outputs f [K] under other parameters: logits, or one value in the targets' units.</summary>
    /// <param name="items">The items.</param>
    /// <param name="parameters">P numbers, all finite.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>N·K outputs, row-major.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    /// <exception cref="ArgumentException">There are not P parameters, or one is NaN or infinite.</exception>
    double[] Outputs(DatasetView items, ReadOnlyMemory<float> parameters, CancellationToken cancellationToken = default);
}
