using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>
/// A multilayer perceptron with one linear output, trained on the square error in mini-batches, in float32. It predicts values without uncertainty.
/// </summary>
/// <remarks>
/// <para>
/// Weights and biases start uniform in ±in^−½ for layers of so many inputs. With validation items training stops early
/// (<see cref="NeuralNetworkOptions.EarlyStoppingPatience"/>). Targets are standardised inside.
/// </para>
/// <para>
/// An epoch costs O(N·P) for P parameters and allocates nothing. One thread; equal streams give equal bits. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class NeuralNetworkRegressor : IModelManager, IValuePredictor, ILinearHead
{
    private readonly SingleNetwork _network;

    /// <summary>Creates an untrained network with the default settings.</summary>
    public NeuralNetworkRegressor()
        : this(new NeuralNetworkOptions())
    {
    }

    /// <summary>Creates an untrained network.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public NeuralNetworkRegressor(NeuralNetworkOptions options)
    {
        _network = new SingleNetwork(this, options);
    }

    /// <inheritdoc/>
    public bool IsTrained => _network.Fit is not null;

    /// <summary>How many epochs the network in use was trained for; null while untrained.</summary>
    public int? TrainedEpochs => _network.Fit?.Epochs;

    /// <inheritdoc/>
    public LinearHead Head => _network.Head;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">The training diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) => _network.Train(
        labelled, random, TaskKinds.Regression, () => NetworkProblem.Regression(_network.Options, labelled, validation, withVariance: false), cancellationToken);

    /// <inheritdoc/>
    public double[] PredictValues(DatasetView items, CancellationToken cancellationToken = default)
    {
        TrainedNetwork fit = _network.FitFor(items);
        var values = new double[items.Count];
        fit.WriteValues(items, PassMode.Prediction, null, _network.Options.MaxDegreeOfParallelism, cancellationToken, values);
        return values;
    }

    /// <summary>The activations of the last hidden layer [N×D]; the scaled features where there is no hidden layer.</summary>
    /// <inheritdoc/>
    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) =>
        _network.Embed(items, _network.Options.MaxDegreeOfParallelism, cancellationToken);

    /// <summary>Saves what was learned: parameters and scales, not the settings.</summary>
    /// <param name="destination">Where to; stays open.</param>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    public void Save(Stream destination) => _network.Save(destination);

    /// <summary>Replaces what was learned by what was saved. The settings must describe the same layers as those of the model that was saved.</summary>
    /// <param name="source">Where from; stays open, just behind what was read.</param>
    /// <exception cref="InvalidDataException">The stream holds no model of this kind and shape; the model is then untrained.</exception>
    public void Load(Stream source) => _network.Load(source);

    /// <inheritdoc/>
    public void Reset() => _network.Reset();
}
