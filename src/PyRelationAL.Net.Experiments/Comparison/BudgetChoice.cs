using PyRelationAL.Datasets;
using PyRelationAL.Strategies;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>What fits into the time: so many strategies that each can have enough runs to be told from chance.</summary>
/// <param name="Strategies">Random queries first.</param>
/// <param name="Starts">The starts.</param>
/// <param name="Notices">What was left out, as sentences.</param>
internal sealed record BudgetChoice(IReadOnlyList<StrategyDescription> Strategies, IReadOnlyList<Start> Starts, IReadOnlyList<string> Notices)
{
    /// <summary>With fewer strategies beside random queries, one start is given up before another strategy is.</summary>
    private const int FewStrategies = 4;

    /// <summary>Threads wait at the end, and runs are slower than a few queries told.</summary>
    private const double Use = 0.75;

    /// <summary>One run that a strategy loses must not make it indistinguishable.</summary>
    private const int SpareRuns = 2;

    /// <summary>Chooses.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="probe">What runs cost.</param>
    /// <param name="seconds">The time that is left.</param>
    /// <param name="threads">How many runs go on at once.</param>
    /// <exception cref="ArgumentException">Not even random queries and one other strategy have time for a run.</exception>
    public static BudgetChoice Of(ComparisonPlan plan, TimingProbe probe, double seconds, int threads)
    {
        ExperimentPlan experiment = plan.Experiment;
        bool isNamed = plan.Options.Strategies is { Count: > 0 };
        int blocks = experiment.FoldCount * experiment.Seeds.Count;
        double capacity = Use * seconds * threads;
        if (probe.FullSeconds is not { } full)
        {
            throw new ArgumentException(Invariant(
                $"The time budget is too short: training {experiment.Model.Name} on all training items was not done in time. Allow more time, or take a quicker model."));
        }

        StrategyCost[] others = [.. probe.Costs.Skip(1)];
        StrategyCost[] candidates =
        [
            .. others.Where(cost => cost.Seconds is not null).OrderBy(cost => isNamed || SuitableStrategies.IsUsual(cost.Strategy) ? 0 : 1).ThenBy(cost => cost.Seconds),
        ];
        double least = full + probe.RandomSeconds + (candidates.Length > 0 ? candidates.Min(cost => cost.Seconds!.Value) : probe.RandomSeconds);
        if (candidates.Length == 0 || least > seconds * threads)
        {
            throw new ArgumentException(Invariant(
                $"The time budget is too short: one run of each strategy of one fold takes about {NumberText.Seconds(least)}, and it takes several. ")
                + "Allow more time, or take a quicker model, fewer queries or fewer strategies.");
        }

        IReadOnlyList<Start> starts = experiment.Starts;
        StrategyCost[] kept = Fitting(starts.Count);
        var notices = new List<string>();
        if (kept.Length < Math.Min(FewStrategies, candidates.Length) && starts.Count > 1 && plan.Options.Starts is null)
        {
            starts = [starts[0]];
            kept = Fitting(1);
            notices.Add("Left out, since the time budget is short: the warm start.");
        }

        // Too few runs say little, but more than none.
        kept = kept.Length > 0 ? kept : isNamed ? candidates : candidates[..1];
        AddNotices(notices, others, kept);
        HashSet<string> names = [SuitableStrategies.Baseline, .. kept.Select(cost => cost.Strategy.Name)];
        return new BudgetChoice([.. experiment.Strategies.Where(strategy => names.Contains(strategy.Name))], starts, notices);

        StrategyCost[] Fitting(int startCount)
        {
            var chosen = new List<StrategyCost>();
            double perBlock = full + (startCount * probe.RandomSeconds);
            foreach (StrategyCost cost in candidates)
            {
                double more = perBlock + (startCount * cost.Seconds!.Value);
                if (Math.Min(blocks, ComparisonAnswer.LeastRuns(chosen.Count + 2) + SpareRuns) * more <= capacity)
                {
                    chosen.Add(cost);
                    perBlock = more;
                }
            }

            return [.. chosen];
        }
    }

    private static void AddNotices(List<string> notices, StrategyCost[] others, StrategyCost[] kept)
    {
        foreach (StrategyCost failed in others.Where(cost => cost.Failure is not null))
        {
            notices.Add($"Left out, since it failed: {failed.Strategy.Name}. {failed.Failure}");
        }

        string[] untimed = [.. others.Where(cost => cost.Seconds is null && cost.Failure is null).Select(cost => cost.Strategy.Name)];
        if (untimed.Length > 0)
        {
            notices.Add($"Left out, since their first two queries took too long for the time budget: {string.Join(", ", untimed)}.");
        }

        StrategyCost[] slow = [.. others.Where(cost => cost.Seconds is not null && !kept.Contains(cost)).OrderBy(cost => cost.Seconds)];
        if (slow.Length > 0)
        {
            IEnumerable<string> names = slow.Select(cost => $"{cost.Strategy.Name} ({NumberText.Seconds(cost.Seconds!.Value)})");
            notices.Add($"Left out, so that the others have enough runs in the time budget (in brackets what a run takes): {string.Join(", ", names)}.");
        }
    }
}
