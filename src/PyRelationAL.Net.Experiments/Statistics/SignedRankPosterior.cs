namespace PyRelationAL.Experiments;

/// <summary>What the Bayesian signed-rank test believes after it has seen the pairs; the three sum to 1. Immutable.</summary>
/// <param name="Below">The probability that first − second lies below the region of practical equivalence.</param>
/// <param name="Within">The probability that the two are practically equivalent.</param>
/// <param name="Above">The probability that first − second lies above the region.</param>
public readonly record struct SignedRankPosterior(double Below, double Within, double Above);
