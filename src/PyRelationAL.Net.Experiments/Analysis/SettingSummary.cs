namespace PyRelationAL.Experiments;

/// <summary>The strategies that can be compared with each other: same dataset, start, scenario, model, folds, rounds. Immutable.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Start">The start's name.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Task">The dataset's task.</param>
/// <param name="Metric">The metric they are judged by.</param>
/// <param name="HigherIsBetter">Whether higher values of it are better.</param>
/// <param name="Strategies">The strategies with at least one run that did not fail, in the order of the plan.</param>
public sealed record SettingSummary(
    string Dataset, string Start, string Model, TaskKinds Task, string Metric, bool HigherIsBetter, IReadOnlyList<StrategySummary> Strategies)
{
    /// <summary>The scenario's name; null for the plain problem.</summary>
    public string? Scenario { get; init; }
}
