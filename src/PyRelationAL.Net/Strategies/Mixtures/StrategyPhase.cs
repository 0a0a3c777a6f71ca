namespace PyRelationAL.Strategies;

/// <summary>A part of a <see cref="ScheduledStrategy"/>.</summary>
/// <param name="Strategy">What queries.</param>
/// <param name="Rounds">For how many queries, at least 1; null for all that follow, in the last phase only.</param>
public sealed record StrategyPhase(IStrategy Strategy, int? Rounds = null);
