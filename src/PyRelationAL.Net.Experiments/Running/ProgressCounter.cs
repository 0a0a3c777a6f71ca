namespace PyRelationAL.Experiments;

/// <summary>Adds up the progress of runs on several threads; reports never go backwards.</summary>
internal sealed class ProgressCounter
{
    private readonly Lock _lock = new();
    private readonly IProgress<ExperimentProgress>? _progress;
    private readonly Action<RunRound>? _roundFinished;
    private ExperimentProgress _state;

    public ProgressCounter(IReadOnlyList<PlannedRun> runs, IProgress<ExperimentProgress>? progress, Action<RunRound>? roundFinished)
    {
        _progress = progress;
        _roundFinished = roundFinished;
        _state = new ExperimentProgress(0, runs.Sum(run => run.ExpectedRounds), 0, runs.Count, 0);
    }

    public void AddRound(RunRound round) => Update(
        state => state with { FinishedRounds = Math.Min(state.FinishedRounds + 1, state.TotalRounds) }, () => _roundFinished?.Invoke(round));

    /// <summary>Counts a finished run, and the rounds by which it fell short of what was expected.</summary>
    public void AddRun(int missingRounds, bool failed) => Update(state => state with
    {
        FinishedRounds = Math.Min(state.FinishedRounds + Math.Max(0, missingRounds), state.TotalRounds),
        FinishedRuns = state.FinishedRuns + 1,
        FailedRuns = state.FailedRuns + (failed ? 1 : 0),
    });

    private void Update(Func<ExperimentProgress, ExperimentProgress> change, Action? before = null)
    {
        lock (_lock)
        {
            before?.Invoke();
            _state = change(_state);
            _progress?.Report(_state);
        }
    }
}
