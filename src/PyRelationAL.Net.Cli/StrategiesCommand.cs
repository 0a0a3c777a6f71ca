using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;
using PyRelationAL.Models;
using PyRelationAL.Strategies;
using Spectre.Console;
using Capabilities = PyRelationAL.Models.Capabilities;

namespace PyRelationAL.Cli;

/// <summary><c>strategies</c>: every strategy, what it needs, its reference.</summary>
internal sealed class StrategiesCommand(CommonOptions common, ToolConsole console)
{
    public Command Create()
    {
        var command = new ToolCommand(
            "strategies",
            "List every strategy: what it queries, what it needs of the model, where it comes from.",
            ("For people", "pyrelational strategies"),
            ("For programs, one JSON array", "pyrelational strategies --json"));
        command.SetAction(parseResult =>
        {
            Row[] rows = [.. StrategyCatalogue.All.Select(Describe)];
            if (parseResult.GetValue(common.Json))
            {
                console.Output.WriteLine(JsonText.Of(rows));
            }
            else
            {
                Print(rows);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static Row Describe(StrategyDescription strategy)
    {
        var needs = Tasks(strategy).ToDictionary(
            task => TaskNames.Of(task.Kind)[0],
            task => strategy.Create(task).Requirements.Capabilities.Members().Select(need => need.ToString()).ToArray());
        return new Row(
            strategy.Name, strategy.Summary, TaskNames.Of(strategy.Tasks), needs,
            [.. ModelCatalogue.All.Where(model => Tasks(strategy).Any(task => Fits(strategy, task, model))).Select(model => model.Name)],
            strategy.Reference);
    }

    private static IEnumerable<LearningTask> Tasks(StrategyDescription strategy) =>
        new[] { LearningTask.Classification(2), LearningTask.Regression }.Where(task => strategy.Tasks.HasFlag(task.Kind));

    private static bool Fits(StrategyDescription strategy, LearningTask task, ModelDescription model)
    {
        if (!model.Tasks.HasFlag(task.Kind))
        {
            return false;
        }

        Capabilities needs = strategy.Create(task).Requirements.Capabilities;
        return (needs & ~CapabilityExtensions.CapabilitiesOf(model.Create(task))) == Capabilities.None;
    }

    private void Print(Row[] rows)
    {
        // Names in a column of their own and the rest in lines that wrap: a column for each would be wider than a terminal.
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (Row row in rows)
        {
            string reference = row.Reference.Any(char.IsLetter) ? $" ({row.Reference})" : string.Empty;
            string tasks = row.Tasks.Length > 2 ? "any task" : string.Join(" and ", row.Tasks);
            grid.AddRow($"[bold]{Markup.Escape(row.Name)}[/]", Markup.Escape(row.Summary + reference));
            grid.AddRow(string.Empty, $"[dim]for {tasks}; needs {Needs(row)}[/]");
        }

        console.Tables().Write(grid);
    }

    private static string Needs(Row row)
    {
        string[] alternatives = [.. row.Needs.Values.Select(needs => string.Join(" and ", needs)).Where(text => text.Length > 0).Distinct()];
        return alternatives.Length == 0 ? "nothing" : string.Join(" or ", alternatives);
    }

    /// <summary>A strategy as the JSON has it; <c>Needs</c> is by task; <c>Models</c> are the built-in models with which it runs.</summary>
    private sealed record Row(string Name, string Summary, string[] Tasks, Dictionary<string, string[]> Needs, string[] Models, string Reference);
}
