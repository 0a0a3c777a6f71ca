using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;

namespace PyRelationAL.Cli.Compare;

/// <summary>The answer as one JSON object; labels that are not reached, and ends of intervals without a limit, are null.</summary>
internal static class CompareJson
{
    public static string Of(ComparisonResults results, CompareRequest request, ExperimentFolder folder) => JsonText.Of(new
    {
        results = folder.ResultsFile,
        report = folder.ReportFile,
        command = request.Command,
        plannedRuns = results.Experiment.PlannedRuns,
        finishedRuns = results.Experiment.Runs.Count,
        failedRuns = results.Experiment.FailedCount,
        isOutOfTime = results.IsOutOfTime,
        guesses = request.Guesses,
        leftOut = results.Notices,
        answer = results.Answer is { } answer ? OfAnswer(answer) : null,
    });

    private static object OfAnswer(ComparisonAnswer answer) => new
    {
        dataset = answer.Dataset,
        model = answer.Model,
        metric = answer.Metric,
        higherIsBetter = answer.HigherIsBetter,
        trainingItems = answer.TrainCount,
        fullScore = answer.FullScore,
        sentences = answer.Sentences,
        failedStrategies = answer.FailedStrategies,
        starts = answer.Starts.Select(start => new
        {
            start = start.Start,
            runs = start.RunCount,
            firstLabels = start.FirstLabels,
            lastLabels = start.LastLabels,
            best = start.Best.Strategy,
            verdict = start.Verdict.ToString(),
            strategies = start.Strategies.Select(strategy => new
            {
                strategy = strategy.Strategy,
                score = strategy.Score,
                medianLabels = strategy.MedianLabels.Select(JsonText.Number),
                adjustedPValue = strategy.AgainstRandom?.AdjustedPValue,
                isTiedWithBest = strategy.IsTiedWithBest,
            }),
            targets = start.Targets.Select(target => new
            {
                share = target.Share,
                score = target.Score,
                isReachedAtStart = target.IsReachedAtStart,
                strategy = Interval(target.Strategy),
                strategyReached = target.StrategyReached,
                random = Interval(target.Random),
                randomReached = target.RandomReached,
                saved = Interval(target.Saved),
            }),
        }),
    };

    private static object Interval(ConfidenceInterval interval) => new
    {
        estimate = JsonText.Number(interval.Estimate),
        low = JsonText.Number(interval.Low),
        high = JsonText.Number(interval.High),
    };
}
