using PyRelationAL.Datasets;
using PyRelationAL.Evaluation;
using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// What a comparison says: which strategy is the best from each start, how many labels it needs against random queries to reach shares of the full performance,
/// and whether that could be chance; as numbers and as sentences. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// Runs are compared in pairs, of the folds and seeds that all strategies have and of which the model trained on all items is known
/// (<see cref="FullStart"/>). Strategies are ordered by the mean of <see cref="CurveMeasures.AreaByLabels"/>. Whether a difference to random queries
/// could be chance is asked of Wilcoxon's signed-rank test with Holm's correction for all strategies of the start.
/// </para>
/// <para>
/// Labels to a share of the full performance are medians by Kaplan and Meier's estimate over curves made monotone, so that runs that never got there count;
/// their 95 % intervals are from 2,000 resamples of runs.
/// </para>
/// </remarks>
public sealed record ComparisonAnswer
{
    private const int Resamples = 2000;

    /// <summary>A strategy that lacks more would take too many runs of the others out of the comparison.</summary>
    private const double LeastShareOfRuns = 0.8;

    private ComparisonAnswer()
    {
    }

    /// <summary>The shares of the full performance that are asked for: 90, 95 and 99 %.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.9, 0.95, 0.99];

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether higher values of it are better.</summary>
    public required bool HigherIsBetter { get; init; }

    /// <summary>The number of training items, as a mean over folds.</summary>
    public required double TrainCount { get; init; }

    /// <summary>The score of the model trained on all of them, as a mean over the folds and seeds that are there.</summary>
    public required double FullScore { get; init; }

    /// <summary>The answers by start; starts of which nothing can be compared yet are not among them.</summary>
    public required IReadOnlyList<StartAnswer> Starts { get; init; }

    /// <summary>The strategies that are in no comparison since a run of them failed.</summary>
    public required IReadOnlyList<string> FailedStrategies { get; init; }

    /// <summary>The strategies that are in no comparison since they have fewer runs than random queries: of a start they had not the time.</summary>
    public required IReadOnlyList<string> UnfinishedStrategies { get; init; }

    /// <summary>All of this in words: the first sentence is the answer in short.</summary>
    public IReadOnlyList<string> Sentences => AnswerText.Of(this);

    /// <summary>Answers from results.</summary>
    /// <param name="runs">The runs of one dataset with one model, those on all training items (<see cref="FullStart"/>) among them.</param>
    /// <param name="metric">The metric; by default balanced accuracy, and the root mean square error for regression.</param>
    /// <returns>The answer; null where there is nothing to compare: no run on all items, or none of random queries and another strategy.</returns>
    /// <exception cref="ArgumentException">The runs are of several datasets or models.</exception>
    public static ComparisonAnswer? Of(IEnumerable<RunResult> runs, string? metric = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        RunResult[] all = [.. runs];
        if (all.Select(run => (run.Spec.Dataset, run.Spec.Model)).Distinct().Count() > 1)
        {
            throw new ArgumentException("The runs are of several datasets or models; a comparison is of one.", nameof(runs));
        }

        if (all.Length == 0)
        {
            return null;
        }

        metric ??= all[0].Task == TaskKinds.Regression ? MetricNames.RootMeanSquaredError : MetricNames.BalancedAccuracy;
        bool IsWhole(RunResult run) => run.Status == RunStatus.Succeeded && run.Scores(metric) is { } scores && scores.All(double.IsFinite);
        RunResult[] onAll = [.. all.Where(run => run.Spec.Start == FullStart.FullName && IsWhole(run))];
        RunResult[] others = [.. all.Where(run => run.Spec.Start != FullStart.FullName)];
        if (onAll.Length == 0)
        {
            return null;
        }

        string[] failed = [.. others.Where(run => !IsWhole(run)).Select(run => run.Spec.Strategy).Distinct()];
        bool higherIsBetter = MetricNames.HigherIsBetter(metric);
        var full = onAll.ToDictionary(run => (run.Spec.Fold, run.Spec.Seed), run => run.Scores(metric)![^1]);
        RunResult[] comparable = [.. others.Where(run => !failed.Contains(run.Spec.Strategy) && full.ContainsKey((run.Spec.Fold, run.Spec.Seed)))];
        (RunResult[] Runs, string[] Unfinished)[] settings = [.. comparable.GroupBy(run => run.Spec.Setting).Select(start => Finished([.. start]))];
        StartAnswer[] starts = [.. settings.Select(start => Answer(start.Runs, full, metric, higherIsBetter)).OfType<StartAnswer>()];
        return starts.Length == 0 ? null : new ComparisonAnswer
        {
            Dataset = all[0].Spec.Dataset,
            Model = all[0].Spec.Model,
            Metric = metric,
            HigherIsBetter = higherIsBetter,
            TrainCount = onAll.Average(run => run.LabelledCounts[^1]),
            FullScore = full.Values.Average(),
            Starts = starts,
            FailedStrategies = failed,
            UnfinishedStrategies = [.. settings.SelectMany(start => start.Unfinished).Distinct()],
        };
    }

    /// <summary>How many runs of each strategy it takes at least for one of them, better in all, to be told from chance: (k − 1) 2¹⁻ⁿ ≤ 0.05.</summary>
    internal static int LeastRuns(int strategyCount) => 1 + (int)Math.Ceiling(Math.Log2(Math.Max(1, strategyCount - 1) / 0.05));

