using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>Chooses what there is time for: so many strategies that each can have enough runs to be told from chance, and more of them while time is
/// left.</summary>
/// <param name="plan">The plan.</param>
/// <param name="probe">What runs cost.</param>
/// <param name="threads">How many runs go on at once.</param>
internal sealed class TimeChoice(ComparisonPlan plan, TimingProbe probe, int threads)
{
    /// <summary>With fewer strategies beside random queries, one start is given up before another strategy is.</summary>
    private const int FewStrategies = 4;

    /// <summary>Threads wait at the end, and runs are slower than a few queries told.</summary>
    private const double Use = 0.75;

    /// <summary>Ties and a lost run cost some.</summary>
    private const int SpareRuns = 2;

    private readonly string[] _starts = [.. plan.Experiment.Starts.Select(start => start.Name)];
    private readonly int _blocks = plan.Experiment.FoldCount * plan.Experiment.Seeds.Count;
    private readonly bool _isNamed = plan.Options.Strategies is { Count: > 0 };

    /// <summary>How much longer runs take than the probe told, or shorter.</summary>
    private double _factor = 1;

    /// <summary>The strategies that have an estimate, but for random queries: those that people try first, then the others, the quick ones first in
    /// both.</summary>
    private StrategyCost[] Candidates { get; } =
    [
        .. probe.Costs.Skip(1).Where(cost => cost.Seconds is not null)
            .OrderBy(cost => plan.Options.Strategies is { Count: > 0 } || SuitableStrategies.IsUsual(cost.Strategy) ? 0 : 1).ThenBy(cost => cost.Seconds),
    ];

    /// <summary>What to begin with.</summary>
    /// <param name="seconds">The time that is left.</param>
    /// <exception cref="ArgumentException">Not even random queries and one other strategy have time for a run.</exception>
    public ComparisonChoice First(double seconds)
    {
        if (probe.FullSeconds is not { } full)
        {
            throw new ArgumentException(
                $"The time budget is too short: training {plan.Experiment.Model.Name} on all training items was not done in time. "
                + "Allow more time, or take a quicker model.");
        }

        double least = full + probe.RandomSeconds + Candidates.Select(cost => cost.Seconds!.Value).DefaultIfEmpty(double.PositiveInfinity).Min();
        if (least > seconds * threads)
        {
            string takes = Candidates.Length == 0 ? "no strategy made two queries in time"
                : $"one run of each of two strategies takes about {NumberText.Seconds(least)}, and it takes several";
            throw new ArgumentException(
                $"The time budget is too short: {takes}. Allow more time, or take a quicker model, fewer queries or other strategies.");
        }

        string[] starts = _starts;
        StrategyCost[] kept = Fitting(seconds, starts.Length);
        if (kept.Length < Math.Min(FewStrategies, Candidates.Length) && starts.Length > 1 && plan.Options.Starts is null)
        {
            starts = starts[..1];
            kept = Fitting(seconds, 1);
        }

        // Too few runs say little, but more than none.
        kept = _isNamed ? Candidates : kept.Length > 0 ? kept : Candidates[..1];
        return ChoiceOf(kept.Select(cost => cost.Strategy.Name), starts);
    }

    /// <summary>What to add to a choice that is done; null where nothing more fits.</summary>
    /// <param name="done">The choice, of which all runs are done.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="seconds">The time that is left.</param>
    public ComparisonChoice? Next(ComparisonChoice done, IReadOnlyList<RunResult> runs, double seconds)
    {
        Calibrate(runs);
        double capacity = Use * seconds * threads;
        if (done.Starts.Count < _starts.Length)
        {
            double more = _blocks * _factor * probe.Costs.Where(cost => done.Strategies.Contains(cost.Strategy.Name)).Sum(cost => cost.Seconds ?? 0);
            if (more <= capacity)
            {
                return done with { Starts = _starts };
            }
        }

        var added = new List<string>();
        foreach (StrategyCost cost in Candidates.Where(cost => !done.Strategies.Contains(cost.Strategy.Name)))
        {
            double more = _blocks * done.Starts.Count * _factor * cost.Seconds!.Value;
            if (more <= capacity)
            {
                added.Add(cost.Strategy.Name);
                capacity -= more;
            }
        }

        return added.Count > 0 ? ChoiceOf(done.Strategies.Concat(added), done.Starts) : null;
    }

    /// <summary>What a choice leaves out, and why, as sentences.</summary>
    public IReadOnlyList<string> LeftOutOf(ComparisonChoice choice)
    {
        var notices = new List<string>();
        if (choice.Starts.Count < _starts.Length)
        {
            notices.Add($"Left out, since the time budget is short: the start {string.Join(", ", _starts.Except(choice.Starts))}.");
        }

        foreach (StrategyCost failed in probe.Costs.Where(cost => cost.Failure is not null))
        {
            notices.Add($"Left out, since it failed: {failed.Strategy.Name}. {failed.Failure}");
        }

        foreach (var unknown in probe.Costs.Where(cost => cost.Seconds is null && cost.Failure is null).GroupBy(cost => cost.WasTried))
        {
            string why = unknown.Key ? "two queries took too long for the time budget" : "there was no time to try them";
            notices.Add($"Left out, since {why}: {string.Join(", ", unknown.Select(cost => cost.Strategy.Name))}.");
        }

        StrategyCost[] slow = [.. Candidates.Where(cost => !choice.Strategies.Contains(cost.Strategy.Name)).OrderBy(cost => cost.Seconds)];
        if (slow.Length > 0)
        {
            IEnumerable<string> names = slow.Select(cost => Guard.Text($"{cost.Strategy.Name} ({NumberText.Seconds(_factor * cost.Seconds!.Value)})"));
            notices.Add($"Left out, so that the others have enough runs in the time budget (in brackets what a run takes): {string.Join(", ", names)}.");
        }

        return notices;
    }

    /// <summary>The names in the order of the plan.</summary>
    private ComparisonChoice ChoiceOf(IEnumerable<string> strategies, IReadOnlyList<string> starts)
    {
        HashSet<string> names = [SuitableStrategies.Baseline, .. strategies];
        return new ComparisonChoice([.. plan.Experiment.Strategies.Select(s => s.Name).Where(names.Contains)], starts);
    }

    private StrategyCost[] Fitting(double seconds, int startCount)
    {
        var chosen = new List<StrategyCost>();
        double capacity = Use * seconds * threads, perBlock = probe.FullSeconds!.Value + (startCount * probe.RandomSeconds);
        foreach (StrategyCost cost in Candidates)
        {
            double more = perBlock + (startCount * cost.Seconds!.Value);
            if (Math.Min(_blocks, ComparisonAnswer.LeastRuns(chosen.Count + 2) + SpareRuns) * more <= capacity)
            {
                chosen.Add(cost);
                perBlock = more;
            }
        }

        return [.. chosen];
    }

    private void Calibrate(IReadOnlyList<RunResult> runs)
    {
        var estimates = probe.Costs.Where(cost => cost.Seconds is not null).ToDictionary(cost => cost.Strategy.Name, cost => cost.Seconds!.Value);
        RunResult[] timed = [.. runs.Where(run => run.Timings is not null && _starts.Contains(run.Spec.Start) && estimates.ContainsKey(run.Spec.Strategy))];
        double expected = timed.Sum(run => estimates[run.Spec.Strategy]);
        _factor = expected > 0 ? timed.Sum(run => run.Timings!.Total) / expected : 1;
    }
}
