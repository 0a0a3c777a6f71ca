namespace PyRelationAL.Experiments;

/// <summary>How far an experiment is.</summary>
/// <param name="FinishedRounds">Rounds that are done.</param>
/// <param name="TotalRounds">Rounds of the whole plan; an estimate to within a round for each run.</param>
/// <param name="FinishedRuns">Runs that are done, the failed ones included.</param>
/// <param name="TotalRuns">Runs of the whole plan.</param>
/// <param name="FailedRuns">Runs that failed.</param>
public readonly record struct ExperimentProgress(int FinishedRounds, int TotalRounds, int FinishedRuns, int TotalRuns, int FailedRuns);