    private static (RunResult[] Runs, string[] Unfinished) Finished(RunResult[] runs)
    {
        Dictionary<string, int> counts = runs.CountBy(run => run.Spec.Strategy).ToDictionary();
        double least = LeastShareOfRuns * counts.GetValueOrDefault(SuitableStrategies.Baseline);
        string[] unfinished = [.. counts.Where(count => count.Value < least).Select(count => count.Key)];
        return ([.. runs.Where(run => !unfinished.Contains(run.Spec.Strategy))], unfinished);
    }

    private static StartAnswer? Answer(RunResult[] runs, Dictionary<(int, long), double> full, string metric, bool higherIsBetter)
    {
        string[] names = [.. runs.Select(run => run.Spec.Strategy).Distinct()];
        bool isCompared = names.Length >= 2 && names.Contains(SuitableStrategies.Baseline)
            && runs.GroupBy(run => (run.Spec.Fold, run.Spec.Seed)).Any(block => block.Count() == names.Length);
        if (!isCompared)
        {
            return null;
        }

        var paired = PairedRuns.Of(runs);
        ScoreTable table = paired.ScoresByRun(
            run => CurveMeasures.AreaByLabels([.. run.LabelledCounts], [.. run.Scores(metric)!]), higherIsBetter);
        var scores = names.Select((name, i) => (Name: name, Mean: table.ScoresOf(i).Average())).ToArray();
        // Where random queries are as good as another one, they are the simpler choice.
        string[] order =
        [
            .. scores.OrderBy(s => higherIsBetter ? -s.Mean : s.Mean).ThenBy(s => s.Name == SuitableStrategies.Baseline ? 0 : 1).Select(s => s.Name),
        ];
        string best = order[0];
        var againstRandom = StrategyComparisons.Against(table, SuitableStrategies.Baseline).ToDictionary(pair => pair.First);
        HashSet<string> worse =
        [
            .. StrategyComparisons.AllPairs(table).Where(pair => pair.Winner() == best).Select(pair => pair.First == best ? pair.Second : pair.First),
        ];
        var labels = names.ToDictionary(
            name => name, name => Shares.Select(share => LabelsOf(paired.RunsOf(name), full, share, metric, higherIsBetter)).ToArray());
        RunResult[] first = [.. paired.RunsOf(best)];
        return new StartAnswer(
            first[0].Spec.Start,
            paired.BlockCount,
            first.Average(run => run.LabelsPaid(0)),
            first.Average(run => run.LabelsPaid(run.LabelledCounts.Count - 1)),
            VerdictOn(
                best, againstRandom.GetValueOrDefault(best), names.Length, paired.BlockCount, HasGain(first, full, metric, higherIsBetter)),
            [
                .. order.Select(name => new StrategyAnswer(
                    name,
                    scores.First(s => s.Name == name).Mean,
                    [.. labels[name].Select(runLabels => KaplanMeier.Median(runLabels))],
                    againstRandom.GetValueOrDefault(name),
                    !worse.Contains(name))),
            ],
            [
                .. Shares.Select((share, i) => Target(
                    share, first.Average(run => TargetOf(run, full, share, higherIsBetter)), labels[best][i], labels[SuitableStrategies.Baseline][i], first)),
            ]);
    }

    private static ComparisonVerdict VerdictOn(string best, StrategyComparison? comparison, int strategyCount, int runCount, bool hasGain) =>
        comparison?.Winner() == best ? ComparisonVerdict.Better
        : runCount < LeastRuns(strategyCount) ? ComparisonVerdict.TooFewRuns
        : !hasGain ? ComparisonVerdict.NothingToGain
        : comparison is null ? ComparisonVerdict.RandomIsBest
        : ComparisonVerdict.NotToldApart;

    /// <summary>With one run there is no telling.</summary>
    private static bool HasGain(RunResult[] runs, Dictionary<(int, long), double> full, string metric, bool higherIsBetter)
    {
        double[] gains = Array.ConvertAll(runs, run => (higherIsBetter ? 1 : -1) * (full[(run.Spec.Fold, run.Spec.Seed)] - run.Scores(metric)![0]));
        return gains.Length == 1 || SampleStatistics.Of(gains) is var gain && gain.Mean > gain.HalfWidth;
    }

    /// <summary>A perfect error of 0 has no share above it.</summary>
    private static double TargetOf(RunResult run, Dictionary<(int, long), double> full, double share, bool higherIsBetter)
    {
        double score = full[(run.Spec.Fold, run.Spec.Seed)];
        return score > 0 ? TargetScore.OfFull(share, score, higherIsBetter) : score;
    }

    private static LabelsToTarget[] LabelsOf(
        IReadOnlyList<RunResult> runs, Dictionary<(int, long), double> full, double share, string metric, bool higherIsBetter) =>
    [
        .. runs.Select(run => LabelsToTarget.Of(
            [.. run.LabelledCounts.Select((_, round) => run.LabelsPaid(round))],
            CurveSmoothing.Isotonic([.. run.Scores(metric)!], higherIsBetter),
            TargetOf(run, full, share, higherIsBetter),
            higherIsBetter)),
    ];

    private static TargetAnswer Target(double share, double score, LabelsToTarget[] strategy, LabelsToTarget[] random, RunResult[] runs)
    {
        var stream = new RandomStream(seed: 0);
        return new TargetAnswer(
            share,
            score,
            KaplanMeier.MedianInterval(strategy, stream, Resamples),
            strategy.Count(run => run.IsReached),
            KaplanMeier.MedianInterval(random, stream, Resamples),
            random.Count(run => run.IsReached),
            KaplanMeier.SavedInterval(strategy, random, stream, Resamples),
            2 * strategy.Zip(runs).Count(pair => pair.First.IsReached && pair.First.Labelled <= pair.Second.LabelsPaid(0)) >= strategy.Length);
    }
}
