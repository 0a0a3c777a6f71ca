using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.Torch;

/// <summary>A torch module as a regressor with MC dropout; it gives one value.</summary>
/// <inheritdoc cref="TorchMCDropoutModelManager"/>
public sealed class TorchMCDropoutRegressor : TorchMCDropoutModelManager, IPosteriorValueSampler
{
    /// <summary>Creates an untrained regressor.</summary>
    /// <param name="options">The module, which has dropout, and how to train it.</param>
    /// <param name="sampleCount">The number of masks S, at least 1; a deviation needs 2.</param>
    /// <param name="consistent">Whether mask m is the same for every item.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the device is not there.</exception>
    public TorchMCDropoutRegressor(TorchOptions options, int sampleCount = 20, bool consistent = true)
        : base(options, sampleCount, consistent, TaskKinds.Regression)
    {
    }

    /// <inheritdoc/>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
        new(Draw(items, random, cancellationToken), SampleCount);
}
