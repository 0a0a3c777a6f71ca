using PyRelationAL.Models;
using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>The built-in models by name, each with its default settings and one thread.</summary>
public static class ModelCatalogue
{
    private const TaskKinds Both = TaskKinds.Classification | TaskKinds.Regression;

    private static readonly CommitteeOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    private static readonly NeuralNetworkEnsembleOptions OneThreadEnsemble = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>The model that experiments use where none is named: a Gaussian process with fitted hyperparameters.</summary>
    public static ModelDescription Default { get; } = new(
        "GaussianProcess",
        "Gaussian process with an RBF kernel, hyperparameters fitted by marginal likelihood.",
        Both,
        task => task.Kind == TaskKinds.Regression ? new GaussianProcessRegressor() : new GaussianProcessClassifier());

    /// <summary>All built-in models, the default first, then in alphabetical order.</summary>
    public static IReadOnlyList<ModelDescription> All { get; } =
    [
        Default,
        new(
            "BayesianLinearRegression",
            "Linear regression with a Gaussian prior on the weights, precisions fitted by evidence.",
            TaskKinds.Regression,
            _ => new BayesianLinearRegression()),
        new(
            "Committee",
            "Ten bagged linear models: logistic regressions, or Bayesian linear regressions.",
            Both,
            task => task.Kind == TaskKinds.Regression
                ? new RegressorCommittee(() => new BayesianLinearRegression(), OneThread)
                : new ClassifierCommittee(() => new LogisticRegression(), OneThread)),
        new(
            "DeepEnsemble",
            "Ten multilayer perceptrons of two hidden layers, each from weights of its own.",
            Both,
            task => task.Kind == TaskKinds.Regression
                ? new NeuralNetworkEnsembleRegressor(OneThreadEnsemble)
                : new NeuralNetworkEnsembleClassifier(OneThreadEnsemble)),
        new(
            "Laplace",
            "Multilayer perceptron of two hidden layers, with a Gaussian posterior of its last layer.",
            Both,
            task => task.Kind == TaskKinds.Regression ? new LaplaceNetworkRegressor() : new LaplaceNetworkClassifier()),
        new("LogisticRegression", "Multinomial logistic regression with an L2 penalty.", TaskKinds.Classification, _ => new LogisticRegression()),
        new(
            "MCDropout",
            "Multilayer perceptron of two hidden layers, asked under twenty dropout masks.",
            Both,
            task => task.Kind == TaskKinds.Regression ? new MCDropoutRegressor() : new MCDropoutClassifier()),
        new(
            "NeuralNetwork",
            "Multilayer perceptron of two hidden layers; for regression it predicts values without uncertainty.",
            Both,
            task => task.Kind == TaskKinds.Regression ? new NeuralNetworkRegressor() : new NeuralNetworkClassifier()),
    ];

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name, in any letter case.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest name and lists all.</exception>
    public static ModelDescription Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(model => model.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(NearestName.UnknownMessage("model", name, All.Select(model => model.Name)), nameof(name));
    }
}
