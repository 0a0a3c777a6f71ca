namespace PyRelationAL.Datasets;

/// <summary>
/// Striatum of a rat under the electron microscope: 20000 pixels with 272 features each; background (class 0, 17290 rows) or mitochondrion (class 1,
/// 2710 rows).
/// </summary>
/// <remarks>The SHA-256 of the two files with features is not known here, so they are judged by their rows and columns.</remarks>
public static class StriatumMini
{
    private static readonly DownloadedTable Table = LalRepository.Striatum(
        nameof(StriatumMini),
        trainLabelsSha256: "224f6bfe33906bec38315c04a2f1747fdfdb8b8d29afcb86021c5dbc84726ec7",
        testLabelsSha256: "7b5b4be6a030d68d8446f212a954dee9e7e7c18c9b1ae530a07f1d3a9164de48");

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    /// <summary>
    /// Loads the data, after downloading what is missing from the cache: the 10000 rows of the train part, then the 10000 of the test part, as PyRelationAL has
    /// them. The first call parses them; later calls share the features.
    /// </summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(DatasetCache? cache = null) => Table.Plain.Load(cache);
}
