using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL.Adapters.Torch;

/// <summary>A torch module as a classifier: its outputs are logits, one for each class of the task.</summary>
/// <remarks>
/// Classes that no labelled item has keep their output; the cross-entropy drives it down. A module that ends in a log-softmax will do too: the softmax of its
/// outputs is the same. One that ends in a softmax will not.
/// </remarks>
/// <inheritdoc cref="TorchModelManager"/>
public sealed class TorchClassifier : TorchModelManager, ILogitPredictor
{
    /// <summary>Creates an untrained classifier.</summary>
    /// <param name="options">The module, and how to train it.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the device is not there.</exception>
    public TorchClassifier(TorchOptions options)
        : base(options, TaskKinds.Classification)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">The module gives numbers that are not finite, or libtorch refused something.</exception>
    public ClassLogits PredictLogits(DatasetView items, CancellationToken cancellationToken = default) =>
        new(OutputsOf(items, cancellationToken), OutputCount);

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">The module gives numbers that are not finite, or libtorch refused something.</exception>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default) =>
        PredictLogits(items, cancellationToken).Softmax();
}
