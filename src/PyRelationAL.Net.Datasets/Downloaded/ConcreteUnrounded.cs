namespace PyRelationAL.Datasets;

/// <summary><see cref="Concrete"/> with all digits of the publisher's spreadsheet.</summary>
public static class ConcreteUnrounded
{
    private static readonly DatasetFile File = new()
    {
        Path = "ConcreteUnrounded/Concrete_Data.xls",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/concrete/compressive/Concrete_Data.xls")],
        Sha256 = "710076c66b9ca3f8050e7942f3dcbdbe04013534daeb0077ffd3079a52d8e0c4",
        EqualCopies = ["0233dedd4c6f36b73ce7ffe2dd607eb5373ea74de1fe2a88c1b69fd69fabfad3"],
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(ConcreteUnrounded),
            Task = LearningTask.Regression,
            Rows = 1030,
            Features = 8,
            Licence = "CC BY 4.0",
            Citation = "I.-C. Yeh (1998). Modeling of strength of high-performance concrete using artificial neural networks. "
                + "Cement and Concrete Research 28(12). Concrete Compressive Strength, UCI Machine Learning Repository, doi 10.24432/C5PK67.",
            Origin = "UCI Machine Learning Repository",
            Notes = "The same rows as Concrete, which is rounded and needs no download.",
            Files = [File],
        },
        files => files.Read(File, stream => Spreadsheet.Read(stream, File.Path)),
        TableLayout.TargetLast(8),
        new PaperRule());

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    internal static DatasetSource PaperCompatible => Table.Paper.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the features.</summary>
    /// <param name="paperCompatible">
    /// Whether to have the rows as PyRelationAL does: permuted; only to compare with its results.
    /// </param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(bool paperCompatible = false, DatasetCache? cache = null) => Table.Load(paperCompatible, cache);
}
