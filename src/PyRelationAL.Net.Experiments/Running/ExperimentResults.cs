namespace PyRelationAL.Experiments;

/// <summary>What an experiment gave. Immutable.</summary>
/// <param name="Runs">The finished runs, failed ones included, in the order of the plan.</param>
/// <param name="PlannedRuns">How many runs the plan has.</param>
/// <param name="WasCancelled">Whether it was stopped before the end; <paramref name="Runs"/> then holds those finished until then.</param>
public sealed record ExperimentResults(IReadOnlyList<RunResult> Runs, int PlannedRuns, bool WasCancelled)
{
    /// <summary>How many runs failed.</summary>
    public int FailedCount => Runs.Count(run => run.Status == RunStatus.Failed);
}
