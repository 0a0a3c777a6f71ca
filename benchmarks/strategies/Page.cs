using System.Globalization;
using System.Text;
using PyRelationAL.Evaluation;
using PyRelationAL.Experiments;
using static System.FormattableString;

namespace PyRelationAL.StrategyBenchmarks;

/// <summary>The page of the tables and the file of their numbers.</summary>
internal static class Page
{
    private const string Random = "RandomAcquisition";

    public static void Write(string folder, IReadOnlyList<Cells> tables)
    {
        Measured[] done = [.. tables.Select(table =>
        {
            RunResult[] runs = table.Results();
            return new Measured(table, ExperimentSummary.Of(runs, [MetricNames.BalancedAccuracy])[0], runs, AgainstRandom(runs));
        })];
        var page = new StringBuilder();
        page.Append(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "introduction.md")));
        page.Append(Overview(done));
        page.AppendJoin(string.Empty, done.Select(Table));

        File.WriteAllText(Path.Combine(folder, "strategy-tables.md"), page.ToString());
        File.WriteAllText(Path.Combine(folder, "strategy-tables.csv"), Numbers(done));
    }

    /// <summary>The mean places over all tables and over those of each scenario, and how often each strategy had a larger area than random queries.</summary>
    private static string Overview(Measured[] done)
    {
        (string Scenario, Dictionary<string, double> Places, Dictionary<string, (int Above, int Of, double Sum)> Runs)[] tables =
            [.. done.Select(d => (d.Table.ScenarioTitle, Places(d.Summary), d.AgainstRandom))];
        string[] scenarios = [.. tables.Select(t => t.Scenario).Distinct()];
        var text = new StringBuilder("\n## All nine\n\n");
        text.Append("Mean place by area, 1 is best, and the runs with a larger area than random queries had from the same start.\n\n");
        text.Append("| Strategy | All |");
        text.AppendJoin(string.Empty, scenarios.Select(scenario => Invariant($" {scenario} |"))).Append(" Above random | Mean difference |\n|---|---:|");
        text.AppendJoin(string.Empty, scenarios.Select(_ => "---:|")).Append("---:|---:|\n");
        foreach (string name in tables.SelectMany(t => t.Places.Keys).Distinct().OrderBy(name => MeanPlace(name, null)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {MeanPlace(name, null):F1} |");
            text.AppendJoin(string.Empty, scenarios.Select(scenario => Invariant($" {MeanPlace(name, scenario):F1} |")));
            (int above, int of, double sum) = tables.Where(t => t.Runs.ContainsKey(name)).Select(t => t.Runs[name])
                .Aggregate((x, y) => (x.Above + y.Above, x.Of + y.Of, x.Sum + y.Sum));
            text.Append(name.StartsWith(Random, StringComparison.Ordinal) ? " — | — |\n" : Invariant($" {above} of {of} | {sum / of:+0.0000;−0.0000} |\n"));
        }

        return text.ToString();

        double MeanPlace(string name, string? scenario) =>
            tables.Where(t => (scenario is null || t.Scenario == scenario) && t.Places.ContainsKey(name)).Average(t => t.Places[name]);
    }

    private static Dictionary<string, double> Places(SettingSummary setting)
    {
        double[] areas = [.. setting.Strategies.Select(s => s.Ipauc.Mean)];

        // Equal areas share the mean of their places.
        return setting.Strategies.ToDictionary(
            s => s.Strategy, s => 1 + areas.Count(a => a > s.Ipauc.Mean) + ((areas.Count(a => a.Equals(s.Ipauc.Mean)) - 1) / 2.0));
    }

    private static Dictionary<string, (int Above, int Of, double Sum)> AgainstRandom(RunResult[] runs)
    {
        RunResult[] done = [.. runs.Where(run => run.Status == RunStatus.Succeeded)];
        Dictionary<(string, long), double> areas = done.ToDictionary(
            run => (run.Spec.Strategy, run.Spec.Seed), run => CurveMeasures.Ipauc([.. run.Metrics[MetricNames.BalancedAccuracy]]));
        return done.GroupBy(run => run.Spec.Strategy).ToDictionary(
            group => group.Key,
            group =>
            {
                string random = group.Key.EndsWith(Cells.MaskedMark, StringComparison.Ordinal) ? Random + Cells.MaskedMark : Random;
                double[] differences = [.. group.Select(run => areas[(group.Key, run.Spec.Seed)] - areas[(random, run.Spec.Seed)])];
                return (differences.Count(d => d > 0), differences.Length, differences.Sum());
            });
    }

    private static string Table(Measured measured)
    {
        (Cells table, SettingSummary summary, RunResult[] runs, Dictionary<string, (int Above, int Of, double Sum)> againstRandom) = measured;
        bool isOpen = table.Scenario?.IsOpenSet == true;
        var text = new StringBuilder(Invariant($"\n## {table.Title}\n\n{table.Problem.Description}.\n\n"));
        text.Append("| Strategy | Area | Final |").Append(isOpen ? " Purity |" : string.Empty).Append(" ms a query | a training |\n|---|---:|---:|");
        text.Append(isOpen ? "---:|" : string.Empty).Append("---:|---:|\n");
        foreach (StrategySummary strategy in summary.Strategies.OrderByDescending(s => s.Ipauc.Mean))
        {
            string mark = againstRandom.TryGetValue(strategy.Strategy, out (int Above, int Of, double Sum) won) && won.Above == won.Of ? "**" : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"| {strategy.Strategy} | {mark}{strategy.Ipauc.Mean:F4}{mark} ± {strategy.Ipauc.StandardDeviation:F4} ");
            text.Append(CultureInfo.InvariantCulture, $"| {strategy.Final.Mean:F4} ");
            text.Append(isOpen ? Invariant($"| {Purity(runs, strategy.Strategy):F2} ") : string.Empty);
            text.Append(CultureInfo.InvariantCulture, $"| {Milliseconds(Seconds(runs, strategy.Strategy))} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Milliseconds(Training(runs, strategy.Strategy))} |\n");
        }

        string[] failed = [.. summary.Strategies.Where(s => s.FailedCount > 0).Select(s => Invariant($"{s.Strategy} ({s.FailedCount})"))];
        return failed.Length == 0 ? text.ToString() : text.Append(Invariant($"\nFailed runs: {string.Join(", ", failed)}.\n")).ToString();
    }

    private static string Numbers(Measured[] done)
    {
        var text = new StringBuilder("dataset,scenario,strategy,runs,area_mean,area_sd,final_mean,final_sd,seconds_per_query,seconds_per_training\n");
        foreach ((Cells table, SettingSummary summary, RunResult[] runs, _) in done)
        {
            foreach (StrategySummary s in summary.Strategies)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{summary.Dataset},{table.Scenario?.Name ?? "closed"},{s.Strategy},{s.Ipauc.Count},{s.Ipauc.Mean:R},{s.Ipauc.StandardDeviation:R},");
                text.Append(CultureInfo.InvariantCulture, $"{s.Final.Mean:R},{s.Final.StandardDeviation:R},");
                text.Append(CultureInfo.InvariantCulture, $"{Seconds(runs, s.Strategy):R},{Training(runs, s.Strategy):R}\n");
            }
        }

        return text.ToString();
    }

    private static double Purity(RunResult[] runs, string strategy) =>
        runs.Where(run => run.Spec.Strategy == strategy && run.Status == RunStatus.Succeeded).Average(run => run.Metrics[MetricNames.Purity][^1]);

    private static double Seconds(RunResult[] runs, string strategy) => Median(runs, strategy, run => run.Timings!.SuggestByQuery!);

    private static double Training(RunResult[] runs, string strategy) =>
        Median(runs, strategy, run => [run.Timings!.Train / run.LabelledCounts.Count]);

    private static string Milliseconds(double seconds) =>
        (seconds * 1000).ToString(seconds < 0.001 ? "0.00" : seconds < 0.01 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static double Median(RunResult[] runs, string strategy, Func<RunResult, IEnumerable<double>> seconds)
    {
        double[] all = [.. runs.Where(run => run.Spec.Strategy == strategy && run.Status == RunStatus.Succeeded).SelectMany(seconds).Order()];
        return all.Length == 0 ? double.NaN : all[all.Length / 2];
    }

    /// <summary>A table's runs, and of each strategy that finished any also how many were above random queries, and by how much.</summary>
    private sealed record Measured(
        Cells Table, SettingSummary Summary, RunResult[] Runs, Dictionary<string, (int Above, int Of, double Sum)> AgainstRandom);
}
