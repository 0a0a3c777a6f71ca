using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Models;
using PyRelationAL.Reproduction.Strategies;

namespace PyRelationAL.Reproduction.Plans;

/// <summary>
/// The paper's appendix C with the settings that give its numbers: features as they are, a kernel that is never fitted, folds without shuffling.
/// </summary>
internal static class AsPublished
{
    /// <summary>The most queries; training sets under 300 rows have a smaller pool and so run until it is empty.</summary>
    public const int Rounds = 250;

    /// <summary>Decides what the paper left to chance: permutations, generated samples, cold starts of classification, random queries.</summary>
    public const long Seed = 1234;

    /// <summary>The experiment on the datasets that are to be had.</summary>
    public static ExperimentPlan Plan(DataFolder folder) => new()
    {
        Datasets = PaperDatasets.AsPublished(folder),
        Strategies = PaperStrategies.AsPublished,
        Starts = [new ColdStart(), new PaperWarmStart()],
        Model = new ModelDescription(
            "GaussianProcess, 1.0*RBF(1.0) fixed",
            "A Gaussian process whose kernel is never fitted.",
            TaskKinds.Classification | TaskKinds.Regression,
            Model),
        Rounds = Rounds,
        Seeds = [Seed],
        Standardise = false,
        Shuffle = false,
    };

    /// <summary>The model: scikit-learn's defaults.</summary>
    public static IModelManager Model(LearningTask task) => task.Kind == TaskKinds.Regression
        ? new GaussianProcessRegressor(new GaussianProcessRegressorOptions
        {
            Kernel = new ConstantKernel(Hyperparameter.Fixed(1)) * new RbfKernel(Hyperparameter.Fixed(1)),
            Jitter = 1e-10,
            NormaliseTargets = false,
            OptimiseHyperparameters = false,
        })
        : new FixedKernelClassifier();
}
