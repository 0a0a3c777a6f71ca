namespace PyRelationAL.Experiments;

/// <summary>How an experiment is carried out. Nothing here changes a result.</summary>
public sealed record ExperimentOptions
{
    /// <summary>The most runs at once, each on one thread; at least 1, or −1 for all cores.</summary>
    /// <value>Default: −1.</value>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>
    /// Told of each finished round. Calls come from worker threads, one at a time. An exception ends the experiment and reaches the caller.
    /// </summary>
    public IProgress<ExperimentProgress>? Progress { get; init; }

    /// <summary>
    /// Told of each finished round with what it gave: to draw learning curves while they grow. The rounds of a run come in order, those of several runs
    /// mixed. Calls come from worker threads, one at a time. An exception ends the experiment and reaches the caller.
    /// </summary>
    public Action<RunRound>? RoundFinished { get; init; }

    /// <summary>
    /// Told of each finished run, failed ones included, in the order in which they finish: to store it at once. Calls come from worker threads, one at a
    /// time. An exception ends the experiment and reaches the caller.
    /// </summary>
    public Action<RunResult>? RunFinished { get; init; }
}
