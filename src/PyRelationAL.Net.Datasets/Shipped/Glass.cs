namespace PyRelationAL.Datasets;

/// <summary>Glass identification: refractive index and the oxide content of eight elements for 214 fragments of glass of six types (9 to 76 rows).</summary>
/// <remarks>
/// Classes 0 to 5 are the published types 1, 2, 3, 5, 6 and 7; type 4 does not occur. The row number is left out: rows are sorted by type, so it gives the
/// class away. PyRelationAL keeps it, and loses the first record, which its loader takes for a header.
/// </remarks>
public static class Glass
{
    private static readonly string[] Types = ["1", "2", "3", "5", "6", "7"];

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(Glass),
        Task = LearningTask.Classification(
        [
            "building windows, float processed",
            "building windows, not float processed",
            "vehicle windows, float processed",
            "containers",
            "tableware",
            "headlamps",
        ]),
        Rows = 214,
        Features = 9,
        Licence = "CC BY 4.0",
        Citation = "B. German (1987). Glass Identification. UCI Machine Learning Repository.",
        Origin = "Debian package r-cran-mlbench 2.1-3-1",
        Notes = "Without the row number, which gives the class away and which PyRelationAL keeps. Rows are sorted by class.",
    };

    private static readonly PaperRule Rule = new() { LostRows = 1, Layout = TableLayout.TargetLast(10) };

    /// <summary>The dataset for those who load it later.</summary>
    public static DatasetSource Source { get; } = ShippedTable.Source(
        Info, nameof(Glass), (info, table) => ShippedTable.Classes(info, table, ClassOf, firstColumn: 1));

    internal static DatasetSource PaperCompatible { get; } = ShippedTable.Source(
        Rule.InfoOf(Info), nameof(Glass), (info, table) => ShippedTable.Classes(info, table, ClassOf, firstColumn: 0, Rule.RowsOf(table.Rows.Count)));

    /// <summary>Loads the data. The first call parses them; later calls share the features.</summary>
    /// <param name="paperCompatible">
    /// Whether to have the rows as PyRelationAL does: the row number as the first of ten features, without the first record, permuted; only to compare with
    /// its results.
    /// </param>
    /// <returns>A dataset with labels of its own.</returns>
    public static InMemoryDataset Load(bool paperCompatible = false) => (InMemoryDataset)(paperCompatible ? PaperCompatible : Source).Load();

    private static int ClassOf(string type) => Array.IndexOf(Types, type);
}
