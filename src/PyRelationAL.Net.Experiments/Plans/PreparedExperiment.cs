namespace PyRelationAL.Experiments;

/// <summary>A plan that has been checked: the runs in order, and what was left out. Immutable.</summary>
public sealed class PreparedExperiment
{
    internal PreparedExperiment(ExperimentPlan plan, IReadOnlyList<PlannedRun> runs, IReadOnlyList<SkippedCombination> skipped)
    {
        Plan = plan;
        PlannedRuns = runs;
        Runs = [.. runs.Select(run => run.Spec)];
        Skipped = skipped;
    }

    /// <summary>The plan.</summary>
    public ExperimentPlan Plan { get; }

    /// <summary>All runs, by dataset, start, seed, fold and strategy: an experiment that is stopped early has the same folds of every strategy.</summary>
    public IReadOnlyList<RunSpec> Runs { get; }

    /// <summary>What was left out, since it does not fit a dataset's task.</summary>
    public IReadOnlyList<SkippedCombination> Skipped { get; }

    internal IReadOnlyList<PlannedRun> PlannedRuns { get; }
}
