namespace PyRelationAL.Experiments;

/// <summary>How a comparison is carried out.</summary>
public sealed record ComparisonRunOptions
{
    /// <summary>The most runs at once, each on one thread; at least 1, or −1 for all cores.</summary>
    /// <value>Default: −1.</value>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>Where results and report are kept, and where a comparison that was stopped goes on; null to keep nothing.</summary>
    public ExperimentFolder? Folder { get; init; }

    /// <summary>Whether to begin anew where <see cref="Folder"/> has results; they are kept aside.</summary>
    public bool Fresh { get; init; }

    /// <summary>
    /// Which share of the runs to carry out, so that several machines carry out one comparison; null for all. It needs a <see cref="Folder"/>, and a plan
    /// without a time budget: what there is time for depends on the machine, so that shards would choose differently.
    /// </summary>
    public Shard? Shard { get; init; }

    /// <summary>The command that repeats the comparison, for the report; null where it was started from code.</summary>
    public string? Command { get; init; }

    /// <summary>When it was started, for the report; null where that is not to be told.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Told of each finished round. Calls come from worker threads, one at a time.</summary>
    public IProgress<ExperimentProgress>? Progress { get; init; }

    /// <summary>Told, in sentences, what is chosen and left out. Calls come from the thread that runs the comparison.</summary>
    public IProgress<string>? Notices { get; init; }
}
