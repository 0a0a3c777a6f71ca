namespace PyRelationAL.Experiments;

/// <summary>One strategy from one start. Immutable.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Score">The mean over runs of the score along the way (<see cref="CurveMeasures.AreaByLabels"/>).</param>
/// <param name="MedianLabels">The labels to each share of the full performance, as <see cref="StartAnswer.Targets"/> has them; +∞ where it is not
/// reached.</param>
/// <param name="AgainstRandom">Its comparison with random queries, corrected for all strategies of the start; null for random queries themselves.</param>
/// <param name="IsTiedWithBest">Whether it is not told apart from the best, all pairs of strategies corrected for; true for the best.</param>
public sealed record StrategyAnswer(
    string Strategy, double Score, IReadOnlyList<double> MedianLabels, StrategyComparison? AgainstRandom, bool IsTiedWithBest);
