namespace PyRelationAL.Datasets;

/// <summary>Wheat kernels: seven measures of 210 kernels of three varieties (70 rows each).</summary>
public static class Seeds
{
    private static readonly DatasetFile File = new()
    {
        Path = "Seeds/seeds_dataset.txt",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/00236/seeds_dataset.txt")],
        Sha256 = "1f3f83c0d8485ae9148061389d19628607e3f5660e3d6f40ec9102fb398bb12f",
        EqualCopies = ["9dd99ff7e799c36b7fa98cb03ef066fdbbd89891d90eb9c2135eea2325e2097a"],
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(Seeds),
            Task = LearningTask.Classification(["Kama", "Rosa", "Canadian"]),
            Rows = 210,
            Features = 7,
            Licence = "CC BY 4.0",
            Citation = "M. Charytanowicz, J. Niewczas, P. Kulczycki, P. A. Kowalski, S. Łukasik and S. Żak (2010). Complete gradient clustering algorithm for "
                + "features analysis of X-ray images. Information Technologies in Biomedicine. Seeds, UCI Machine Learning Repository, doi 10.24432/C5H30K.",
            Origin = "UCI Machine Learning Repository",
            Notes = "Rows are sorted by class. PyRelationAL loses the first record.",
            Files = [File],
        },
        files => files.Read(File, stream => TextTable.Read(stream, File.Path, 8, TextTable.Blanks)),
        TableLayout.TargetLast(7, [1, 2, 3]),
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
