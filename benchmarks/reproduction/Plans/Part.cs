using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Data;

namespace PyRelationAL.Reproduction.Plans;

/// <summary>One half of the reproduction.</summary>
/// <param name="Name">Its name on the command line, and of its folder of results.</param>
/// <param name="Plan">Its experiment on the data that are to be had.</param>
internal sealed record Part(string Name, Func<DataFolder, ExperimentPlan> Plan)
{
    /// <summary>The paper's settings.</summary>
    public static Part AsPublished { get; } = new("as-published", Plans.AsPublished.Plan);

    /// <summary>The library's settings.</summary>
    public static Part AsItShouldBe { get; } = new("as-it-should-be", Plans.AsItShouldBe.Plan);

    /// <summary>Both.</summary>
    public static IReadOnlyList<Part> All { get; } = [AsPublished, AsItShouldBe];
}
