using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Models;
using PyRelationAL.Reproduction.Strategies;

namespace PyRelationAL.Reproduction.Plans;

/// <summary>The same tasks as the library does them: correct data, standardised; shuffled folds; fitted kernels; starts that all strategies share.</summary>
internal static class AsItShouldBe
{
    /// <summary>The experiment on the datasets that are to be had.</summary>
    public static ExperimentPlan Plan(DataFolder folder) => new()
    {
        Datasets = PaperDatasets.AsItShouldBe(folder),
        Strategies = PaperStrategies.AsItShouldBe,
        Starts = [new ColdStart(), new WarmStart()],
        Model = new ModelDescription(
            "GaussianProcess, refitted",
            "A Gaussian process with the library's default kernel, fitted whenever the number of labels has grown by a twentieth.",
            TaskKinds.Classification | TaskKinds.Regression,
            task => task.Kind == TaskKinds.Regression ? new RefittedRegressor() : new RefittedClassifier()),
        Rounds = AsPublished.Rounds,
        Seeds = [AsPublished.Seed],
    };
}
