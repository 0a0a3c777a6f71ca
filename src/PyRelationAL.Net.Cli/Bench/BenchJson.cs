using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;

namespace PyRelationAL.Cli.Bench;

/// <summary>The summary of an experiment as one JSON object.</summary>
internal static class BenchJson
{
    public static string Of(
        ExperimentResults results, string file, ExperimentFolder folder, BenchRequest request, IReadOnlyList<string> skipped) => JsonText.Of(new
        {
            results = file,
            report = folder.ReportFile,
            command = request.Command,
            plannedRuns = results.PlannedRuns,
            finishedRuns = results.Runs.Count,
            failedRuns = results.FailedCount,
            skipped,
            summary = ExperimentSummary.Of(results.Runs, request.Metrics).SelectMany(setting => setting.Strategies.Select(strategy => new
            {
                dataset = setting.Dataset,
                start = setting.Start,
                scenario = setting.Scenario,
                model = setting.Model,
                strategy = strategy.Strategy,
                metric = setting.Metric,
                higherIsBetter = setting.HigherIsBetter,
                runs = strategy.Ipauc.Count,
                failedRuns = strategy.FailedCount,
                ipauc = Statistics(strategy.Ipauc),
                meanOverRounds = Statistics(strategy.MeanOverRounds),
                final = Statistics(strategy.Final),
                standing = strategy.Standing.ToString(),
            })),
        });

    private static object Statistics(SampleStatistics statistics) => new
    {
        mean = JsonText.Number(statistics.Mean),
        standardDeviation = JsonText.Number(statistics.StandardDeviation),
        halfWidth95 = JsonText.Number(statistics.HalfWidth),
    };
}
