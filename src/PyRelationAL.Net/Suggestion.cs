namespace PyRelationAL;

/// <summary>What a strategy suggests to label: dataset indices, best first, and their scores where the strategy has scores.</summary>
/// <param name="Indices">Distinct dataset indices in the order of selection.</param>
/// <param name="Scores">The score of each, or null for strategies that do not score candidates one by one.</param>
public sealed record Suggestion(IReadOnlyList<int> Indices, IReadOnlyList<double>? Scores = null)
{
    /// <summary>No suggestion.</summary>
    public static Suggestion Empty { get; } = new([]);
}
