namespace PyRelationAL.ActiveLearning;

/// <summary>Who labelled an item, and when.</summary>
/// <param name="Round">The round; 0 for the initial labels.</param>
/// <param name="Source">The oracle's name, or "initialisation".</param>
public readonly record struct LabelOrigin(int Round, string Source);
