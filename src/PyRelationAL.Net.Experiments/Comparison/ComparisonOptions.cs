using PyRelationAL.Datasets;
using PyRelationAL.Strategies;

namespace PyRelationAL.Experiments;

/// <summary>What is known of a comparison beforehand. Whatever is null is guessed from the data (<see cref="ComparisonPlan.Guesses"/>). Immutable.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The model, trained anew in each round of each run.</summary>
    /// <value>Default: null; a Gaussian process for few items, logistic regression or a network for more.</value>
    public ModelDescription? Model { get; init; }

    /// <summary>The strategies to compare with random queries, which always take part.</summary>
    /// <value>Default: null; all that fit the task and the model.</value>
    public IReadOnlyList<StrategyDescription>? Strategies { get; init; }

    /// <summary>The starts.</summary>
    /// <value>Default: null; cold, and warm.</value>
    public IReadOnlyList<Start>? Starts { get; init; }

    /// <summary>The number of cross-validation folds, at least 2.</summary>
    /// <value>Default: null; 5.</value>
    public int? FoldCount { get; init; }

    /// <summary>The seeds.</summary>
    /// <value>Default: null; 0, 1 and 2.</value>
    public IReadOnlyList<long>? Seeds { get; init; }

    /// <summary>The most queries of each run, at least 1.</summary>
    /// <value>Default: null; about 25.</value>
    public int? Rounds { get; init; }

    /// <summary>Items labelled by each query, at least 1.</summary>
    /// <value>Default: null; so many that the runs end with about half of the training items labelled, and with fewer where there are many.</value>
    public int? BatchSize { get; init; }

    /// <summary>Whether features are centred and scaled as the training items of the fold have them.</summary>
    /// <value>Default: true.</value>
    public bool Standardise { get; init; } = true;

    /// <summary>The metric to judge by; one that cannot be negative, since shares of the full performance are asked for.</summary>
    /// <value>Default: null; balanced accuracy, and the root mean square error for regression.</value>
    public string? Metric { get; init; }

    /// <summary>How long the whole comparison may take, from the call on; null for as long as all runs take.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan? TimeBudget { get; init; } = TimeSpan.FromMinutes(5);
}
