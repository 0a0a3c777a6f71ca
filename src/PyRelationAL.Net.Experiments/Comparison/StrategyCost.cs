using PyRelationAL.Strategies;

namespace PyRelationAL.Experiments;

/// <summary>How long a run of a strategy takes, as far as a few queries tell.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Seconds">An estimate; null where its first queries were not done in the time they had, or failed.</param>
/// <param name="Failure">Why they failed; null where they did not.</param>
/// <param name="WasTried">Whether they had their time, or the time for all was over.</param>
internal sealed record StrategyCost(StrategyDescription Strategy, double? Seconds, string? Failure = null, bool WasTried = true);
