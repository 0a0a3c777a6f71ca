namespace PyRelationAL.Experiments;

/// <summary>How many labels it takes to reach a share of the full performance. Immutable.</summary>
/// <param name="Share">The share, for example 0.95.</param>
/// <param name="Score">The score that this is, as a mean over runs: each run is held against the full performance of its own fold and seed.</param>
/// <param name="Strategy">The best strategy's labels, those at the start included: the median of its runs, +∞ where it is not reached.</param>
/// <param name="StrategyReached">How many of its runs got there.</param>
/// <param name="Random">The labels of random queries.</param>
/// <param name="RandomReached">How many of their runs got there.</param>
/// <param name="Saved">How many labels the strategy saves against random queries (<see cref="KaplanMeier.SavedInterval"/>).</param>
/// <param name="IsReachedAtStart">Whether at least half of the first models are there already, before any query.</param>
public sealed record TargetAnswer(
    double Share,
    double Score,
    ConfidenceInterval Strategy,
    int StrategyReached,
    ConfidenceInterval Random,
    int RandomReached,
    ConfidenceInterval Saved,
    bool IsReachedAtStart);
