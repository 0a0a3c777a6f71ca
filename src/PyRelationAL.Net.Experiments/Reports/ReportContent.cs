using PyRelationAL.Datasets;

namespace PyRelationAL.Experiments.Reports;

/// <summary>What the sections of a report draw from.</summary>
internal sealed class ReportContent
{
    public ReportContent(
        IReadOnlyList<RunResult> runs,
        ExperimentManifest? manifest,
        IReadOnlyList<string> metrics,
        IReadOnlyList<string> warnings,
        IReadOnlyList<QueryProjection> projections)
    {
        Runs = runs;
        Manifest = manifest;
        Warnings = warnings;
        Projections = projections;
        Failed = [.. runs.Where(run => run.Status == RunStatus.Failed)];
        Settings = ExperimentSummary.Of(runs, metrics);
        Styles = SeriesStyle.For(runs.Select(run => run.Spec.Strategy));
    }

    public IReadOnlyList<RunResult> Runs { get; }

    public ExperimentManifest? Manifest { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<QueryProjection> Projections { get; }

    public IReadOnlyList<RunResult> Failed { get; }

    public IReadOnlyList<SettingSummary> Settings { get; }

    public IReadOnlyDictionary<string, SeriesStyle> Styles { get; }

    public int PlannedRuns => Manifest?.PlannedRuns ?? Runs.Count;

    /// <summary>
    /// The starts in order of appearance. Runs on all training items say what there is to reach, and are no start unless there is nothing else.
    /// </summary>
    public string[] Starts => Distinct(spec => spec.Start) is var starts && starts.Length > 1 ? [.. starts.Where(s => s != FullStart.FullName)] : starts;

    /// <summary>The different values of a part of the runs' specs, in order of appearance.</summary>
    public string[] Distinct(Func<RunSpec, string> part) => [.. Runs.Select(run => part(run.Spec)).Distinct()];

    /// <summary>The runs of a setting that succeeded.</summary>
    public RunResult[] RunsOf(SettingSummary setting) => [.. Runs.Where(run => run.Status == RunStatus.Succeeded && IsOf(run.Spec, setting))];

    public static bool IsOf(RunSpec spec, SettingSummary setting) =>
        (spec.Dataset, spec.Start, spec.Model, spec.Scenario) == (setting.Dataset, setting.Start, setting.Model, setting.Scenario);
}
