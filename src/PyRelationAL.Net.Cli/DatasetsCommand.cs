using System.CommandLine;
using System.Globalization;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Datasets;
using Spectre.Console;

namespace PyRelationAL.Cli;

/// <summary><c>datasets list</c> and <c>datasets info NAME</c>.</summary>
internal sealed class DatasetsCommand(CommonOptions common, ToolConsole console)
{
    public Command Create()
    {
        var command = new ToolCommand(
            "datasets",
            "What datasets there are.",
            (string.Empty, "pyrelational datasets list"),
            (string.Empty, "pyrelational datasets info BreastCancer"))
        {
            CreateList(), CreateInfo(),
        };
        return command;
    }

    private static DatasetRow Describe(DatasetInfo info) => new(
        info.Name,
        TaskNames.Of(info.Task.Kind)[0],
        info.Rows,
        info.Features,
        info.Classes,
        info.IsGenerated,
        info.Licence,
        info.Citation,
        info.Origin,
        info.Notes);

    private static IEnumerable<(string Name, string Value)> Labels(InMemoryDataset dataset)
    {
        Label[] labels = [.. Enumerable.Range(0, dataset.Count).Select(dataset.GetLabel)];
        return dataset.Task.Kind == TaskKinds.Classification
            ? labels.CountBy(label => label.Class).OrderBy(pair => pair.Key)
                .Select(pair => (
                    dataset.Task.ClassNames is { } names ? $"rows of class {names[pair.Key]}" : Text($"rows of class {pair.Key}"), Text($"{pair.Value}")))
            :
            [
                ("least target", Text($"{labels.Min(label => label.Value):G6}")),
                ("mean target", Text($"{labels.Average(label => label.Value):G6}")),
                ("largest target", Text($"{labels.Max(label => label.Value):G6}")),
            ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private ToolCommand CreateList()
    {
        var command = new ToolCommand(
            "list",
            "List every dataset.",
            ("For people", "pyrelational datasets list"),
            ("For programs, one JSON array", "pyrelational datasets list --json"));
        command.SetAction(parseResult =>
        {
            DatasetRow[] rows = [.. DatasetCatalogue.All.Select(source => Describe(source.Info))];
            if (parseResult.GetValue(common.Json))
            {
                console.Output.WriteLine(JsonText.Of(rows));
                return ExitCodes.Success;
            }

            var table = new Table().Border(TableBorder.Rounded).AddColumns("dataset", "task", "rows", "features", "classes", "licence");
            foreach (DatasetRow row in rows)
            {
                table.AddRow(
                    row.Name, row.Task, Text($"{row.Rows}"), Text($"{row.Features}"), row.Classes is { } c ? Text($"{c}") : "–", Markup.Escape(row.Licence));
            }

            table.Columns[0].NoWrap();
            foreach (int numeric in new[] { 2, 3, 4 })
            {
                table.Columns[numeric].RightAligned();
            }

            console.Tables().Write(table);
            return ExitCodes.Success;
        });
        return command;
    }

    private ToolCommand CreateInfo()
    {
        var name = new Argument<string>("NAME") { Description = "The dataset, in any letter case." };
        var command = new ToolCommand(
            "info",
            "Tell everything about a dataset: size, classes, licence, citation.",
            (string.Empty, "pyrelational datasets info Diabetes"),
            ("Another sample of a generated dataset", "pyrelational datasets info SynthReg1 --seed 2")) { name };
        command.SetAction(parseResult =>
        {
            DatasetSource source = UsageException.Guard(() => DatasetCatalogue.Find(parseResult.GetRequiredValue(name)));
            (string Name, string Value)[] labels = [.. Labels(source.Load(parseResult.GetValue(common.Seed) ?? 0))];
            DatasetRow row = Describe(source.Info);
            if (parseResult.GetValue(common.Json))
            {
                console.Output.WriteLine(JsonText.Of(new { dataset = row, labels = labels.ToDictionary(label => label.Name, label => label.Value) }));
                return ExitCodes.Success;
            }

            var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
            (string, string)[] lines =
            [
                ("name", row.Name), ("task", source.Info.Task.ToString()), ("rows", Text($"{row.Rows}")), ("features", Text($"{row.Features}")), .. labels,
                ("licence", row.Licence), ("citation", row.Citation), ("origin", row.Origin), ("notes", row.Notes),
            ];
            foreach ((string label, string value) in lines.Where(line => line.Item2.Length > 0))
            {
                grid.AddRow(Markup.Escape(label), Markup.Escape(value));
            }

            console.Tables().Write(grid);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>A dataset as the JSON has it.</summary>
    private sealed record DatasetRow(
        string Name, string Task, int Rows, int Features, int? Classes, bool Generated, string Licence, string Citation, string Origin, string Notes);
}
