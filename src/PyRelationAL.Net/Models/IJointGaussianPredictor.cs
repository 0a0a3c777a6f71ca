using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>A regression model that predicts a joint Gaussian over several items.</summary>
public interface IJointGaussianPredictor
{
    /// <summary>Predicts mean [N] and covariance [N×N] of the latent function. O(N²) memory: for batches and small pools.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The predictions.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    JointGaussianPredictions PredictJointGaussian(DatasetView items, CancellationToken cancellationToken = default);
}
