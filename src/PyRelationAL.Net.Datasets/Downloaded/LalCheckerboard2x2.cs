namespace PyRelationAL.Datasets;

/// <summary>
/// The points of the 2×2 checkerboard that Konyushkova et al. (2017) published with Learning Active Learning (LAL): 2000 rows, two features, two classes.
/// <see cref="Checkerboard2x2"/> draws others of the same law.
/// </summary>
public static class LalCheckerboard2x2
{
    private static readonly DownloadedTable Table = LalRepository.Checkerboard(
        nameof(LalCheckerboard2x2),
        "checkerboard2x2",
        trainSha256: "8548b425b06946c21ba0fbd4d053fccddd5c6ee567bb69b26a8342e2dc6a8788",
        testSha256: "fe0e58d010ba8c9e0cb6ae57a96d78b1c89a579f6169ccdfdf0d78061b559bf1");

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    /// <summary>
    /// Loads the data, after downloading what is missing from the cache: the 1000 rows of the train part, then the 1000 of the test part, as PyRelationAL has
    /// them. The first call parses them; later calls share the features.
    /// </summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(DatasetCache? cache = null) => Table.Plain.Load(cache);
}
