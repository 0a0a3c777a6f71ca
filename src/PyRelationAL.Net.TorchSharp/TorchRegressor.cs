using PyRelationAL.Models;

namespace PyRelationAL.Adapters.Torch;

/// <summary>A torch module as a regressor: its one output is the value, without a measure of uncertainty.</summary>
/// <inheritdoc cref="TorchModelManager"/>
public sealed class TorchRegressor : TorchModelManager, IValuePredictor
{
    /// <summary>Creates an untrained regressor.</summary>
    /// <param name="options">The module, and how to train it.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the device is not there.</exception>
    public TorchRegressor(TorchOptions options)
        : base(options, TaskKinds.Regression)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">The module gives numbers that are not finite, or libtorch refused something.</exception>
    public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default) => OutputsOf(items, cancellationToken);
}
