namespace PyRelationAL.Datasets;

/// <summary>Credit card fraud: 284807 payments, 28 principal components with time and amount; genuine (class 0) or fraudulent (class 1, 492 rows).</summary>
/// <remarks>The publisher's file is R's; its SHA-256 is not known here, so it is judged by its rows and columns.</remarks>
public static class CreditCard
{
    private static readonly DatasetFile File = new()
    {
        Path = "CreditCard/creditcard.Rdata",
        Addresses = [new("http://www.ulb.ac.be/di/map/adalpozz/data/creditcard.Rdata")],
        Sha256 = null,
    };

    private static readonly DownloadedTable Table = new(
        new DatasetInfo
        {
            Name = nameof(CreditCard),
            Task = LearningTask.Classification(["genuine", "fraudulent"]),
            Rows = 284807,
            Features = 30,
            Licence = "DbCL 1.0",
            Citation = "A. Dal Pozzolo, O. Caelen, R. A. Johnson and G. Bontempi (2015). Calibrating probability with undersampling for unbalanced "
                + "classification. IEEE Symposium Series on Computational Intelligence.",
            Origin = "Université Libre de Bruxelles, Machine Learning Group",
            Notes = "0.17 % of the rows are of class 1. The publisher's hash is not known: rows and columns are checked.",
            Files = [File],
        },
        files => files.Read(File, stream => RDataFile.Read(stream, File.Path, "creditcard")),
        TableLayout.TargetLast(30, [0, 1]));

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Table.Plain.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the features.</summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static InMemoryDataset Load(DatasetCache? cache = null) => Table.Plain.Load(cache);
}
