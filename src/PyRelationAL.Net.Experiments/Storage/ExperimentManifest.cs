using System.Runtime.InteropServices;

namespace PyRelationAL.Experiments;

/// <summary>What is known of an experiment besides its results: how it was started, and on what. Immutable.</summary>
public sealed record ExperimentManifest
{
    /// <summary>The layout of the stored manifest.</summary>
    public int Schema { get; init; } = RunResult.CurrentSchema;

    /// <summary>The command that repeats the experiment; null where it was started from code.</summary>
    public string? Command { get; init; }

    /// <summary>When it was started; null where that is not known.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How many runs the plan has.</summary>
    public required int PlannedRuns { get; init; }

    /// <summary>The most runs at once.</summary>
    public required int Threads { get; init; }

    /// <summary>The metrics to report first, by preference; empty for each task's own.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The scenario's name; null for the plain problems.</summary>
    public string? Scenario { get; init; }

    /// <summary>What was left out of the plan, as sentences.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>Of a comparison, what it runs; null for other experiments.</summary>
    public ComparisonChoice? Choice { get; init; }

    /// <summary>What decides the results, to tell whether a folder may be gone on with; null where an older version began it, or where it was merged.</summary>
    public ExperimentSettings? Settings { get; init; }

    /// <summary>The version of the library.</summary>
    public string Version { get; init; } = LibraryVersion.Current;

    /// <summary>The .NET runtime.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>The operating system and the processor's architecture.</summary>
    public string OperatingSystem { get; init; } = $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})";

    /// <summary>The number of processors.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;
}
