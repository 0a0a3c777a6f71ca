namespace PyRelationAL.Models;

/// <summary>What a score or a strategy may need of a model.</summary>
[Flags]
public enum Capabilities
{
    /// <summary>Nothing: features alone will do.</summary>
    None = 0,

    /// <summary>Class probabilities: an <see cref="IClassProbabilityPredictor"/>, or the mean of an <see cref="IPosteriorClassSampler"/>.</summary>
    ClassProbabilities = 1,

    /// <summary>Class probabilities under posterior draws: an <see cref="IPosteriorClassSampler"/>.</summary>
    PosteriorClassSamples = 2,

    /// <summary>
    /// Posterior draws in which sample m means the same parameters for every item: a sampler with <c>Consistent</c> true. A model that samples both classes and
    /// values has it where both are consistent.
    /// </summary>
    ConsistentSamples = 4,

    /// <summary>Mean and standard deviation: an <see cref="IGaussianPredictor"/>, or the moments of an <see cref="IPosteriorValueSampler"/>.</summary>
    GaussianPredictions = 8,

    /// <summary>Draws of whole functions: an <see cref="IJointGaussianPredictor"/>, or a consistent <see cref="IPosteriorValueSampler"/>.</summary>
    JointValueDraws = 16,

    /// <summary>Embeddings: an <see cref="IEmbedder"/>.</summary>
    Embeddings = 32,

    /// <summary>A linear map from the embeddings to logits or to the value: an <see cref="ILinearHead"/>.</summary>
    LinearHead = 64,

    /// <summary>Logits: an <see cref="ILogitPredictor"/>, or the outputs of a classifier's <see cref="ILinearHead"/>.</summary>
    Logits = 128,

    /// <summary>
    /// Gradient embeddings: an <see cref="IGradientEmbedder"/>, or an <see cref="ILinearHead"/> of a model that predicts class probabilities or values.
    /// </summary>
    GradientEmbeddings = 256,

    /// <summary>Gradients of the outputs by the features: an <see cref="IInputGradients"/>.</summary>
    InputGradients = 512,

    /// <summary>Gradients of the outputs by all parameters: an <see cref="IParameterGradients"/>.</summary>
    ParameterGradients = 1024,

    /// <summary>Predictions with other parameters than the learned: an <see cref="IParameterPerturbation"/>.</summary>
    ParameterPerturbation = 2048,

    /// <summary>Training that can be watched and joined: an <see cref="ITrainingHooks"/>.</summary>
    TrainingHooks = 4096,

    /// <summary>
    /// One value for each item: an <see cref="IValuePredictor"/>, or the mean of an <see cref="IGaussianPredictor"/> or an
    /// <see cref="IPosteriorValueSampler"/>.
    /// </summary>
    PredictedValues = 8192,
}
