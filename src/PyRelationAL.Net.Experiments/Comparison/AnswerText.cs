using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>An answer in words.</summary>
internal static class AnswerText
{
    private const int MostListed = 6;

    public static IReadOnlyList<string> Of(ComparisonAnswer answer) =>
    [
        Headline(answer),
        Invariant($"Trained on all {answer.TrainCount:0} training items, the model reaches {Score(answer, answer.FullScore)}, the mean over folds and seeds."),
        .. answer.Starts.SelectMany(start => OfStart(answer, start)),
        .. Caveats(answer),
    ];

    /// <summary>A start for people.</summary>
    public static string StartName(string start) => start.StartsWith("warm", StringComparison.Ordinal) ? "a warm start"
        : start.StartsWith("cold", StringComparison.Ordinal) ? "a cold start"
        : $"the start {start}";

    private static string Headline(ComparisonAnswer answer)
    {
        string where = $"On {answer.Dataset} with {answer.Model}";
        string[] verdicts = [.. answer.Starts.Select(start => Verdict(start)).Distinct()];
        if (verdicts.Length == 1)
        {
            string starts = string.Join(" and from ", answer.Starts.Select(start => StartName(start.Start)));
            return $"{where}, from {starts}, {verdicts[0]}.";
        }

        return $"{where}: {string.Join("; ", answer.Starts.Select(start => $"from {StartName(start.Start)}, {Verdict(start)}"))}.";
    }

    private static string Verdict(StartAnswer start)
    {
        int others = start.Strategies.Count - 1;
        string among = others == 1 ? "the one strategy that was tried" : Invariant($"the {others} strategies that were tried");
        return start.Verdict switch
        {
            ComparisonVerdict.Better => others == 1
                ? $"{start.Best.Strategy} saves labels against random queries, and more than chance explains"
                : $"{start.Best.Strategy} does best of {among}, and better than random queries by more than chance explains",
            ComparisonVerdict.RandomIsBest => others == 1
                ? $"{start.Strategies[1].Strategy} is no better than random queries"
                : $"none of {among} does better than random queries: label at random",
            ComparisonVerdict.NotToldApart when start.BetterThanRandom.Count > 0 =>
                $"{start.Best.Strategy} has the best mean, but it varies too much to be told from random queries, as {List(start.BetterThanRandom)} can be",
            ComparisonVerdict.NotToldApart when others == 1 =>
                $"{start.Best.Strategy} has the better mean, but not by more than chance explains",
            ComparisonVerdict.NotToldApart =>
                $"nothing is better than random queries by more than chance explains, and {start.Best.Strategy} has the best mean of {among}",
            ComparisonVerdict.NothingToGain =>
                "all labels together make the model no better than the first few, as far as these runs tell, so that there is nothing to save",
            _ => Invariant($"there are too few runs to tell anything from chance: {start.RunCount} of each strategy, and with {others} ")
                + Invariant($"{(others == 1 ? "strategy" : "strategies")} beside random queries it takes at least {ComparisonAnswer.LeastRuns(others + 1)}"),
        };
    }

    private static IEnumerable<string> OfStart(ComparisonAnswer answer, StartAnswer start)
    {
        string name = start.Best.Strategy, from = Sentence("from " + StartName(start.Start));
        string runs = Invariant($"{start.RunCount} {(start.RunCount == 1 ? "run" : "runs")} each");
        string span = Invariant($"from {NumberText.Count(start.FirstLabels)} to {NumberText.Count(start.LastLabels)} labels");
        StrategyAnswer random = start.Strategies.First(s => s.AgainstRandom is null);
        string metric = MetricChoice.DisplayName(answer.Metric);
        if (start.Best.AgainstRandom is { } comparison)
        {
            WinTieLoss record = comparison.Record;
            string wins = Invariant($"better in {record.Wins}{(record.Ties > 0 ? Invariant($", equal in {record.Ties}") : string.Empty)} of them");
            yield return $"{from}, {runs}, {span}: the mean {metric} on the way is {NumberText.Of(start.Best.Score)} with {name} and "
                + $"{NumberText.Of(random.Score)} with random queries; {wins}, p = {PValue(comparison.AdjustedPValue)}{Correction(start)}.";
        }
        else
        {
            StrategyAnswer second = start.Strategies[1];
            yield return $"{from}, {runs}, {span}: the mean {metric} on the way is {NumberText.Of(random.Score)} with random queries and "
                + $"{NumberText.Of(second.Score)} with {second.Strategy}, the next.";
        }

        string[] tied = [.. start.Strategies.Skip(1).Where(s => s.IsTiedWithBest && s.AgainstRandom is not null).Select(s => s.Strategy)];
        if (start.Verdict == ComparisonVerdict.NothingToGain)
        {
            yield break;
        }

        if (start.Verdict == ComparisonVerdict.Better && tied.Length > 0)
        {
            yield return $"Not told apart from {name}: {List(tied)}.";
        }

        if (answer.HigherIsBetter ? start.Best.Score > answer.FullScore : start.Best.Score < answer.FullScore)
        {
            yield return $"On the way the model is better with {name} than with all labels: some labels can suit it better than all of them, "
                + "as where a class is rare.";
        }

        if (start.WorseThanRandom.Count > 0)
        {
            yield return $"Worse than random queries by more than chance explains: {List(start.WorseThanRandom)}.";
        }

        foreach (TargetAnswer target in start.Targets)
        {
            yield return Target(answer, start, target);
        }
    }

