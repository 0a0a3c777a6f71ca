namespace PyRelationAL.Datasets;

/// <summary>A dataset that is a table in its publisher's files: as it is, and as PyRelationAL reads it.</summary>
internal sealed class DownloadedTable
{
    /// <summary>Creates the dataset.</summary>
    /// <param name="info">What is known of it.</param>
    /// <param name="read">Reads the whole table.</param>
    /// <param name="layout">What the columns are.</param>
    /// <param name="paper">What PyRelationAL's loader does otherwise; null where it does the same.</param>
    public DownloadedTable(DatasetInfo info, Func<DatasetFiles, NumericTable> read, TableLayout layout, PaperRule? paper = null)
    {
        Plain = new DownloadedDataset(info, files => Build(info, read(files), layout));
        Paper = paper is null ? Plain : PaperVariant(paper.InfoOf(info), read, paper.Layout ?? layout, paper);
    }

    public DownloadedDataset Plain { get; }

    public DownloadedDataset Paper { get; }

    /// <summary>Loads the data, after downloading what is missing.</summary>
    public InMemoryDataset Load(bool paperCompatible, DatasetCache? cache) => (paperCompatible ? Paper : Plain).Load(cache);

    private static DownloadedDataset PaperVariant(DatasetInfo info, Func<DatasetFiles, NumericTable> read, TableLayout layout, PaperRule paper) => new(
        info,
        files =>
        {
            NumericTable table = read(files);
            return layout.Build(info, table, paper.RowsOf(table.Rows));
        });

    private static InMemoryDataset Build(DatasetInfo info, NumericTable table, TableLayout layout) =>
        layout.Build(info, table, [.. Enumerable.Range(0, table.Rows)]);
}
