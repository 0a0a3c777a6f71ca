using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Strategies;

namespace PyRelationAL.Reproduction.Plans;

/// <summary>The same tasks with what the library does by default: correct data, standardised; shuffled folds; fitted kernels; starts that all strategies share.</summary>
internal static class AsItShouldBe
{
    /// <summary>The experiment on the datasets that are to be had.</summary>
    public static ExperimentPlan Plan(DataFolder folder) => new()
    {
        Datasets = PaperDatasets.AsItShouldBe(folder),
        Strategies = PaperStrategies.AsItShouldBe,
        Starts = [new ColdStart(), new WarmStart()],
        Rounds = AsPublished.Rounds,
        Seeds = [AsPublished.Seed],
    };
}
