namespace PyRelationAL.Experiments;

/// <summary>What a comparison gave. Immutable.</summary>
/// <param name="Experiment">The runs, those on all training items (<see cref="Datasets.FullStart"/>) included.</param>
/// <param name="Choice">What was run.</param>
/// <param name="IsOutOfTime">Whether the time budget ended it before all runs were done.</param>
/// <param name="Notices">What was left out, and why, as sentences.</param>
/// <param name="Answer">What it says; null where not one fold has a run of each strategy and start.</param>
public sealed record ComparisonResults(
    ExperimentResults Experiment, ComparisonChoice Choice, bool IsOutOfTime, IReadOnlyList<string> Notices, ComparisonAnswer? Answer);
