using PyRelationAL.Experiments;
using Spectre.Console;
using static System.FormattableString;

namespace PyRelationAL.Cli.Compare;

/// <summary>The answer for people: sentences, then a table.</summary>
internal static class CompareText
{
    public static void Print(ToolConsole console, ComparisonResults results)
    {
        if (results.Answer is not { } answer)
        {
            console.Output.WriteLine("There is no answer: no fold has a run of each strategy.");
            return;
        }

        // Not by way of the console, which would break lines that a file or a terminal can have whole.
        console.Output.WriteLine(answer.Sentences[0]);
        foreach (string sentence in answer.Sentences.Skip(1))
        {
            console.Output.WriteLine("• " + sentence);
        }

        IAnsiConsole tables = console.Tables();
        foreach (StartAnswer start in answer.Starts)
        {
            tables.Write(TableOf(answer, start));
        }

        console.Output.WriteLine(
            "Labels to a share of the full performance: medians; –: not reached in most runs. p: against random queries, corrected for all strategies.");
    }

    private static Table TableOf(ComparisonAnswer answer, StartAnswer start)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{start.Start} start"))
            .AddColumn(new TableColumn("strategy").NoWrap())
            .AddColumn(new TableColumn(Markup.Escape($"mean {MetricChoice.DisplayName(answer.Metric)} {(answer.HigherIsBetter ? '↑' : '↓')}")).RightAligned());
        foreach (double share in ComparisonAnswer.Shares)
        {
            table.AddColumn(new TableColumn(Invariant($"to {100 * share:0} %")).RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("p").RightAligned().NoWrap()).AddColumn(new TableColumn(string.Empty).NoWrap());
        foreach (StrategyAnswer strategy in start.Strategies)
        {
            string[] cells =
            [
                strategy.Strategy,
                NumberText.Of(strategy.Score),
                .. strategy.MedianLabels.Select(labels => double.IsFinite(labels) ? NumberText.Count(labels) : "–"),
                strategy.AgainstRandom is { } comparison ? NumberText.Of(comparison.AdjustedPValue) : string.Empty,
                Note(start, strategy),
            ];
            bool isBest = strategy == start.Best;
            table.AddRow(Array.ConvertAll(cells, cell => isBest ? $"[bold]{Markup.Escape(cell)}[/]" : Markup.Escape(cell)));
        }

        return table;
    }

    private static string Note(StartAnswer start, StrategyAnswer strategy) => strategy.AgainstRandom is null ? "baseline"
        : start.BetterThanRandom.Contains(strategy.Strategy) ? "better than random"
        : start.WorseThanRandom.Contains(strategy.Strategy) ? "worse than random"
        : string.Empty;
}
