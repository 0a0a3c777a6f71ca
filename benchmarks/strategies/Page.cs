using System.Globalization;
using System.Text;
using PyRelationAL.Evaluation;
using PyRelationAL.Experiments;
using static System.FormattableString;

namespace PyRelationAL.StrategyBenchmarks;

/// <summary>The page of the tables and the file of their numbers.</summary>
internal static class Page
{
    public static void Write(string folder, IReadOnlyList<Cells> tables)
    {
        (Cells Table, SettingSummary Summary, RunResult[] Runs)[] done = [.. tables.Select(table =>
        {
            RunResult[] runs = table.Results();
            return (table, ExperimentSummary.Of(runs, [MetricNames.BalancedAccuracy])[0], runs);
        })];
        var page = new StringBuilder();
        page.Append(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "introduction.md")));
        page.Append(MeanRanks([.. done.Select(d => d.Summary)]));
        foreach ((Cells table, SettingSummary summary, RunResult[] runs) in done)
        {
            page.Append(Table(table, summary, runs));
        }

        File.WriteAllText(Path.Combine(folder, "strategy-tables.md"), page.ToString());
        File.WriteAllText(Path.Combine(folder, "strategy-tables.csv"), Numbers(done));
    }

    private static string MeanRanks(SettingSummary[] settings)
    {
        var ranks = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (SettingSummary setting in settings)
        {
            double[] areas = [.. setting.Strategies.Select(s => s.Ipauc.Mean)];
            foreach (StrategySummary strategy in setting.Strategies)
            {
                // Equal areas share the mean of their places.
                double rank = 1 + areas.Count(a => a > strategy.Ipauc.Mean) + ((areas.Count(a => a.Equals(strategy.Ipauc.Mean)) - 1) / 2.0);
                (ranks.TryGetValue(strategy.Strategy, out List<double>? list) ? list : ranks[strategy.Strategy] = []).Add(rank);
            }
        }

        var text = new StringBuilder("\n## All nine\n\nMean place by area, 1 is best.\n\n| Strategy | Mean place | Best | Worst |\n|---|---:|---:|---:|\n");
        foreach ((string name, List<double> places) in ranks.OrderBy(r => r.Value.Average()))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {places.Average():F1} | {places.Min():F0} | {places.Max():F0} |\n");
        }

        return text.ToString();
    }

    private static string Table(Cells table, SettingSummary summary, RunResult[] runs)
    {
        bool isOpen = table.Scenario?.IsOpenSet == true;
        var text = new StringBuilder(Invariant($"\n## {table.Title}\n\n{table.Problem.Description}.\n\n"));
        text.Append("| Strategy | Area | Final |").Append(isOpen ? " Purity |" : string.Empty).Append(" Seconds a query |\n|---|---:|---:|");
        text.Append(isOpen ? "---:|" : string.Empty).Append("---:|\n");
        foreach (StrategySummary strategy in summary.Strategies.OrderByDescending(s => s.Ipauc.Mean))
        {
            string mark = strategy.Standing is Standing.Best or Standing.TiedWithBest ? "**" : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"| {strategy.Strategy} | {mark}{strategy.Ipauc.Mean:F4}{mark} ± {strategy.Ipauc.StandardDeviation:F4} ");
            text.Append(CultureInfo.InvariantCulture, $"| {strategy.Final.Mean:F4} ");
            text.Append(isOpen ? Invariant($"| {Purity(runs, strategy.Strategy):F2} ") : string.Empty);
            text.Append(CultureInfo.InvariantCulture, $"| {Seconds(runs, strategy.Strategy):G2} |\n");
        }

        string[] failed = [.. summary.Strategies.Where(s => s.FailedCount > 0).Select(s => Invariant($"{s.Strategy} ({s.FailedCount})"))];
        return failed.Length == 0 ? text.ToString() : text.Append(Invariant($"\nFailed runs: {string.Join(", ", failed)}.\n")).ToString();
    }

    private static string Numbers((Cells Table, SettingSummary Summary, RunResult[] Runs)[] done)
    {
        var text = new StringBuilder("dataset,scenario,strategy,runs,area_mean,area_sd,final_mean,final_sd,seconds_per_query\n");
        foreach ((Cells table, SettingSummary summary, RunResult[] runs) in done)
        {
            foreach (StrategySummary s in summary.Strategies)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{summary.Dataset},{table.Scenario?.Name ?? "closed"},{s.Strategy},{s.Ipauc.Count},{s.Ipauc.Mean:R},{s.Ipauc.StandardDeviation:R},");
                text.Append(CultureInfo.InvariantCulture, $"{s.Final.Mean:R},{s.Final.StandardDeviation:R},{Seconds(runs, s.Strategy):R}\n");
            }
        }

        return text.ToString();
    }

    private static double Purity(RunResult[] runs, string strategy) =>
        runs.Where(run => run.Spec.Strategy == strategy && run.Status == RunStatus.Succeeded).Average(run => run.Metrics[MetricNames.Purity][^1]);

    private static double Seconds(RunResult[] runs, string strategy)
    {
        double[] seconds =
        [
            .. runs.Where(run => run.Spec.Strategy == strategy && run.Status == RunStatus.Succeeded)
                .SelectMany(run => run.Timings!.SuggestByQuery!).Order(),
        ];
        return seconds.Length == 0 ? double.NaN : seconds[seconds.Length / 2];
    }
}
