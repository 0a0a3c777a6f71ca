using PyRelationAL.Cli.CommandLine;
using Spectre.Console;

namespace PyRelationAL.Cli.Data;

/// <summary>What <c>fetch</c> and <c>verify</c> print.</summary>
internal static class DatasetFileTable
{
    public static void Print(ToolConsole console, IReadOnlyList<DatasetFileRow> rows, string folder, bool json)
    {
        if (json)
        {
            console.Output.WriteLine(JsonText.Of(rows));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("dataset", "file", "state");
        foreach (DatasetFileRow row in rows)
        {
            table.AddRow(row.Dataset, Markup.Escape(row.File ?? "–"), row.State);
        }

        table.Columns[0].NoWrap();
        console.Tables().Write(table);
        console.Output.WriteLine($"Cache: {folder}");
        foreach (DatasetFileRow row in rows.Where(row => row.Problem is not null))
        {
            string file = $"{row.Dataset}/{row.File}";
            console.Error.WriteLine(row.Problem!.Contains(file, StringComparison.Ordinal) ? row.Problem : $"{file}: {row.Problem}");
        }
    }
}
