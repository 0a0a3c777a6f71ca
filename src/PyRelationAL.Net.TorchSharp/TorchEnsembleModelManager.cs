using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// An ensemble of torch modules that differ in their initial weights, in the order of their batches and in their dropout masks (Lakshminarayanan, Pritzel and
/// Blundell, NeurIPS 2017): what <see cref="TorchEnsembleClassifier"/> and <see cref="TorchEnsembleRegressor"/> share.
/// </summary>
/// <inheritdoc cref="TorchModelManager"/>
public abstract class TorchEnsembleModelManager : IModelManager, IDisposable
{
    private readonly TorchFit _fit;

    private protected TorchEnsembleModelManager(TorchOptions options, int memberCount, TaskKinds task)
    {
        SampleCount = Guard.Positive(memberCount);
        _fit = new TorchFit(this, options, task, memberCount);
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit.IsTrained;

    /// <summary>The number of members S.</summary>
    public int SampleCount { get; }

    /// <summary>Always true: sample m is member m.</summary>
    public bool Consistent => true;

    /// <summary>Trains the members, one after the other.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is another, nothing is labelled, or a setting does not fit the dataset.</exception>
    /// <exception cref="ModelTrainingException">The training of a member diverged, or libtorch refused something, such as a shape.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) =>
        _fit.Train(labelled, validation, random, cancellationToken);

    /// <inheritdoc/>
    public void Reset() => _fit.Reset();

    /// <summary>Frees the modules. The ensemble can be trained again.</summary>
    public void Dispose()
    {
        Reset();
        GC.SuppressFinalize(this);
    }

    /// <summary>Each member's probabilities or values, one member after the other.</summary>
    private protected double[] PredictionsOf(DatasetView items, CancellationToken cancellationToken) =>
        [.. _fit.For(items).SelectMany(network => network.Predictions(items.Features, cancellationToken))];
}
