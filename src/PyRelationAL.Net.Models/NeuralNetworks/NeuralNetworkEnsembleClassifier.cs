using PyRelationAL.Models.NeuralNetworks;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Models;

/// <summary>
/// A deep ensemble of classifiers: networks that differ in their initial weights, in the order of their mini-batches and in their dropout masks, each trained
/// on all labelled items (Lakshminarayanan, Pritzel and Blundell, "Simple and scalable predictive uncertainty estimation using deep ensembles", NeurIPS 2017).
/// Member m is posterior sample m; class probabilities are the mean over the members.
/// </summary>
/// <remarks>
/// Members are trained in parallel, with streams derived from their number, so that the result does not depend on the number of threads. See
/// <see cref="NeuralNetworkClassifier"/> for a member. Not safe for concurrent training.
/// </remarks>
public sealed class NeuralNetworkEnsembleClassifier : IModelManager, IClassProbabilityPredictor, IPosteriorClassSampler
{
    private readonly NetworkEnsemble _ensemble;

    /// <summary>Creates an untrained ensemble with the default settings.</summary>
    public NeuralNetworkEnsembleClassifier()
        : this(new NeuralNetworkEnsembleOptions())
    {
    }

    /// <summary>Creates an untrained ensemble.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The members are to learn noise, which only regressors can.</exception>
    public NeuralNetworkEnsembleClassifier(NeuralNetworkEnsembleOptions options)
    {
        _ensemble = new NetworkEnsemble(this, options);
        if (options.LearnsNoise)
        {
            throw new ArgumentException($"{nameof(options.LearnsNoise)} is for regression; classifiers have no noise to learn.", nameof(options));
        }
    }

    /// <inheritdoc/>
    public bool IsTrained => _ensemble.IsTrained;

    /// <summary>The number of members S.</summary>
    public int SampleCount => _ensemble.Count;

    /// <inheritdoc/>
    public bool Consistent => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is not classification, nothing is labelled, or the class weights do not fit the task.</exception>
    /// <exception cref="ModelTrainingException">The training of a member diverged.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        Reset();
        ModelGuard.Trainable(this, labelled, random, TaskKinds.Classification);
        cancellationToken.ThrowIfCancellationRequested();
        _ensemble.Train(NetworkProblem.Classification(_ensemble.NetworkOptions, labelled, validation), random, cancellationToken);
    }

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

    private PosteriorClassSamples Samples(DatasetView items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        int classes = items.Task.ClassCount;
        double[] values = _ensemble.Predict(items, classes, cancellationToken, (network, destination) =>
            network.WriteProbabilities(items, PassMode.Prediction, null, 1, cancellationToken, destination));
        return new PosteriorClassSamples(values, SampleCount, classes);
    }
}
