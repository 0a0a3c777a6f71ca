using PyRelationAL.Models;
using PyRelationAL.Predictions;

namespace PyRelationAL;

/// <content>What models that end in a linear layer, or can be differentiated, give beside predictions.</content>
public sealed partial class QueryContext
{
    private ClassLogits? _logits;
    private GradientEmbeddings? _gradientEmbeddings;
    private FeatureMatrix? _auxiliaryOutputs;

    /// <summary>Logits of the pool [N×C]: predicted, or the outputs of the classifier's linear head.</summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public ClassLogits ClassLogits => _logits ??= _model is ILogitPredictor predictor
        ? Checked(predictor.PredictLogits(Pool, CancellationToken), z => z.RowCount, z => z.ClassCount)
        : Checked(LogitsOfHead(), z => z.RowCount, z => z.ClassCount);

    /// <summary>
    /// Gradient embeddings of the pool, in factors: the model's own, or those of its linear head from <see cref="ClassProbabilities"/> and embeddings.
    /// </summary>
    /// <exception cref="CapabilityMissingException">The model gives neither.</exception>
    public GradientEmbeddings GradientEmbeddings => _gradientEmbeddings ??= _model is IGradientEmbedder embedder
        ? Checked(embedder.EmbedGradients(Pool, CancellationToken), g => g.RowCount)
        : GradientsOfHead();

    /// <summary>The outputs [N×K] for the pool of the auxiliary head that the strategy had trained with the model.</summary>
    /// <exception cref="CapabilityMissingException">The model has no training hooks.</exception>
    public FeatureMatrix AuxiliaryOutputs => _auxiliaryOutputs ??=
        Checked(Need<ITrainingHooks>(Capabilities.TrainingHooks).PredictAuxiliary(Pool, CancellationToken), a => a.RowCount);

    /// <summary>What took part in the training of the model; null where nothing did, or the model has no training hooks.</summary>
    public ITrainingHook? TrainingHook => (_model as ITrainingHooks)?.TrainingHook;

    /// <summary>The model's linear head.</summary>
    /// <exception cref="CapabilityMissingException">The model has none.</exception>
    public LinearHead Head => Need<ILinearHead>(Capabilities.LinearHead).Head;

    /// <summary>The model as a function that can be differentiated by its inputs.</summary>
    /// <exception cref="CapabilityMissingException">It cannot.</exception>
    public IInputGradients InputGradients => Need<IInputGradients>(Capabilities.InputGradients);

    /// <summary>The model as a function that can be differentiated by its parameters.</summary>
    /// <exception cref="CapabilityMissingException">It cannot.</exception>
    public IParameterGradients ParameterGradients => Need<IParameterGradients>(Capabilities.ParameterGradients);

    /// <summary>The model as a function of its parameters.</summary>
    /// <exception cref="CapabilityMissingException">It is none.</exception>
    public IParameterPerturbation ParameterPerturbation => Need<IParameterPerturbation>(Capabilities.ParameterPerturbation);

    private ClassLogits LogitsOfHead()
    {
        ILinearHead head = Need<ILinearHead>(Capabilities.Logits);
        Need<IClassProbabilityPredictor>(Capabilities.Logits);
        return new ClassLogits(head.Head.Apply(PoolRows(FeatureSpace.Embeddings)), head.Head.OutputCount);
    }

    private GradientEmbeddings GradientsOfHead()
    {
        Need<ILinearHead>(Capabilities.GradientEmbeddings);
        return _model is IClassProbabilityPredictor
            ? GradientEmbeddings.OfCrossEntropy(ClassProbabilities, PoolRows(FeatureSpace.Embeddings))
            : GradientEmbeddings.OfValue(PoolRows(FeatureSpace.Embeddings));
    }
}
