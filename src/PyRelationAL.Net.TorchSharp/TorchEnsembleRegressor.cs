using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.Torch;

/// <summary>An ensemble of torch modules as a regressor; each gives one value.</summary>
/// <inheritdoc cref="TorchModelManager"/>
public sealed class TorchEnsembleRegressor : TorchEnsembleModelManager, IPosteriorValueSampler
{
    /// <summary>Creates an untrained ensemble.</summary>
    /// <param name="options">The module, and how to train it.</param>
    /// <param name="memberCount">How many modules, at least 1; a deviation needs 2.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the device is not there.</exception>
    public TorchEnsembleRegressor(TorchOptions options, int memberCount = 10)
        : base(options, memberCount, TaskKinds.Regression)
    {
    }

    /// <summary>The members' values [S×N]; nothing is drawn at random.</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Not used.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The ensemble is not trained.</exception>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
        new(PredictionsOf(items, cancellationToken), SampleCount);
}
