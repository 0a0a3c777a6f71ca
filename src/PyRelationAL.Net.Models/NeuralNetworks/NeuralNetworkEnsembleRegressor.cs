using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A deep ensemble of regressors: networks that differ in their initial weights, in the order of their mini-batches and in their dropout masks, each trained
/// on all labelled items (Lakshminarayanan, Pritzel and Blundell, "Simple and scalable predictive uncertainty estimation using deep ensembles", NeurIPS 2017).
/// Member m is posterior sample m.
/// </summary>
/// <remarks>
/// Samples are the members' means: their spread is the uncertainty of the function, without observation noise. Members are trained in parallel, with streams
/// derived from their number, so that the result does not depend on the number of threads. Not safe for concurrent training.
/// </remarks>
public sealed class NeuralNetworkEnsembleRegressor : IModelManager, IPosteriorValueSampler
{
    private readonly NetworkEnsemble _ensemble;
    private readonly bool _learnsNoise;

    /// <summary>Creates an untrained ensemble with the default settings.</summary>
    public NeuralNetworkEnsembleRegressor()
        : this(new NeuralNetworkEnsembleOptions())
    {
    }

    /// <summary>Creates an untrained ensemble.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public NeuralNetworkEnsembleRegressor(NeuralNetworkEnsembleOptions options)
    {
        _ensemble = new NetworkEnsemble(this, options);
        _learnsNoise = options.LearnsNoise;
    }

    /// <inheritdoc/>
    public bool IsTrained => _ensemble.IsTrained;

    /// <summary>The number of members S.</summary>
    public int SampleCount => _ensemble.Count;

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">The training of a member diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Regression);
        cancellationToken.ThrowIfCancellationRequested();
        _ensemble.Train(NetworkProblem.Regression(_ensemble.NetworkOptions, labelled, validation, _learnsNoise), random, cancellationToken);
    }

    /// <summary>The members' values [S×N]; nothing is drawn at random.</summary>
    /// <param name="items">The items.</param>
    /// <param name="random">Not used.</param>
    /// <param name="cancellationToken">Stops the prediction.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="InvalidOperationException">The ensemble is not trained.</exception>
    public PosteriorValueSamples SampleValues(DatasetView items, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        double[] values = _ensemble.Predict(items, 1, cancellationToken, (network, destination) =>
            network.WriteValues(items, PassMode.Prediction, null, 1, cancellationToken, destination));
        return new PosteriorValueSamples(values, SampleCount);
    }

    /// <summary>Saves what was learned: parameters and scales, not the settings.</summary>
    /// <param name="destination">Where to; stays open.</param>
    /// <exception cref="InvalidOperationException">The model is not trained.</exception>
    public void Save(Stream destination) => _ensemble.Save(destination);

    /// <summary>Replaces what was learned by what was saved. The settings must describe the same layers as those of the model that was saved.</summary>
    /// <param name="source">Where from; stays open, just behind what was read.</param>
    /// <exception cref="InvalidDataException">The stream holds no model of this kind and shape; the model is then untrained.</exception>
    public void Load(Stream source)
    {
        Reset();
        _ensemble.Load(source);
    }

    /// <inheritdoc/>
    public void Reset() => _ensemble.Reset();
}
