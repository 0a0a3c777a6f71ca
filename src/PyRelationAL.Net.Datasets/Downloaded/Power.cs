namespace PyRelationAL.Datasets;

/// <summary>
/// Combined cycle power plant: the net electrical output in MW of 9568 hours at full load, from temperature, exhaust vacuum, pressure and humidity.
/// </summary>
public static class Power
{
    private static readonly DatasetFile File = new()
    {
        Path = "Power/Folds5x2_pp.xlsx",
        Addresses = [new("https://archive.ics.uci.edu/ml/machine-learning-databases/00294/CCPP.zip")],
        ArchiveMember = "CCPP/Folds5x2_pp.xlsx",
        Sha256 = "ccd490981db2a2f079963b3d9f0aea30d9d338900a0285428dfc6385396f4651",
        EqualCopies = ["cf503a3d5e7262fb2431687d4a603eb695cfcd1205b451da486c3a8f8e3ec64e"],
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(Power),
            Task = LearningTask.Regression,
            Rows = 9568,
            Features = 4,
            Licence = "CC BY 4.0",
            Citation = "P. Tüfekci (2014). Prediction of full load electrical power output of a base load operated combined cycle power plant using "
                + "machine learning methods. Int. J. of Electrical Power & Energy Systems 60. UCI Machine Learning Repository, doi 10.24432/C5002N.",
            Origin = "UCI Machine Learning Repository",
            Notes = "The first of the workbook's five sheets; the others have the same rows in other orders.",
            Files = [File],
        },
        files => files.Read(File, stream => Spreadsheet.Read(stream, File.Path)),
        TableLayout.TargetLast(4));

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the features.</summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(DatasetCache? cache = null) => Table.Plain.Load(cache);
}
