namespace PyRelationAL.Experiments;

/// <summary>What a comparison says of the strategy with the best mean, at a level of 5 % for all comparisons with random queries together.</summary>
public enum ComparisonVerdict
{
    /// <summary>There are so few runs that no result could have been told from chance.</summary>
    TooFewRuns = 0,

    /// <summary>It is better than random queries, and more than chance explains.</summary>
    Better,

    /// <summary>It is better than random queries on average, but not by more than chance explains.</summary>
    NotToldApart,

    /// <summary>It is random queries.</summary>
    RandomIsBest,

    /// <summary>
    /// The model trained on all items is not better than the first ones, as far as these runs tell (95 % interval of the mean gain, Student's t): whatever
    /// differs is chance.
    /// </summary>
    NothingToGain,
}
