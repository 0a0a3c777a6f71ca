namespace PyRelationAL.Datasets;

/// <summary>
/// Yacht hydrodynamics: the residuary resistance of 308 trials with hulls of sailing yachts, from five dimensions of the hull and the Froude number.
/// </summary>
public static class Yacht
{
    private static readonly DatasetFile File = new()
    {
        Path = "Yacht/yacht_hydrodynamics.data",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/00243/yacht_hydrodynamics.data")],
        Sha256 = "00dfecc0fc01ddd4c90b558a3ac11b246df8ebcfea130724223475a9a67f0ea1",
        EqualCopies = ["d00d8c519b5f3b55fc4b750d959b4adae7d9185799a1b0e3e01ea14c25d5ccdf"],
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(Yacht),
            Task = LearningTask.Regression,
            Rows = 308,
            Features = 6,
            Licence = "CC BY 4.0",
            Citation = "J. Gerritsma, R. Onnink and A. Versluis (1981). Geometry, resistance and stability of the Delft systematic yacht hull series. "
                + "Int. Shipbuilding Progress 28. Yacht Hydrodynamics, UCI Machine Learning Repository, doi 10.24432/C5XG7R.",
            Origin = "UCI Machine Learning Repository",
            Notes = "PyRelationAL loses the first two records.",
            Files = [File],
        },
        files => files.Read(File, stream => TextTable.Read(stream, File.Path, 7, TextTable.Blanks)),
        TableLayout.TargetLast(6),
        new PaperRule { LostRows = 2 });

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    internal static DatasetSource PaperCompatible => Table.Paper.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the features.</summary>
    /// <param name="paperCompatible">
    /// Whether to have the rows as PyRelationAL does: without the first two records, permuted; only to compare with its results.
    /// </param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(bool paperCompatible = false, DatasetCache? cache = null) => Table.Load(paperCompatible, cache);
}
