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
        Settings = new Lazy<ExperimentSettings>(() => ExperimentSettings.Of(runs));
    }

    /// <summary>The plan.</summary>
    public ExperimentPlan Plan { get; }

    /// <summary>All runs, by dataset, start, seed, fold and strategy: an experiment that is stopped early has the same folds of every strategy.</summary>
    public IReadOnlyList<RunSpec> Runs { get; }

    /// <summary>What was left out, since it does not fit a dataset's task.</summary>
    public IReadOnlyList<SkippedCombination> Skipped { get; }

    internal IReadOnlyList<PlannedRun> PlannedRuns { get; }

    /// <summary>Of the runs that are listed here.</summary>
    internal Lazy<ExperimentSettings> Settings { get; }

    /// <summary>What is left to do of an experiment that was stopped: the runs keep their places in the plan.</summary>
    /// <param name="finished">The runs that are done, such as those of <see cref="StoredResults.Runs"/>; runs that the plan does not have are ignored.</param>
    /// <returns>The other runs, in order; none where all are done.</returns>
    public PreparedExperiment Without(IEnumerable<RunSpec> finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        HashSet<RunSpec> done = [.. finished];
        return Where(spec => !done.Contains(spec));
    }

    /// <summary>Some of the runs, which keep their places in the plan.</summary>
    internal PreparedExperiment Where(Predicate<RunSpec> isWanted) => new(Plan, [.. PlannedRuns.Where(run => isWanted(run.Spec))], Skipped);

    /// <summary>
    /// A share of the runs, which keep their places in the plan. The runs of each data set, start and strategy are dealt out in turn, so that all shares have
    /// about as much work; together they have each run once.
    /// </summary>
    /// <param name="shard">Which share.</param>
    /// <returns>Its runs, in order; none where there are more shares than runs.</returns>
    public PreparedExperiment Share(Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        // Strategies lie side by side in the plan: dealing by place alone would give one of two shards all runs of the slower strategy.
        IEnumerable<PlannedRun> dealt = PlannedRuns.GroupBy(run => run.Spec with { Fold = 0, Seed = 0 }).SelectMany(group => group);
        return new PreparedExperiment(Plan, [.. dealt.Where((_, place) => place % shard.Count == shard.Number - 1).OrderBy(run => run.Index)], Skipped);
    }
}
