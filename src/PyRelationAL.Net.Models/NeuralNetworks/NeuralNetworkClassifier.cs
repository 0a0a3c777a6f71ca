using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>A multilayer perceptron with softmax outputs, trained on cross-entropy in mini-batches, in float32.</summary>
/// <remarks>
/// <para>
/// Weights start from He's or Xavier's distribution and biases from 0. With validation items training stops early
/// (<see cref="NeuralNetworkOptions.EarlyStoppingPatience"/>). There is an output for each class of the task; training drives those of classes that no
/// labelled item has towards probability 0.
/// </para>
/// <para>
/// An epoch costs O(N·P) for P parameters and allocates nothing. One thread; equal streams give equal bits. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class NeuralNetworkClassifier : IModelManager, IClassProbabilityPredictor, ILinearHead
{
    private readonly NeuralNetworkOptions _options;
    private TrainedNetwork? _fit;
    private LinearHead? _head;

    /// <summary>Creates an untrained network with the default settings.</summary>
    public NeuralNetworkClassifier()
        : this(new NeuralNetworkOptions())
    {
    }

    /// <summary>Creates an untrained network.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public NeuralNetworkClassifier(NeuralNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit is not null;

    /// <summary>How many epochs the network in use was trained for; null while untrained.</summary>
    public int? TrainedEpochs => _fit?.Epochs;

    /// <inheritdoc/>
    public LinearHead Head => _head ??= ModelGuard.Trained(this, _fit).Head();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, nothing is labelled, or the class weights do not fit the task.</exception>
    /// <exception cref="ModelTrainingException">The training diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        cancellationToken.ThrowIfCancellationRequested();
        _fit = NetworkTrainer.Train(NetworkProblem.Classification(_options, labelled, validation), random, cancellationToken);
    }

    /// <inheritdoc/>
    public ClassProbabilities PredictProbabilities(DatasetView items, CancellationToken cancellationToken = default)
    {
        TrainedNetwork fit = FitFor(items);
        var values = new double[checked(items.Count * fit.Network.OutputWidth)];
        fit.WriteProbabilities(items, PassMode.Prediction, null, _options.MaxDegreeOfParallelism, cancellationToken, values);
        return new ClassProbabilities(values, fit.Network.OutputWidth);
    }

    /// <summary>The activations of the last hidden layer [N×D]; the scaled features where there is no hidden layer.</summary>
    /// <inheritdoc/>
    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) =>
        FitFor(items).Embed(items, _options.MaxDegreeOfParallelism, cancellationToken);

    /// <summary>Saves what was learned: parameters and scales, not the settings.</summary>
    /// <param name="destination">Where to; stays open.</param>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    public void Save(Stream destination) => NetworkFile.Write(destination, this, _options, [ModelGuard.Trained(this, _fit)]);

    /// <summary>Replaces what was learned by what was saved. The settings must describe the same layers as those of the model that was saved.</summary>
    /// <param name="source">Where from; stays open, just behind what was read.</param>
    /// <exception cref="InvalidDataException">The stream holds no model of this kind and shape; the model is then untrained.</exception>
    public void Load(Stream source)
    {
        Reset();
        _fit = NetworkFile.Read(source, this, _options, networkCount: 1).Networks[0];
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fit = null;
        _head = null;
    }

    private TrainedNetwork FitFor(DatasetView items)
    {
        TrainedNetwork fit = ModelGuard.Trained(this, _fit);
        ModelGuard.Predictable(this, items, fit.InputWidth);
        return fit;
    }
}
