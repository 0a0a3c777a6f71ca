namespace PyRelationAL.ActiveLearning;

/// <summary>One round: the model trained on what was labelled, and what was queried with it. Immutable.</summary>
public sealed record RoundRecord
{
    /// <summary>The number of the round, from 0. The record of round r belongs to the model after r queries.</summary>
    public required int Round { get; init; }

    /// <summary>How many labelled items the model was trained on.</summary>
    public required int LabelledCount { get; init; }

    /// <summary>How many items it was trained on besides, with labels that an <see cref="Strategies.IPseudoLabeller"/> supposed. They cost no budget.</summary>
    public int PseudoLabelledCount { get; init; }

    /// <summary>How many items were known to be out of distribution.</summary>
    public int OutOfDistributionCount { get; init; }

    /// <summary>How many items were in the pool.</summary>
    public required int UnlabelledCount { get; init; }

    /// <summary>The model's metrics on the test items; empty where nothing was labelled to train it on.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>What was queried, as dataset indices, best first; empty in the last round.</summary>
    public IReadOnlyList<int> Queried { get; init; } = [];

    /// <summary>How many of what was queried turned out to be out of distribution.</summary>
    public int OutOfDistributionQueried { get; init; }

    /// <summary>The share of what was queried that is of the task's classes, in [0, 1]; null where nothing was queried.</summary>
    public double? Purity => Queried.Count == 0 ? null : 1 - ((double)OutOfDistributionQueried / Queried.Count);

    /// <summary>The scores of what was queried, where the strategy has scores.</summary>
    public IReadOnlyList<double>? Scores { get; init; }

    /// <summary>The share of all hits that was queried in this round; null where no hit ratio was asked for or nothing was queried.</summary>
    public double? HitRatio { get; init; }

    /// <summary>The oracle that labelled it; null where nothing was queried.</summary>
    public string? LabelledBy { get; init; }

    /// <summary>Where the time went.</summary>
    public RoundTimings Timings { get; init; }
}
