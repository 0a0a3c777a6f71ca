namespace PyRelationAL.Experiments;

/// <summary>What a comparison runs, of what its plan has, so that it can be gone on with when the clock would choose otherwise. Immutable.</summary>
/// <param name="Strategies">The names of the strategies, random queries first.</param>
/// <param name="Starts">The names of the starts.</param>
public sealed record ComparisonChoice(IReadOnlyList<string> Strategies, IReadOnlyList<string> Starts);
