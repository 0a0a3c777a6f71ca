using System.CommandLine;
using System.Globalization;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Datasets;
using Spectre.Console;

namespace PyRelationAL.Cli.Data;

/// <summary><c>datasets list</c> and <c>datasets info NAME</c>, with <c>fetch</c> and <c>verify</c>.</summary>
internal sealed class DatasetsCommand(CommonOptions common, ToolConsole console)
{
    public Command Create()
    {
        var command = new ToolCommand(
            "datasets",
            "What datasets there are, and those to download.",
            (string.Empty, "pyrelational datasets list"),
            (string.Empty, "pyrelational datasets info BreastCancer"),
            (string.Empty, "pyrelational datasets fetch Seeds"))
        {
            CreateList(), CreateInfo(), new FetchCommand(common, console).Create(), new VerifyCommand(common, console).Create(),
        };
        command.SetAction(parsed => parsed.RootCommandResult.Command.Parse(["datasets", "--help"]).Invoke(parsed.InvocationConfiguration));
        return command;
    }

    private static DatasetRow Describe(DatasetInfo info, DatasetCache cache) => new(
        info.Name,
        TaskNames.Of(info.Task.Kind)[0],
        info.Rows,
        info.Features,
        info.Classes,
        info.IsGenerated,
        info.Files.Count > 0 && cache.Has(info) ? "cached" : DatasetFileRow.StateOf(info),
        info.Licence,
        info.Citation,
        info.Origin,
        info.Notes,
        [
            .. info.Files.Select(file => new FileRow(
                file.Name,
                [.. file.Addresses.Select(address => address.ToString())],
                file.ArchiveMember,
                file.Sha256,
                file.IsUnpackedSha256,
                cache.PathOf(file))),
        ]);

    private static IEnumerable<(string Name, string Value)> Labels(IDataset dataset)
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

    private static IEnumerable<(string Name, string Value)> Lines(FileRow file) =>
    [
        ("file", file.Path),
        ("address", string.Join(' ', file.Addresses) + (file.ArchiveMember is { } member ? $", its member {member}" : string.Empty)),
        (file.IsUnpackedSha256 ? "SHA-256 unpacked" : "SHA-256", file.Sha256 ?? "not known: rows and columns are checked"),
    ];

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
            var cache = UsageException.Guard(() => new DatasetCache());
            DatasetRow[] rows = [.. DatasetCatalogue.All.Select(source => Describe(source.Info, cache))];
            if (parseResult.GetValue(common.Json))
            {
                console.Output.WriteLine(JsonText.Of(rows));
                return ExitCodes.Success;
            }

            // Narrower than a terminal; the licence is for 'info' to tell.
            var table = new Table().Border(TableBorder.Rounded).AddColumns("dataset", "task", "rows", "features", "data");
            foreach (DatasetRow row in rows)
            {
                table.AddRow(row.Name, row.Classes is { } c ? Text($"{c} classes") : row.Task, Text($"{row.Rows}"), Text($"{row.Features}"), row.Data);
            }

            foreach (int numeric in new[] { 2, 3 })
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
            "Tell everything about a dataset: size, classes, licence, citation, and where its files come from.",
            (string.Empty, "pyrelational datasets info Diabetes"),
            ("Another sample of a generated dataset", "pyrelational datasets info SynthReg1 --seed 2")) { name };
        command.SetAction(parseResult =>
        {
            DatasetSource source = UsageException.Guard(() => DatasetCatalogue.Find(parseResult.GetRequiredValue(name)));
            var cache = UsageException.Guard(() => new DatasetCache());
            (string Name, string Value)[] labels =
                cache.Has(source.Info) ? UsageException.Guard(() => Labels(source.Load(parseResult.GetValue(common.Seed) ?? 0)).ToArray()) : [];
            DatasetRow row = Describe(source.Info, cache);
            if (parseResult.GetValue(common.Json))
            {
                console.Output.WriteLine(JsonText.Of(new { dataset = row, labels = labels.ToDictionary(label => label.Name, label => label.Value) }));
                return ExitCodes.Success;
            }

            var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
            (string, string)[] lines =
            [
                ("name", row.Name), ("task", source.Info.Task.ToString()), ("rows", Text($"{row.Rows}")), ("features", Text($"{row.Features}")), .. labels,
                ("licence", row.Licence), ("citation", row.Citation), ("origin", row.Origin), ("notes", row.Notes), ("data", row.Data),
                .. row.Files.SelectMany(Lines),
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
        string Name,
        string Task,
        int Rows,
        int Features,
        int? Classes,
        bool Generated,
        string Data,
        string Licence,
        string Citation,
        string Origin,
        string Notes,
        FileRow[] Files);

    /// <summary>A file of a dataset that is downloaded; the path is where it belongs in the cache.</summary>
    private sealed record FileRow(string Name, string[] Addresses, string? ArchiveMember, string? Sha256, bool IsUnpackedSha256, string Path);
}
