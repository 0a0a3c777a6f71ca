using PyRelationAL.Experiments;
using Spectre.Console;

namespace PyRelationAL.Cli.Bench;

/// <summary>The summary of an experiment as a table.</summary>
internal static class BenchTable
{
    public static void Print(ToolConsole console, ExperimentResults results, IReadOnlyList<string> metrics)
    {
        IReadOnlyList<SettingSummary> settings = ExperimentSummary.Of(results.Runs, metrics);
        if (settings.Count == 0)
        {
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumns("data", "start", "metric", "strategy")
            .AddColumn(new TableColumn("final").RightAligned())
            .AddColumn(new TableColumn("IPAUC").RightAligned())
            .AddColumn(string.Empty);
        foreach (SettingSummary setting in settings)
        {
            table.AddEmptyRowBetween();
            string metric = $"{MetricChoice.DisplayName(setting.Metric)} {(setting.HigherIsBetter ? '↑' : '↓')}";
            bool isFirst = true;
            foreach (StrategySummary strategy in setting.Strategies)
            {
                string[] cells = isFirst ? [setting.Dataset, setting.Start, metric] : [string.Empty, string.Empty, string.Empty];
                cells = [.. cells, strategy.Strategy, NumberText.Of(strategy.Final.Mean), NumberText.Of(strategy.Ipauc), Verdict(strategy.Standing)];
                string[] escaped = Array.ConvertAll(cells, Markup.Escape);
                table.AddRow(strategy.Standing == Standing.Best ? [.. escaped[..3], .. escaped[3..].Select(cell => $"[bold]{cell}[/]")] : escaped);
                isFirst = false;
            }
        }

        console.Tables().Write(table);
        console.Output.WriteLine("Means over folds and seeds, IPAUC ± standard deviation; tied: not told apart from the best at the 95 % level.");
    }

    private static void AddEmptyRowBetween(this Table table)
    {
        if (table.Rows.Count > 0)
        {
            table.AddEmptyRow();
        }
    }

    private static string Verdict(Standing standing) => standing switch
    {
        Standing.Best => "best",
        Standing.TiedWithBest => "tied",
        _ => string.Empty,
    };
}
