using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Data;

namespace PyRelationAL.Reproduction.Plans;

/// <summary>A part of the reproduction.</summary>
/// <param name="Name">Its name on the command line, and of its folder of results.</param>
/// <param name="Plan">Its experiment on the data that are to be had.</param>
/// <param name="Wants">From the folder of results, which of its runs are worth their time; null for all.</param>
internal sealed record Part(string Name, Func<DataFolder, ExperimentPlan> Plan, Func<string, Func<RunSpec, bool>>? Wants = null)
{
    /// <summary>The paper's settings.</summary>
    public static Part AsPublished { get; } = new("as-published", Plans.AsPublished.Plan);

    /// <summary>The paper's settings with other seeds.</summary>
    public static Part Draws { get; } = new("draws", Plans.Draws.Plan, Plans.Draws.Wants);

    /// <summary>The library's settings.</summary>
    public static Part AsItShouldBe { get; } = new("as-it-should-be", Plans.AsItShouldBe.Plan);

    /// <summary>All, each after those that it builds on.</summary>
    public static IReadOnlyList<Part> All { get; } = [AsPublished, Draws, AsItShouldBe];
}
