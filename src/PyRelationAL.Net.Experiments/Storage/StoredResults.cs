namespace PyRelationAL.Experiments;

/// <summary>Results read from a file.</summary>
/// <param name="Runs">The results, in the order of the plan.</param>
/// <param name="Warnings">What was wrong with the file and could be worked around, each in one sentence.</param>
public sealed record StoredResults(IReadOnlyList<RunResult> Runs, IReadOnlyList<string> Warnings);