    private static string Target(ComparisonAnswer answer, StartAnswer start, TargetAnswer target)
    {
        string name = start.Best.Strategy, goal = Invariant($"{100 * target.Share:0} % of the full performance ({Score(answer, target.Score)})");
        string last = NumberText.Count(start.LastLabels);
        if (target.IsReachedAtStart)
        {
            return Invariant($"{goal}: the first model is there already, with {NumberText.Count(start.FirstLabels)} labels.");
        }

        bool isReached = double.IsFinite(target.Strategy.Estimate), isReachedAtRandom = double.IsFinite(target.Random.Estimate);
        string ofRuns = Invariant($"of {start.RunCount} runs");
        if (start.Best.AgainstRandom is null)
        {
            return isReached
                ? $"{goal}: random queries need {Labels(target.Random)}."
                : Invariant($"{goal}: random queries do not get there with {last} labels in most runs ({target.RandomReached} {ofRuns} do).");
        }

        return (isReached, isReachedAtRandom) switch
        {
            (false, false) => Invariant($"{goal}: neither gets there with {last} labels in most runs ({name} in {target.StrategyReached}, ")
                + Invariant($"random queries in {target.RandomReached} {ofRuns})."),
            (true, false) => $"{goal}: {name} needs {Labels(target.Strategy)}; random queries do not get there with {last} in most runs "
                + Invariant($"({target.RandomReached} {ofRuns} do), so it saves at least {NumberText.Count(start.LastLabels - target.Strategy.Estimate)}."),
            (false, true) => $"{goal}: random queries need {Labels(target.Random)}; {name} does not get there with {last} in most runs "
                + Invariant($"({target.StrategyReached} {ofRuns} do)."),
            _ => $"{goal}: {name} needs {Labels(target.Strategy)}, random queries {Labels(target.Random)}; {Saved(target)}.",
        };
    }

    private static string Labels(ConfidenceInterval labels) => Invariant($"{NumberText.Count(labels.Estimate)} labels{Range(labels.Low, labels.High)}");

    private static string Saved(TargetAnswer target)
    {
        ConfidenceInterval saved = target.Saved;
        string chance = saved.Contains(0) ? ", which may be chance" : string.Empty;
        return saved.Estimate switch
        {
            0 => $"that saves none{Range(saved.Low, saved.High)}",
            > 0 => Invariant($"that saves {NumberText.Count(saved.Estimate)}{Range(saved.Low, saved.High)}, or ")
                + Invariant($"{100 * saved.Estimate / target.Random.Estimate:0} %{chance}"),
            _ => $"that is {NumberText.Count(-saved.Estimate)} more{Range(-saved.High, -saved.Low)}{chance}",
        };
    }

    private static string Range(double low, double high) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        _ when double.IsNaN(low) => string.Empty,
        (true, true) => $" (95 % interval {Signed(low)} to {Signed(high)})",
        (true, false) => $" (95 % interval {Signed(low)} or more)",
        (false, true) => $" (95 % interval up to {Signed(high)})",
        _ => " (95 % interval without limits)",
    };

    // Adding 0 turns −0 into 0.
    private static string Signed(double value) => NumberText.Count(value + 0).Replace('-', '−');

    private static IEnumerable<string> Caveats(ComparisonAnswer answer)
    {
        if (answer.FailedStrategies.Count > 0)
        {
            yield return $"Not compared, since runs of theirs failed: {List(answer.FailedStrategies)}.";
        }

        if (answer.UnfinishedStrategies.Count > 0)
        {
            yield return $"Not compared everywhere, since too few runs of theirs are done: {List(answer.UnfinishedStrategies)}.";
        }

        StartAnswer? flat = answer.Starts.FirstOrDefault(start =>
            start.Targets[^1].IsReachedAtStart && start.Verdict is not (ComparisonVerdict.Better or ComparisonVerdict.NothingToGain));
        if (flat is not null)
        {
            yield return $"From {StartName(flat.Start)} there is next to nothing to gain by more labels with this model; compare with another one.";
        }

        string picked = answer.Starts.Any(start => start.Verdict == ComparisonVerdict.Better && start.Strategies.Count > 2)
            ? " The best of several, picked by these runs, will save somewhat less on new data."
            : string.Empty;
        yield return "Labels are medians over runs and include those at the start. "
            + $"Runs of one dataset share items, so intervals and p-values are somewhat too sure.{picked}";
    }

    private static string Correction(StartAnswer start) => start.Strategies.Count > 2
        ? Invariant($" (Wilcoxon’s signed-rank test, corrected for {start.Strategies.Count - 1} strategies)")
        : " (Wilcoxon’s signed-rank test)";

    private static string PValue(double p) => p < 0.0001 ? "0.0001 or less" : p.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    private static string Score(ComparisonAnswer answer, double score) =>
        $"{Article(answer.Metric)} {MetricChoice.DisplayName(answer.Metric)} of {NumberText.Of(score)}";

    private static string Article(string metric) => "aeiou".Contains(MetricChoice.DisplayName(metric)[0], StringComparison.Ordinal) ? "an" : "a";

    private static string List(IReadOnlyList<string> names) => names.Count <= MostListed
        ? names.Count == 1 ? names[0] : string.Join(", ", names.SkipLast(1)) + " and " + names[^1]
        : Invariant($"{string.Join(", ", names.Take(MostListed))} and {names.Count - MostListed} more");

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
