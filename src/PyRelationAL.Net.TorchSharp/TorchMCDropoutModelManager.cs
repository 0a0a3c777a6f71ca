using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// A torch module whose dropout stays on in predictions; each mask is a draw from an approximate posterior (Gal and Ghahramani, "Dropout as a Bayesian
/// approximation", ICML 2016). What <see cref="TorchMCDropoutClassifier"/> and <see cref="TorchMCDropoutRegressor"/> share.
/// </summary>
/// <remarks>
/// Dropout is what <c>Dropout</c>, <c>Dropout1d</c> to <c>3d</c>, <c>AlphaDropout</c> and <c>FeatureAlphaDropout</c> do; <c>functional.dropout</c> stays off.
/// Everything else, such as batch normalisation, stays in evaluation mode. For masks that hold for every item the dropout modules must be run by <c>call</c>,
/// as <c>Sequential</c> does, not by <c>forward</c>.
/// </remarks>
/// <inheritdoc cref="TorchModelManager"/>
public abstract class TorchMCDropoutModelManager : IModelManager, IEmbedder, IDisposable
{
    private readonly TorchFit _fit;
    private long _maskSeed;

    private protected TorchMCDropoutModelManager(TorchOptions options, int sampleCount, bool consistent, TaskKinds task)
    {
        SampleCount = Guard.Positive(sampleCount);
        Consistent = consistent;
        _fit = new TorchFit(this, options, task);
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit.IsTrained;

    /// <summary>The number of masks S.</summary>
    public int SampleCount { get; }

    /// <summary>
    /// Whether mask m is the same for every item, as joint quantities need (Kirsch, van Amersfoort and Gal, NeurIPS 2019); otherwise each item gets masks of
    /// its own, as plain MC dropout does.
    /// </summary>
    public bool Consistent { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is another, nothing is labelled, or a setting does not fit the dataset.</exception>
    /// <exception cref="ModelTrainingException">The module has no dropout, its training diverged, or libtorch refused something, such as a shape.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        _fit.Train(labelled, validation, random, cancellationToken);
        _maskSeed = unchecked((long)random.Child("prediction masks").NextUInt64());
        if (!new DropoutPasses(_fit.Network).HasDropout)
        {
            Reset();
            throw new ModelTrainingException($"The module of {GetType().Name} has no dropout, so all its draws would be the same.");
        }
    }

    /// <summary>
    /// Embeddings [N×D], with dropout off: the output of <see cref="TorchOptions.EmbeddingModule"/>, or what enters the linear module that runs last.
    /// </summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model is not trained, or no such module was run.</exception>
    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) =>
        EmbeddingTap.Run(_fit.For(items)[0], items.Features, cancellationToken).Embeddings;

    /// <inheritdoc/>
    public void Reset() => _fit.Reset();

    /// <summary>Frees the module. The model can be trained again.</summary>
    public void Dispose()
    {
        Reset();
        GC.SuppressFinalize(this);
    }

    /// <summary>The stream whose masks give the prediction of a module as it was trained.</summary>
    private protected RandomStream PredictionMasks => new(_maskSeed);

    /// <summary>Outputs [S×N×K] under S masks.</summary>
    private protected double[] Draw(DatasetView items, RandomStream random, CancellationToken cancellationToken)
    {
        TorchNetwork network = _fit.For(items)[0];
        ArgumentNullException.ThrowIfNull(random);
        return new DropoutPasses(network).Run(items.Features, SampleCount, Consistent, random, cancellationToken);
    }
}
