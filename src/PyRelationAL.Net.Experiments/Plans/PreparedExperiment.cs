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

    /// <summary>What is left to do of an experiment that was stopped: the runs keep their places in the plan.</summary>
    /// <param name="finished">The runs that are done, such as those of <see cref="StoredResults.Runs"/>; runs that the plan does not have are ignored.</param>
    /// <returns>The other runs, in order; none where all are done.</returns>
    public PreparedExperiment Without(IEnumerable<RunSpec> finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        HashSet<RunSpec> done = [.. finished];
        return new PreparedExperiment(Plan, [.. PlannedRuns.Where(run => !done.Contains(run.Spec))], Skipped);
    }
}
