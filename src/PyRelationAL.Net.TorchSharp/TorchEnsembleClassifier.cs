using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.Torch;

/// <summary>An ensemble of torch modules as a classifier; each gives logits, one for each class of the task.</summary>
/// <inheritdoc cref="TorchModelManager"/>
public sealed class TorchEnsembleClassifier : TorchEnsembleModelManager, IClassProbabilityPredictor, IPosteriorClassSampler
{
    /// <summary>Creates an untrained ensemble.</summary>
    /// <param name="options">The module, and how to train it.</param>
    /// <param name="memberCount">How many modules, at least 1.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the device is not there.</exception>
    public TorchEnsembleClassifier(TorchOptions options, int memberCount = 10)
        : base(options, memberCount, TaskKinds.Classification)
    {
    }

    /// <summary>The mean [N×C] of the members' probabilities.</summary>
    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
        Samples(items, cancellationToken).Mean();

    /// <summary>The members' probabilities [S×N×C]; nothing is drawn at random.</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Not used.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The ensemble is not trained.</exception>
    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default) =>
        Samples(items, cancellationToken);

    private PosteriorClassSamples Samples(DatasetView items, CancellationToken cancellationToken) =>
        new(PredictionsOf(items, cancellationToken), SampleCount, items.Task.ClassCount);
}
