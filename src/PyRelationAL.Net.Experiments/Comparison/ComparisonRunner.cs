using System.Diagnostics;
using PyRelationAL.Datasets;
using PyRelationAL.Strategies;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>
/// Carries out comparisons: times the strategies and leaves out those that the time budget has no room for, runs the others so that all have the same folds
/// and seeds whenever it stops, and answers.
/// </summary>
public static class ComparisonRunner
{
    /// <summary>The share of the budget in which strategies are timed.</summary>
    private const double ProbeShare = 0.2;

    /// <summary>What it takes to stop, to answer and to write the report: a share, and seconds.</summary>
    private const double ReserveShare = 0.03, ReserveSeconds = 0.5;

    /// <summary>Carries out a comparison. Blocks until it is done, or the plan's time budget is over.</summary>
    /// <param name="plan">What to compare.</param>
    /// <param name="options">How; by default on all cores, keeping nothing.</param>
    /// <param name="cancellationToken">Stops it; the results then hold the runs finished until then.</param>
    /// <returns>The results and the answer. Without a time limit, same plan, same results, on any number of threads; with one, the choice and the
    /// number of runs depend on the machine, but no run does.</returns>
    /// <exception cref="ArgumentException">The time budget has no room for one run of two strategies, or a setting does not fit the data.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before the first run.</exception>
    public static ComparisonResults Run(ComparisonPlan plan, ComparisonRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long began = Stopwatch.GetTimestamp();
        options ??= new ComparisonRunOptions();
        int threads = options.MaxDegreeOfParallelism > 0 ? options.MaxDegreeOfParallelism : Environment.ProcessorCount;
        BudgetChoice choice = Choose(plan, options, threads, began, cancellationToken);
        foreach (string notice in plan.LeftOut.Concat(choice.Notices))
        {
            options.Notices?.Report(notice);
        }

        PreparedExperiment experiment = plan.Prepare(choice.Strategies, choice.Starts, cancellationToken);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (plan.Options.TimeBudget is { } budget)
        {
            TimeSpan left = budget - Reserve(budget) - Stopwatch.GetElapsedTime(began);
            inTime.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        var settings = new ExperimentOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, Progress = options.Progress };
        var chosen = new ComparisonChoice([.. choice.Strategies.Select(s => s.Name)], [.. choice.Starts.Select(s => s.Name)]);
        string[] notices = [.. plan.LeftOut, .. choice.Notices];
        ExperimentManifest manifest = new()
        {
            Command = options.Command,
            Started = options.Started,
            PlannedRuns = experiment.Runs.Count,
            Threads = threads,
            Metrics = [plan.Metric],
            Skipped = [.. plan.Guesses.Select(guess => guess.Text), .. notices],
            Choice = chosen,
        };
        ExperimentResults results = options.Folder is { } folder
            ? ComparisonStore.Run(folder, experiment, manifest, options, settings, inTime.Token)
            : ExperimentRunner.Run(experiment, settings, inTime.Token);
        bool isOutOfTime = results.WasCancelled && !cancellationToken.IsCancellationRequested;
        return new ComparisonResults(results, chosen, isOutOfTime, notices, ComparisonAnswer.Of(results.Runs, plan.Metric));
    }

    private static TimeSpan Reserve(TimeSpan budget) => TimeSpan.FromSeconds(Math.Min(budget.TotalSeconds / 2, ReserveSeconds + (ReserveShare * budget.TotalSeconds)));

    private static BudgetChoice Choose(ComparisonPlan plan, ComparisonRunOptions options, int threads, long began, CancellationToken cancellationToken)
    {
        if (options.Folder is { } folder && !options.Fresh && ComparisonStore.EarlierChoice(folder) is { } earlier)
        {
            StrategyDescription[] strategies = [.. plan.Experiment.Strategies.Where(s => earlier.Strategies.Contains(s.Name))];
            Start[] starts = [.. plan.Experiment.Starts.Where(s => earlier.Starts.Contains(s.Name))];
            return strategies.Length == earlier.Strategies.Count && starts.Length == earlier.Starts.Count
                ? new BudgetChoice(strategies, starts, [])
                : throw new ArgumentException(
                    $"'{folder.Path}' holds a comparison of other strategies or starts: {string.Join(", ", earlier.Strategies.Concat(earlier.Starts))}. "
                    + "Repeat those, use another folder, or begin anew.");
        }

        if (plan.Options.TimeBudget is not { } budget)
        {
            return new BudgetChoice(plan.Experiment.Strategies, plan.Experiment.Starts, []);
        }

        PreparedExperiment all = plan.Prepare(plan.Experiment.Strategies, plan.Experiment.Starts, cancellationToken);
        options.Notices?.Report(Invariant($"Timing {plan.Experiment.Strategies.Count} strategies, to see what fits into {NumberText.Seconds(budget.TotalSeconds)}."));
        var probe = TimingProbe.Measure(all, threads, ProbeShare * (budget - Reserve(budget)), cancellationToken);
        double left = (budget - Reserve(budget) - Stopwatch.GetElapsedTime(began)).TotalSeconds;
        return BudgetChoice.Of(plan, probe, left, threads);
    }
}
