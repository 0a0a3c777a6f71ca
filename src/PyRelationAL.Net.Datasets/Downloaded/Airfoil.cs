namespace PyRelationAL.Datasets;

/// <summary>
/// Self-noise of airfoils: the scaled sound pressure level in decibels of 1503 measurements in a wind tunnel, from frequency, angle of attack, chord
/// length, free-stream velocity and displacement thickness.
/// </summary>
public static class Airfoil
{
    private static readonly DatasetFile File = new()
    {
        Path = "Airfoil/airfoil_self_noise.dat",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/00291/airfoil_self_noise.dat")],
        Sha256 = "74c75fd71783f1e6b71f8a622b993dc592897a97cd689c5090a07147a1b097b3",
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(Airfoil),
            Task = LearningTask.Regression,
            Rows = 1503,
            Features = 5,
            Licence = "CC BY 4.0",
            Citation = "T. F. Brooks, D. S. Pope and M. A. Marcolini (1989). Airfoil self-noise and prediction. NASA RP-1218. "
                + "Airfoil Self-Noise, UCI Machine Learning Repository, doi 10.24432/C5VW2C.",
            Origin = "UCI Machine Learning Repository",
            Notes = "Features in very different units; PyRelationAL loses the first record.",
            Files = [File],
        },
        files => files.Read(File, stream => TextTable.Read(stream, File.Path, 6, TextTable.Blanks)),
        TableLayout.TargetLast(5),
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
