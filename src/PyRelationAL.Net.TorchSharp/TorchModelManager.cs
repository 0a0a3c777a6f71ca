using PyRelationAL.Models;
using PyRelationAL.Numerics;
using TorchSharp;

namespace PyRelationAL.Adapters.Torch;

/// <summary>
/// A torch module as a model: what <see cref="TorchClassifier"/> and <see cref="TorchRegressor"/> share. The module is made anew for each training.
/// </summary>
/// <remarks>
/// <para>
/// Torch has one generator of random numbers for the whole process. Each training seeds it, and trainings take turns, so that equal streams give equal models
/// whatever else this library trains; code of one's own that draws from torch meanwhile breaks that. Seeds repeat on one version of TorchSharp and one kind of
/// device only, and on a GPU only as far as its kernels do.
/// </para>
/// <para>
/// No call leaves a tensor behind but those of the module; <see cref="Reset"/> and <see cref="Dispose"/> free these. How many threads torch computes with is
/// the user's choice: <c>torch.set_num_threads(1)</c> is fastest for small modules. Not safe for concurrent use.
/// </para>
/// </remarks>
public abstract class TorchModelManager : IModelManager, ILinearHead, IInputGradients, IParameterGradients, IParameterPerturbation, ITrainingHooks, IDisposable
{
    private readonly TorchFit _fit;

    private protected TorchModelManager(TorchOptions options, TaskKinds task)
    {
        _fit = new TorchFit(this, options, task);
    }

    /// <inheritdoc/>
    public bool IsTrained => _fit.IsTrained;

    /// <summary>How many epochs the weights in use were trained for; null while untrained.</summary>
    public int? TrainedEpochs => _fit.IsTrained ? _fit.Network.Epochs : null;

    /// <summary>The trained module, in evaluation mode; null while untrained. It is freed by the next training.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? Module => _fit.IsTrained ? _fit.Network.Module : null;

    /// <inheritdoc/>
    public int InputWidth => _fit.Network.FeatureCount;

    /// <inheritdoc/>
    public int OutputCount => _fit.Network.OutputCount;

    /// <summary>The parameters that training changes, a group for each, in the order of <c>named_parameters()</c>.</summary>
    /// <inheritdoc/>
    public ParameterLayout Parameters => TorchGradients.Layout(_fit.Network);

    /// <summary>The linear module that runs last, from the embeddings to the outputs.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is not trained, or its outputs are no linear map of its embeddings: something follows the last linear module, or
    /// <see cref="TorchOptions.EmbeddingModule"/> names a module that is not right before it.
    /// </exception>
    public LinearHead Head
    {
        get
        {
            TorchNetwork network = _fit.Network;
            return network.Head ?? throw new InvalidOperationException(
                $"The outputs of the module of {GetType().Name} are no linear map of its embeddings: the last linear module must take the embeddings as they " +
                "are, and give the outputs.");
        }
    }

    /// <summary>What takes part in the next training; an auxiliary head is put on the modules that <see cref="TorchOptions.HiddenModules"/> names.</summary>
    public ITrainingHook? TrainingHook { get; set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The task is another, nothing is labelled, or a setting does not fit the dataset.</exception>
    /// <exception cref="ModelTrainingException">The training diverged, or libtorch refused something, such as a shape.</exception>
    public void Train(DatasetView labelled, DatasetView? validation, RandomStream random, CancellationToken cancellationToken = default)
    {
        _fit.Train(labelled, validation, random, cancellationToken, TrainingHook);
    }

    /// <summary>Embeddings [N×D]: the output of <see cref="TorchOptions.EmbeddingModule"/>, or what enters the linear module that runs last.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model is not trained, or no such module was run.</exception>
    public FeatureMatrix Embed(DatasetView items, CancellationToken cancellationToken = default) =>
        EmbeddingTap.Run(NetworkFor(items), items.Features, cancellationToken).Embeddings;

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">The module gives numbers that are not finite, or libtorch refused something.</exception>
    public double[] Outputs(FeatureMatrix inputs, CancellationToken cancellationToken = default) => NetworkFor(inputs).Outputs(inputs, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">Libtorch refused something.</exception>
    public FeatureMatrix InputGradients(FeatureMatrix inputs, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        TorchGradients.ByInputs(NetworkFor(inputs), inputs, outputWeights, cancellationToken);

    /// <inheritdoc/>
    public float[] Gradient(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        TorchGradients.ByParameters(NetworkFor(items), items.Features, outputWeights, cancellationToken);

    /// <summary>∂/∂θ Σₖ w[n,k] fₖ(xₙ) for each item, one pass for each.</summary>
    /// <inheritdoc/>
    public FeatureMatrix PerSampleGradients(DatasetView items, ReadOnlyMemory<double> outputWeights, CancellationToken cancellationToken = default) =>
        TorchGradients.PerSample(NetworkFor(items), items.Features, outputWeights, cancellationToken);

    /// <inheritdoc/>
    public float[] CopyParameters() => TorchGradients.Parameters(_fit.Network);

    /// <inheritdoc/>
    public double[] Outputs(DatasetView items, ReadOnlyMemory<float> parameters, CancellationToken cancellationToken = default) =>
        TorchGradients.OutputsUnder(NetworkFor(items), items.Features, parameters, cancellationToken);

    /// <inheritdoc/>
    public FeatureMatrix PredictAuxiliary(DatasetView items, CancellationToken cancellationToken = default) =>
        (NetworkFor(items).Auxiliary ?? throw new InvalidOperationException($"{GetType().Name} was trained without an auxiliary head."))
            .Predict(items.Features, cancellationToken);

    /// <inheritdoc/>
    public void Reset() => _fit.Reset();

    /// <summary>Frees the module. The model can be trained again.</summary>
    public void Dispose()
    {
        Reset();
        GC.SuppressFinalize(this);
    }

    private protected double[] OutputsOf(DatasetView items, CancellationToken cancellationToken) =>
        NetworkFor(items).Outputs(items.Features, cancellationToken);

    private TorchNetwork NetworkFor(DatasetView items) => _fit.For(items)[0];

    private TorchNetwork NetworkFor(FeatureMatrix inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        TorchNetwork network = _fit.Network;
        Guard.SameLength(network.FeatureCount, inputs.ColumnCount, "the inputs' columns", nameof(inputs));
        return network;
    }
}
