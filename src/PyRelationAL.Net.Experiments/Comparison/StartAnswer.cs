namespace PyRelationAL.Experiments;

/// <summary>What a comparison says of one start. Immutable.</summary>
/// <param name="Start">The start's name.</param>
/// <param name="RunCount">The runs of each strategy that are compared: those folds and seeds that all strategies have.</param>
/// <param name="FirstLabels">The labels before the first query, as a mean over runs.</param>
/// <param name="LastLabels">Those of the last model.</param>
/// <param name="Verdict">Whether the difference to random queries could be chance.</param>
/// <param name="Strategies">The strategies, the best first.</param>
/// <param name="Targets">The labels that the best strategy and random queries need; for random queries against themselves where they are the best.</param>
public sealed record StartAnswer(
    string Start,
    int RunCount,
    double FirstLabels,
    double LastLabels,
    ComparisonVerdict Verdict,
    IReadOnlyList<StrategyAnswer> Strategies,
    IReadOnlyList<TargetAnswer> Targets)
{
    /// <summary>The strategy with the best mean score.</summary>
    public StrategyAnswer Best => Strategies[0];

    /// <summary>The strategies that are better than random queries by more than chance explains, the best first.</summary>
    public IReadOnlyList<string> BetterThanRandom => [.. Strategies.Where(s => s.AgainstRandom?.Winner() == s.Strategy).Select(s => s.Strategy)];

    /// <summary>Those that are worse than random queries by more than chance explains.</summary>
    public IReadOnlyList<string> WorseThanRandom =>
        [.. Strategies.Where(s => s.AgainstRandom?.Winner() is { } winner && winner != s.Strategy).Select(s => s.Strategy)];
}
