namespace PyRelationAL.Datasets;

/// <summary>Quality of 1599 red wines on a scale of 0 to 10 (3 to 8 occur), from eleven chemical measures.</summary>
public static class WineQualityRed
{
    private static readonly DatasetFile File = new()
    {
        Path = "WineQualityRed/winequality-red.csv",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/wine-quality/winequality-red.csv")],
        Sha256 = "4a402cf041b025d4566d954c3b9ba8635a3a8a01e039005d97d6a710278cf05e",
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(WineQualityRed),
            Task = LearningTask.Regression,
            Rows = 1599,
            Features = 11,
            Licence = "CC BY 4.0",
            Citation = "P. Cortez, A. Cerdeira, F. Almeida, T. Matos and J. Reis (2009). Modeling wine preferences by data mining from physicochemical "
                + "properties. Decision Support Systems 47(4). Wine Quality, UCI Machine Learning Repository, doi 10.24432/C56S3T.",
            Origin = "UCI Machine Learning Repository",
            Notes = "240 rows repeat an earlier one. PyRelationAL loses the first record.",
            Files = [File],
        },
        files => files.Read(File, stream => TextTable.Read(stream, File.Path, 12, ';', headerLines: 1)),
        TableLayout.TargetLast(11),
        new PaperRule { LostRows = 1 });

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    internal static DatasetSource PaperCompatible => Table.Paper.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the features.</summary>
    /// <param name="paperCompatible">
    /// Whether to have the rows as PyRelationAL does: without the first record, permuted; only to compare with its results.
    /// </param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(bool paperCompatible = false, DatasetCache? cache = null) => Table.Load(paperCompatible, cache);
}
