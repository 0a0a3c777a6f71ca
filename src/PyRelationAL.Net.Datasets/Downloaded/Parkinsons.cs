namespace PyRelationAL.Datasets;

/// <summary>Parkinson's disease from voices: 22 measures of 195 recordings; of healthy people (class 0, 48 rows) or of patients (class 1, 147 rows).</summary>
/// <remarks>32 people gave about six recordings each, so ordinary folds have the same people in the training and the test part.</remarks>
public static class Parkinsons
{
    private static readonly DatasetFile File = new()
    {
        Path = "Parkinsons/parkinsons.data",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/parkinsons/parkinsons.data")],
        Sha256 = "a36116c2deac07895b79ce97a2f99a1b3720ac4892995ff5c3b9ccb397ed2bc5",
        EqualCopies = ["e3d207ce03dfed6029bd371a15f28a024b2d48892f691758df33b8fdedabf95a"],
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(Parkinsons),
            Task = LearningTask.Classification(["healthy", "Parkinson"]),
            Rows = 195,
            Features = 22,
            Licence = "CC BY 4.0",
            Citation = "M. A. Little, P. E. McSharry, S. J. Roberts, D. A. E. Costello and I. M. Moroz (2007). Exploiting nonlinear recurrence and fractal "
                + "scaling properties for voice disorder detection. BioMedical Engineering OnLine 6:23. UCI Machine Learning Repository, doi 10.24432/C59C74.",
            Origin = "UCI Machine Learning Repository",
            Notes = "About six recordings of each person: ordinary folds leak persons. The name of the recording is left out.",
            Files = [File],
        },
        files => files.Read(File, stream => TextTable.Read(stream, File.Path, 24, ',', headerLines: 1, textColumns: 1)),
        new TableLayout([.. Enumerable.Range(0, 23).Where(column => column != 16)], 16, [0, 1]),
        new PaperRule());

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    internal static DatasetSource PaperCompatible => Table.Paper.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the features.</summary>
    /// <param name="paperCompatible">
    /// Whether to have the rows as PyRelationAL does: permuted; the order of its features changes from run to run and is not reproduced; only to compare with
    /// its results.
    /// </param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(bool paperCompatible = false, DatasetCache? cache = null) => Table.Load(paperCompatible, cache);
}
