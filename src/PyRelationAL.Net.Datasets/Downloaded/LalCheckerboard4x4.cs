namespace PyRelationAL.Datasets;

/// <summary>
/// The points of the 4×4 checkerboard that Konyushkova et al. (2017) published with Learning Active Learning (LAL): 2000 rows, two features, two classes.
/// <see cref="Checkerboard4x4"/> draws others of the same law.
/// </summary>
public static class LalCheckerboard4x4
{
    private static readonly DownloadedTable Table = LalRepository.Checkerboard(
        nameof(LalCheckerboard4x4),
        "checkerboard4x4",
        trainSha256: "085c0ebc2ab864df095bdc5daed545a092be7515796e2ce746090f46152682b2",
        testSha256: "13e3a41215e3854c65b64e52582cb0c4959dc6552c94eff9210120c222d55655");

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
