using PyRelationAL.Datasets;

namespace PyRelationAL.Experiments;

/// <summary>The runs of a comparison, carried out a part at a time, in a folder or without one.</summary>
internal sealed class ComparisonWork(PreparedExperiment all, ExperimentSession? session, ExperimentOptions options)
{
    private readonly Dictionary<RunSpec, RunResult> _results = (session?.Done ?? []).ToDictionary(run => run.Spec);

    /// <summary>What is done, that of earlier sessions included, in the order of the plan.</summary>
    public IReadOnlyList<RunResult> Results => [.. _results.Values.OrderBy(run => run.Index)];

    /// <summary>How many runs a choice has.</summary>
    public int CountOf(ComparisonChoice choice) => all.Where(spec => IsIn(choice, spec)).Runs.Count;

    /// <summary>Runs what is missing of a choice.</summary>
    /// <returns>Whether all of it is done.</returns>
    public bool Complete(ComparisonChoice choice, CancellationToken cancellationToken)
    {
        PreparedExperiment missing = (session?.Remaining ?? all).Where(spec => IsIn(choice, spec) && !_results.ContainsKey(spec));
        ExperimentResults results = session?.Run(missing, options, cancellationToken) ?? ExperimentRunner.Run(missing, options, cancellationToken);
        foreach (RunResult run in results.Runs)
        {
            _results[run.Spec] = run;
        }

        return missing.Runs.All(_results.ContainsKey);
    }

    private static bool IsIn(ComparisonChoice choice, RunSpec spec) =>
        spec.Start == FullStart.FullName || (choice.Starts.Contains(spec.Start) && choice.Strategies.Contains(spec.Strategy));
}
