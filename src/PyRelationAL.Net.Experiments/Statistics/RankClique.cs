namespace PyRelationAL.Experiments;

/// <summary>Neighbours in the order of ranks that are not told apart: one bar of a critical-difference diagram. Immutable.</summary>
/// <param name="First">The position of the best of them in <see cref="CriticalDifferenceDiagram.Strategies"/>.</param>
/// <param name="Last">The position of the worst of them, included; above <paramref name="First"/>.</param>
public readonly record struct RankClique(int First, int Last);
