namespace PyRelationAL.ActiveLearning;

/// <summary>How far a run goes. Where several limits are given, the first one reached ends it.</summary>
public sealed record RunOptions
{
    /// <summary>How many items to query each round, at least 1.</summary>
    /// <value>Default: 1.</value>
    public int BatchSize { get; init; } = 1;

    /// <summary>The most rounds of querying; null for no limit.</summary>
    public int? Rounds { get; init; }

    /// <summary>The most labels to ask for in this run; the last batch is cut to fit. Null for no limit.</summary>
    public int? LabelBudget { get; init; }

    /// <summary>Looks at each round's record before the round's query and ends the run by returning true; null for no rule.</summary>
    public Func<RoundRecord, bool>? StopWhen { get; init; }

    internal void Validate()
    {
        Numerics.Guard.Positive(BatchSize);
        if (Rounds is { } rounds)
        {
            Numerics.Guard.NonNegative(rounds, nameof(Rounds));
        }

        if (LabelBudget is { } budget)
        {
            Numerics.Guard.NonNegative(budget, nameof(LabelBudget));
        }
    }
}
