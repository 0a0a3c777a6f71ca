namespace PyRelationAL.Models;

/// <summary>Finds out what a model can do.</summary>
public static class CapabilityExtensions
{
    /// <summary>The built-in models by capability, for messages; a test holds this list against the models themselves.</summary>
    private static readonly (Capabilities Capability, string[] Models)[] BuiltIn =
    [
        (Capabilities.ClassProbabilities,
        [
            "GaussianProcessClassifier", "LogisticRegression", "ClassifierCommittee", "NeuralNetworkClassifier", "NeuralNetworkEnsembleClassifier",
            "MCDropoutClassifier", "LaplaceNetworkClassifier",
        ]),
        (Capabilities.PosteriorClassSamples,
        [
            "GaussianProcessClassifier", "ClassifierCommittee", "NeuralNetworkEnsembleClassifier", "MCDropoutClassifier", "LaplaceNetworkClassifier",
        ]),
        (Capabilities.ConsistentSamples,
        [
            "ClassifierCommittee", "NeuralNetworkEnsembleClassifier", "MCDropoutClassifier", "BayesianLinearRegression", "RegressorCommittee",
            "NeuralNetworkEnsembleRegressor", "MCDropoutRegressor", "LaplaceNetworkClassifier", "LaplaceNetworkRegressor",
        ]),
        (Capabilities.GaussianPredictions,
        [
            "GaussianProcessRegressor", "BayesianLinearRegression", "RegressorCommittee", "MeanVarianceNetworkRegressor", "NeuralNetworkEnsembleRegressor",
            "MCDropoutRegressor", "LaplaceNetworkRegressor",
        ]),
        (Capabilities.JointValueDraws,
        [
            "GaussianProcessRegressor", "BayesianLinearRegression", "RegressorCommittee", "NeuralNetworkEnsembleRegressor", "MCDropoutRegressor",
            "LaplaceNetworkRegressor",
        ]),
        (Capabilities.Embeddings,
        [
            "LogisticRegression", "NeuralNetworkClassifier", "MCDropoutClassifier", "LaplaceNetworkClassifier", "NeuralNetworkRegressor",
            "MeanVarianceNetworkRegressor", "MCDropoutRegressor", "LaplaceNetworkRegressor",
        ]),
        (Capabilities.LinearHead,
        [
            "LogisticRegression", "NeuralNetworkClassifier", "NeuralNetworkRegressor", "LaplaceNetworkClassifier", "LaplaceNetworkRegressor",
        ]),
        (Capabilities.Logits, ["LogisticRegression", "NeuralNetworkClassifier", "LaplaceNetworkClassifier"]),
        (Capabilities.GradientEmbeddings,
        [
            "LogisticRegression", "NeuralNetworkClassifier", "NeuralNetworkRegressor", "LaplaceNetworkClassifier", "LaplaceNetworkRegressor",
        ]),
        (Capabilities.InputGradients,
        [
            "LogisticRegression", "NeuralNetworkClassifier", "NeuralNetworkRegressor", "MeanVarianceNetworkRegressor",
        ]),
        (Capabilities.ParameterGradients, ["NeuralNetworkClassifier", "NeuralNetworkRegressor", "MeanVarianceNetworkRegressor"]),
        (Capabilities.ParameterPerturbation, ["NeuralNetworkClassifier", "NeuralNetworkRegressor", "MeanVarianceNetworkRegressor"]),
        (Capabilities.TrainingHooks,
        [
            "NeuralNetworkClassifier", "NeuralNetworkRegressor", "MeanVarianceNetworkRegressor", "MCDropoutClassifier", "MCDropoutRegressor",
        ]),
    ];

    /// <summary>The capabilities of a model, those that can be derived from others included.</summary>
    /// <param name="model">A model manager, or any object that implements capability interfaces; null has none.</param>
    /// <returns>The set of capabilities.</returns>
    public static Capabilities CapabilitiesOf(object? model)
    {
        var found = Capabilities.None;
        if (model is IClassProbabilityPredictor or IPosteriorClassSampler)
        {
            found |= Capabilities.ClassProbabilities;
        }

        if (model is IPosteriorClassSampler)
        {
            found |= Capabilities.PosteriorClassSamples;
        }

        if (model is IGaussianPredictor or IPosteriorValueSampler)
        {
            found |= Capabilities.GaussianPredictions;
        }

        if (model is IPosteriorValueSampler { Consistent: true })
        {
            found |= Capabilities.JointValueDraws;
        }

        // A model for both tasks may draw the same masks for values and others for classes: its consistent values must not vouch for its classes.
        if (model is IPosteriorClassSampler or IPosteriorValueSampler
            && model is not (IPosteriorClassSampler { Consistent: false } or IPosteriorValueSampler { Consistent: false }))
        {
            found |= Capabilities.ConsistentSamples;
        }

        if (model is IJointGaussianPredictor)
        {
            found |= Capabilities.JointValueDraws;
        }

        if (model is IEmbedder)
        {
            found |= Capabilities.Embeddings;
        }

        if (model is ILinearHead)
        {
            found |= Capabilities.LinearHead;
        }

        if (model is ILogitPredictor || (model is ILinearHead && model is IClassProbabilityPredictor))
        {
            found |= Capabilities.Logits;
        }

        if (model is IGradientEmbedder || (model is ILinearHead && (model is IClassProbabilityPredictor || model is IValuePredictor)))
        {
            found |= Capabilities.GradientEmbeddings;
        }

        if (model is IInputGradients)
        {
            found |= Capabilities.InputGradients;
        }

        if (model is IParameterGradients)
        {
            found |= Capabilities.ParameterGradients;
        }

        if (model is IParameterPerturbation)
        {
            found |= Capabilities.ParameterPerturbation;
        }

        if (model is ITrainingHooks)
        {
            found |= Capabilities.TrainingHooks;
        }

        return found;
    }

    /// <summary>The single capabilities in a set.</summary>
    /// <param name="capabilities">A set.</param>
    /// <returns>Its members, lowest first.</returns>
    public static IEnumerable<Capabilities> Members(this Capabilities capabilities) =>
        BuiltIn.Select(b => b.Capability).Where(c => capabilities.HasFlag(c));

    /// <summary>The names of the built-in models that have a capability.</summary>
    /// <param name="capability">One capability.</param>
    /// <returns>Type names; empty where no built-in model has it.</returns>
    public static IReadOnlyList<string> BuiltInModelsWith(Capabilities capability) =>
        BuiltIn.FirstOrDefault(b => b.Capability == capability).Models ?? [];
}
