using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A regression network whose dropout stays on in predictions; each mask is a draw from an approximate posterior (Gal and Ghahramani, "Dropout as a Bayesian
/// approximation", ICML 2016). See <see cref="NeuralNetworkRegressor"/> for the network.
/// </summary>
/// <remarks>
/// With <see cref="MCDropoutOptions.Consistent"/> mask m is the same for every item, in every call with an equal stream. Samples are of the function, without
/// observation noise. Not safe for concurrent training. What a training hook is told after an epoch are the
/// means of the values over the S masks, and an auxiliary head sees each hidden layer's activations before dropout.
/// </remarks>
public sealed class MCDropoutRegressor : IModelManager, IPosteriorValueSampler, IEmbedder, ITrainingHooks
{
    private readonly DropoutSampler _sampler;

    /// <summary>Creates an untrained network with the default settings.</summary>
    public MCDropoutRegressor()
        : this(new MCDropoutOptions())
    {
    }

    /// <summary>Creates an untrained network.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The network has no dropout.</exception>
    public MCDropoutRegressor(MCDropoutOptions options)
    {
        _sampler = new DropoutSampler(this, options);
    }

    /// <inheritdoc/>
    public bool IsTrained => _sampler.Fit is not null;

    /// <summary>The number of masks S.</summary>
    public int SampleCount => _sampler.Options.SampleCount;

    /// <inheritdoc/>
    public bool Consistent => _sampler.Options.Consistent;

    /// <inheritdoc/>
    public ITrainingHook? TrainingHook
    {
        get => _sampler.TrainingHook;
        set => _sampler.TrainingHook = value;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">The training diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) => _sampler.Train(
        labelled,
        random,
        TaskKinds.Regression,
        () => NetworkProblem.Regression(_sampler.Options.Network, labelled, validation, withVariance: false),
        (network, destination) => Sample(network, labelled, _sampler.PredictionMasks, cancellationToken).Moments().Mean.CopyTo(destination.Span),
        cancellationToken);

    /// <inheritdoc/>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Sample(_sampler.FitFor(items), items, random, cancellationToken);
    }

    /// <summary>The activations of the last hidden layer [N×D], with dropout off.</summary>
    /// <inheritdoc/>
    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) => _sampler.Embed(items, cancellationToken);

    /// <summary>The outputs [N×K] of the auxiliary head that was trained jointly, with dropout off.</summary>
    /// <inheritdoc/>
    public FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken = default) =>
        _sampler.PredictAuxiliary(items, cancellationToken);

    /// <summary>Saves what was learned: parameters and scales, not the settings, and not an auxiliary head.</summary>
    /// <param name="destination">Where to; stays open.</param>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    public void Save(Stream destination) => _sampler.Save(destination);

    /// <summary>Replaces what was learned by what was saved. The settings must describe the same layers as those of the model that was saved.</summary>
    /// <param name="source">Where from; stays open, just behind what was read.</param>
    /// <exception cref="InvalidDataException">The stream holds no model of this kind and shape; the model is then untrained.</exception>
    public void Load(Stream source) => _sampler.Load(source);

    /// <inheritdoc/>
    public void Reset() => _sampler.Reset();

    private PosteriorValueSamples Sample(TrainedNetwork network, DatasetView items, RandomStream random, CancellationToken cancellationToken)
    {
        double[] values = _sampler.Sample(network, items, 1, random, cancellationToken, (mode, masks, destination) =>
            network.WriteValues(items, mode, masks, 1, cancellationToken, destination));
        return new PosteriorValueSamples(values, SampleCount);
    }
}
