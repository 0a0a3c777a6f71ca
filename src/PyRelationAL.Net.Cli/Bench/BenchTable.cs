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
            .AddColumn("setting")
            .AddColumn(new TableColumn("strategy").NoWrap())
            .AddColumn(new TableColumn("final").RightAligned().NoWrap())
            .AddColumn(new TableColumn("IPAUC").RightAligned().NoWrap())
            .AddColumn(string.Empty);
        foreach (SettingSummary setting in settings)
        {
            AddSetting(table, setting);
        }

        console.Tables().Write(table);
        console.Output.WriteLine(
            "Means over folds and seeds, IPAUC ± standard deviation; tied: not told apart from the best (paired t-tests, 5 %, Holm-corrected).");
    }

    /// <summary>The setting's name and metric go beside its first strategies, one below the other: columns for them would be too wide for a terminal.</summary>
    private static void AddSetting(Table table, SettingSummary setting)
    {
        if (table.Rows.Count > 0)
        {
            table.AddEmptyRow();
        }

        string[] names =
        [
            $"{setting.Dataset}, {setting.Start}",
            .. setting.Scenario is { } scenario ? [scenario] : Array.Empty<string>(),
            $"{MetricChoice.DisplayName(setting.Metric)} {(setting.HigherIsBetter ? '↑' : '↓')}",
        ];
        for (int i = 0; i < Math.Max(names.Length, setting.Strategies.Count); i++)
        {
            string name = i < names.Length ? names[i] : string.Empty;
            string[] cells = i < setting.Strategies.Count ? Cells(setting.Strategies[i]) : ["", "", "", ""];
            table.AddRow([Markup.Escape(name), .. cells]);
        }
    }

    private static string[] Cells(StrategySummary strategy)
    {
        string[] cells = [strategy.Strategy, NumberText.Of(strategy.Final.Mean), NumberText.Of(strategy.Ipauc), Verdict(strategy.Standing)];
        return Array.ConvertAll(cells, cell => strategy.Standing == Standing.Best ? $"[bold]{Markup.Escape(cell)}[/]" : Markup.Escape(cell));
    }

    private static string Verdict(Standing standing) => standing switch
    {
        Standing.Best => "best",
        Standing.TiedWithBest => "tied",
        _ => string.Empty,
    };
}
