using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A multilayer perceptron that predicts a mean and a variance for each item, trained on the Gaussian likelihood (Nix and Weigend, "Estimating the mean and
/// variance of the target probability distribution", ICNN 1994).
/// </summary>
/// <remarks>
/// <para>
/// Weights and biases start uniform in ±in^−½ for layers of so many inputs. With validation items training stops early
/// (<see cref="NeuralNetworkOptions.EarlyStoppingPatience"/>). Targets are standardised inside.
/// </para>
/// <para>
/// The standard deviation is that of the observations, which a single network cannot tell from what it does not know: unlike the contract's, it holds the
/// noise. For the uncertainty of the function alone use <see cref="NeuralNetworkEnsembleRegressor"/> or <see cref="MCDropoutRegressor"/>. The variance is kept
/// between e⁻¹⁰ and e¹⁰ of the targets' own.
/// </para>
/// <para>
/// An epoch costs O(N·P) for P parameters and allocates nothing. One thread; equal streams give equal bits. Not safe for concurrent training.
/// </para>
/// </remarks>
public sealed class MeanVarianceNetworkRegressor : IModelManager, IGaussianPredictor, IEmbedder
{
    private readonly SingleNetwork _network;

    /// <summary>Creates an untrained network with the default settings.</summary>
    public MeanVarianceNetworkRegressor()
        : this(new NeuralNetworkOptions())
    {
    }

    /// <summary>Creates an untrained network.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public MeanVarianceNetworkRegressor(NeuralNetworkOptions options)
    {
        _network = new SingleNetwork(this, options);
    }

    /// <inheritdoc/>
    public bool IsTrained => _network.Fit is not null;

    /// <summary>How many epochs the network in use was trained for; null while untrained.</summary>
    public int? TrainedEpochs => _network.Fit?.Epochs;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not regression, or nothing is labelled.</exception>
    /// <exception cref="ModelTrainingException">The training diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default) => _network.Train(
        labelled, random, TaskKinds.Regression, () => NetworkProblem.Regression(_network.Options, labelled, validation, withVariance: true), cancellationToken);

    /// <summary>Predicts the mean and the standard deviation of the observations, [N] each.</summary>
    /// <inheritdoc/>
    public GaussianPredictions PredictGaussian(DatasetView items, CancellationToken cancellationToken = default)
    {
        TrainedNetwork fit = _network.FitFor(items);
        double[] mean = new double[items.Count], deviation = new double[items.Count];
        fit.WriteMoments(items, _network.Options.MaxDegreeOfParallelism, cancellationToken, mean, deviation);
        return new GaussianPredictions(mean, deviation);
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
