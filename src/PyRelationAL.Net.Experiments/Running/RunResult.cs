using PyRelationAL.ActiveLearning;

namespace PyRelationAL.Experiments;

/// <summary>What a run gave. Immutable. The i-th value of each metric belongs to the model after i queries; the last one to the final model.</summary>
public sealed record RunResult
{
    /// <summary>The layout of stored results that this version writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The layout of the stored result.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The run's place in its plan, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The run.</summary>
    public required RunSpec Spec { get; init; }

    /// <summary>The dataset's task: <see cref="TaskKinds.Classification"/> or <see cref="TaskKinds.Regression"/>.</summary>
    public required TaskKinds Task { get; init; }

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public RunError? Error { get; init; }

    /// <summary>Why a run that succeeded stopped; null where it failed.</summary>
    public StopReason? StopReason { get; init; }

    /// <summary>The items labelled at the start, as dataset indices.</summary>
    public IReadOnlyList<int> InitialLabelled { get; init; } = [];

    /// <summary>Labelled items by round.</summary>
    public IReadOnlyList<int> LabelledCounts { get; init; } = [];

    /// <summary>Items known to be of none of the task's classes, by round; null where the pool was no open set.</summary>
    public IReadOnlyList<int>? OutOfDistributionCounts { get; init; }

    /// <summary>Metrics by name (<see cref="Evaluation.MetricNames"/>), each by round. Empty where the run failed. The time of the
    /// queries is not among them, but in <see cref="Timings"/>: equal runs have equal metrics.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>What each query asked for, as dataset indices, best first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Queried { get; init; } = [];

    /// <summary>
    /// The classes of what each query asked for, in the order of <see cref="Queried"/>, −1 for an item of none of the task's classes; null for other tasks than
    /// classification, and in older results.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? QueriedClasses { get; init; }

    /// <summary>The version of the library that made it.</summary>
    public required string Version { get; init; }

    /// <summary>The git commit that the library was built from; null where it is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>A hash of the data's features and labels, before any scaling; null where an older version made the result.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>Where it was made; null where that is not known.</summary>
    public RunMachine? Machine { get; init; }

    /// <summary>Where the time went; null where it is not known.</summary>
    public RunTimings? Timings { get; init; }

    /// <summary>A metric by round, <see cref="Evaluation.MetricNames.SelectionSeconds"/> too; null where the run does not have it.</summary>
    internal IReadOnlyList<double>? Scores(string metric) => Metrics.TryGetValue(metric, out IReadOnlyList<double>? values) ? values
        : metric == Evaluation.MetricNames.SelectionSeconds && Timings?.SuggestByQuery is { } seconds ? [0, .. seconds]
        : null;

    /// <summary>How many labels the model of a round cost, those that turned out to be of none of the task's classes included.</summary>
    internal int LabelsPaid(int round) => LabelledCounts[round] + (OutOfDistributionCounts?[round] ?? 0);
}
