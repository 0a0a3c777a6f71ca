using PyRelationAL.Models;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.Torch;

/// <summary>A torch module as a classifier with MC dropout; it gives logits, one for each class of the task.</summary>
/// <inheritdoc cref="TorchMCDropoutModelManager"/>
public sealed class TorchMCDropoutClassifier : TorchMCDropoutModelManager, IClassProbabilityPredictor, IPosteriorClassSampler
{
    /// <summary>Creates an untrained classifier.</summary>
    /// <param name="options">The module, which has dropout, and how to train it.</param>
    /// <param name="sampleCount">The number of masks S, at least 1.</param>
    /// <param name="consistent">Whether mask m is the same for every item.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the device is not there.</exception>
    public TorchMCDropoutClassifier(TorchOptions options, int sampleCount = 20, bool consistent = true)
        : base(options, sampleCount, consistent, TaskKinds.Classification)
    {
    }

    /// <summary>The mean [N×C] over S masks, which follow from the stream that the module was trained with: equal calls give equal predictions.</summary>
    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
        SampleProbabilities(items, PredictionMasks, cancellationToken).Mean();

    /// <inheritdoc/>
    public PosteriorClassSamples SampleProbabilities(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        double[] outputs = Draw(items, random, cancellationToken);
        int classes = items.Task.ClassCount;
        return new PosteriorClassSamples(new ClassLogits(outputs, classes).Softmax().Values.ToArray(), SampleCount, classes);
    }
}
