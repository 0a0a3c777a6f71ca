using System.Globalization;

namespace PyRelationAL.Reproduction.Paper;

/// <summary>Tables 5 to 8 of Scherer et al., arXiv 2205.11117, as published.</summary>
internal static class PaperTables
{
    private const string Resource = "paper-tables.csv";

    /// <summary>The cells in the order of the tables: by strategy, then by dataset.</summary>
    public static IReadOnlyList<PaperCell> Cells { get; } = Read();

    private static PaperCell[] Read()
    {
        using Stream stream = typeof(PaperTables).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
    }

    private static PaperCell Parse(string line)
    {
        string[] cells = line.Trim().Split(',');
        return new PaperCell(
            int.Parse(cells[0], CultureInfo.InvariantCulture),
            Enum.Parse<TaskKinds>(cells[1], ignoreCase: true),
            new CellKey(cells[2], cells[3], cells[4]),
            new CellScore(double.Parse(cells[5], CultureInfo.InvariantCulture), double.Parse(cells[6], CultureInfo.InvariantCulture)));
    }
}
