namespace PyRelationAL.Experiments;

/// <summary>A strategy and its mean rank. Immutable.</summary>
/// <param name="Name">The strategy's name.</param>
/// <param name="AverageRank">Its mean rank over the blocks; 1 would be the best in each.</param>
public readonly record struct RankedStrategy(string Name, double AverageRank);
