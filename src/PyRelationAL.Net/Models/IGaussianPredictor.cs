using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>A regression model that predicts a mean and a standard deviation for each item.</summary>
public interface IGaussianPredictor
{
    /// <summary>Predicts the mean and the standard deviation of the latent function (without observation noise), [N] each.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The predictions.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default);
}
