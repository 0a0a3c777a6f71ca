namespace PyRelationAL.Datasets;

/// <summary>
/// Energy efficiency: the heating load of 768 simulated buildings, from eight properties such as compactness, areas, height, orientation and glazing.
/// </summary>
/// <remarks>PyRelationAL predicts the cooling load instead and takes the heating load, which nearly gives it away, for a ninth feature.</remarks>
public static class Energy
{
    private static readonly DatasetFile File = new()
    {
        Path = "Energy/ENB2012_data.xlsx",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/00242/ENB2012_data.xlsx")],
        Sha256 = "0089fcffc1415e41e2ff63730cca5280efe54fc43d722dfde1b0aaa808e35dc4",
        EqualCopies = ["be1176575d2622b3647e2b336e3b6d06a6e3033ea911d18d72658d3ef53c40bd"],
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(Energy),
            Task = LearningTask.Regression,
            Rows = 768,
            Features = 8,
            Licence = "CC BY 4.0",
            Citation = "A. Tsanas and A. Xifara (2012). Accurate quantitative estimation of energy performance of residential buildings using "
                + "statistical machine learning tools. Energy and Buildings 49. Energy Efficiency, UCI Machine Learning Repository, doi 10.24432/C51307.",
            Origin = "UCI Machine Learning Repository",
            Notes = "The target is the heating load Y1. Features X6 and X8 are codes of categories.",
            Files = [File],
        },
        files => files.Read(File, stream => Spreadsheet.Read(stream, File.Path)),
        TableLayout.TargetLast(8),
        new PaperRule { Layout = TableLayout.TargetLast(9) });

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    internal static DatasetSource PaperCompatible => Table.Paper.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the features.</summary>
    /// <param name="paperCompatible">
    /// Whether to have the rows as PyRelationAL does: nine features, the last of them the heating load, and the cooling load as the target; permuted; only to
    /// compare with its results.
    /// </param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(bool paperCompatible = false, DatasetCache? cache = null) => Table.Load(paperCompatible, cache);
}
