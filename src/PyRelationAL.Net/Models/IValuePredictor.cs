namespace PyRelationAL.Models;

/// <summary>A regression model that predicts one value for each item, without a measure of uncertainty.</summary>
public interface IValuePredictor
{
    /// <summary>Predicts values [N].</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>One finite value for each item.</returns>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default);
}
