using System.Diagnostics;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>
/// Carries out comparisons: times the strategies, begins with those that the time budget has room for, takes in further ones while time is left, and answers.
/// Whenever it stops, strategies have the same folds and seeds.
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
    /// <returns>
    /// The results and the answer. Without a time budget they are the same on any number of threads; with one, how many runs there are and of which strategies
    /// depends on the machine, but no run does. With a shard, the runs are those that the folder then holds; the answer comes with the last of them.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The time budget has no room for one run of two strategies, a setting does not fit the data, or there is a shard with a time budget or without a folder.
    /// </exception>
    /// <exception cref="ExperimentConflictException">The folder holds results of other settings or other data, or another process writes in it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before the first run.</exception>
    /// <exception cref="IOException">The folder cannot be written; what was finished until then is kept.</exception>
    public static ComparisonResults Run(ComparisonPlan plan, ComparisonRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new ComparisonRunOptions();
        if (options.Shard is not null && (plan.Options.TimeBudget is not null || options.Folder is null))
        {
            throw new ArgumentException(
                "A shard of a comparison needs a folder, and a plan without a time budget: each would choose other strategies.", nameof(options));
        }

        long began = Stopwatch.GetTimestamp();
        double Left() => plan.Options.TimeBudget is { } limit
            ? (limit - Reserve(limit) - Stopwatch.GetElapsedTime(began)).TotalSeconds
            : double.PositiveInfinity;
        int threads = options.MaxDegreeOfParallelism > 0 ? options.MaxDegreeOfParallelism : Environment.ProcessorCount;
        PreparedExperiment all = plan.Prepare(cancellationToken);
        ExperimentManifest? earlier = Earlier(plan, options);
        ComparisonChoice? choice = earlier?.Choice;
        ExperimentManifest manifest = ManifestOf(plan, options, threads) with { PlannedRuns = all.Runs.Count, Choice = choice };
        using ExperimentSession? session = options.Folder?.Open(all, manifest, options.Shard, options.Fresh);
        foreach (string notice in plan.LeftOut.Concat(session?.Notices ?? []))
        {
            options.Notices?.Report(notice);
        }

        TimeChoice? timed = null;
        if (choice is null && plan.Options.TimeBudget is { } budget)
        {
            options.Notices?.Report(
                Invariant($"Timing {plan.Experiment.Strategies.Count} strategies, to see what fits into {NumberText.Seconds(budget.TotalSeconds)}."));
            timed = new TimeChoice(plan, TimingProbe.Measure(all, threads, TimeSpan.FromSeconds(Math.Max(0, ProbeShare * Left())), cancellationToken), threads);
            choice = timed.First(Left());
        }

        choice ??= new ComparisonChoice([.. plan.Experiment.Strategies.Select(s => s.Name)], [.. plan.Experiment.Starts.Select(s => s.Name)]);
        var work = new ComparisonWork(
            all, session, new ExperimentOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, Progress = options.Progress });
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (plan.Options.TimeBudget is not null)
        {
            inTime.CancelAfter(TimeSpan.FromSeconds(Math.Max(0, Left())));
        }

        bool isComplete = false;
        IReadOnlyList<string> notices = [];
        options.Notices?.Report($"Comparing {string.Join(", ", choice.Strategies)} from the start {string.Join(" and ", choice.Starts)}.");
        for (ComparisonChoice? next = choice; next is not null; next = isComplete ? timed?.Next(choice, work.Results, Left()) : null)
        {
            string[] added = [.. next.Starts.Except(choice.Starts).Select(start => $"the start {start}"), .. next.Strategies.Except(choice.Strategies)];
            if (added.Length > 0)
            {
                options.Notices?.Report($"There is time for more: {string.Join(", ", added)}.");
            }

            choice = next;
            notices = [.. plan.LeftOut, .. timed?.LeftOutOf(choice) ?? []];
            IReadOnlyList<string> skipped = earlier?.Skipped ?? [.. manifest.Skipped, .. notices];
            options.Folder?.Store(options.Folder.ReadManifest()! with { Choice = choice, PlannedRuns = work.CountOf(choice), Skipped = skipped });
            isComplete = work.Complete(choice, inTime.Token);
        }

        foreach (string notice in notices.Skip(plan.LeftOut.Count))
        {
            options.Notices?.Report(notice);
        }

        IReadOnlyList<RunResult> runs = options.Shard is null ? work.Results : options.Folder!.ReadResults().Runs;
        var results = new ExperimentResults(runs, work.CountOf(choice), !isComplete);
        bool isOutOfTime = !isComplete && !cancellationToken.IsCancellationRequested;
        bool isAnswered = options.Shard is null || runs.Count == results.PlannedRuns;
        return new ComparisonResults(results, choice, isOutOfTime, notices, isAnswered ? ComparisonAnswer.Of(runs, plan.Metric) : null);
    }

    private static TimeSpan Reserve(TimeSpan budget) =>
        TimeSpan.FromSeconds(Math.Min(budget.TotalSeconds / 2, ReserveSeconds + (ReserveShare * budget.TotalSeconds)));

    private static ExperimentManifest ManifestOf(ComparisonPlan plan, ComparisonRunOptions options, int threads) => new()
    {
        Command = options.Command,
        Started = options.Started,
        PlannedRuns = 0,
        Threads = threads,
        Metrics = [plan.Metric],
        Skipped = [.. plan.Guesses.Select(guess => guess.Text)],
    };

    /// <summary>The comparison that the folder has; null where it has none. Whether its settings are the same is for the folder to say.</summary>
    private static ExperimentManifest? Earlier(ComparisonPlan plan, ComparisonRunOptions options)
    {
        if (options.Folder is not { } folder || options.Fresh || folder.ResultFiles.Count == 0 || folder.ReadManifest() is not { Choice: { } choice } manifest)
        {
            return null;
        }

        int left = plan.Experiment.Strategies.Count - choice.Strategies.Count;
        if (left > 0)
        {
            options.Notices?.Report(Invariant(
                $"Going on with the {choice.Strategies.Count} strategies that were chosen before; {left} are left out. Begin anew to choose again."));
        }

        return manifest;
    }
}
