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
/// As a function f of its inputs and parameters it gives the value in the targets' units, without dropout and with running statistics. The inputs
/// are features in their own units.
/// The parameters are those that the network computes with, which sees scaled features and predicts standardised targets: layer by layer, <c>dense 1
/// weights</c> [in×out] row-major, <c>dense
/// 1 biases</c>, then the gains and shifts of a normalisation. Gradients are computed in float32; where a feature counts as ±10⁶ its gradient is 0.
/// </para>
/// <para>
/// An auxiliary head sees each hidden layer's activations before dropout, and learns with the network's optimiser settings, schedule and weight
/// decay. The losses
/// that it is told are those of the network's training, in standardised targets. A joint training of a head has other results than one without; a hook
/// that only watches changes nothing.
/// </para>
/// <para>
/// An epoch costs O(N·P) for P parameters and allocates nothing. One thread; equal streams give equal bits. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class NeuralNetworkRegressor
    : IModelManager, IValuePredictor, ILinearHead, IInputGradients, IParameterGradients, IParameterPerturbation, ITrainingHooks
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
    public ITrainingHook? TrainingHook
    {
        get => _network.TrainingHook;
        set => _network.TrainingHook = value;
    }

    /// <inheritdoc/>
    public int InputWidth => _network.InputWidth;

    /// <inheritdoc/>
    public int OutputCount => _network.OutputCount;

    /// <inheritdoc cref="IParameterGradients.Parameters"/>
    public ParameterLayout Parameters => _network.Parameters;

    /// <inheritdoc/>
    public LinearHead Head => _network.Head;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">The training diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) => _network.Train(
        labelled,
        random,
        TaskKinds.Regression,
        () => NetworkProblem.Regression(_network.Options, labelled, validation, withVariance: false),
        cancellationToken);

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

    /// <inheritdoc/>
    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default) => _network.Outputs(inputs, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">A gradient overflows float32.</exception>
    public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        _network.InputGradients(inputs, outputWeights, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">A gradient overflows float32.</exception>
    public float[] Gradient(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        _network.Gradient(items, outputWeights, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">A gradient overflows float32.</exception>
    public FeatureMatrix PerSampleGradients(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        _network.PerSampleGradients(items, outputWeights, cancellationToken);

    /// <inheritdoc/>
    public float[] CopyParameters() => _network.CopyParameters();

    /// <summary>The outputs under other parameters, with the scales and running statistics that were learned. Safe for concurrent use.</summary>
    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">An output is NaN or infinite under these parameters.</exception>
    public double[] Outputs(DatasetView items, ReadOnlyMemory<float> parameters, CancellationToken cancellationToken = default) =>
        _network.Outputs(items, parameters, cancellationToken);

    /// <inheritdoc/>
    public FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken = default) =>
        _network.PredictAuxiliary(items, _network.Options.MaxDegreeOfParallelism, cancellationToken);

    /// <summary>Saves what was learned: parameters and scales, not the settings, and not an auxiliary head.</summary>
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
