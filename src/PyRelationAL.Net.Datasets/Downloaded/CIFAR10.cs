namespace PyRelationAL.Datasets;

/// <summary>
/// CIFAR-10: 60000 colour pictures of things and animals, 32×32 pixels, red, then green, then blue, each row by row, scaled to [0, 1]; ten classes of 6000. The
/// 50000 training pictures come first, then the 10000 test pictures.
/// </summary>
/// <remarks>Kept as bytes, 184 MB; all of them as float32 take 737 MB.</remarks>
public static class CIFAR10
{
    private const string Folder = "cifar-10-batches-bin/";

    private static readonly DatasetFile File = new()
    {
        Path = "CIFAR10/cifar-10-binary.tar.gz",
        Addresses = [new("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")],
        Sha256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    };

    private static readonly CifarArchive Archive = new(
        File,
        [
            (Folder + "data_batch_1.bin", 10000),
            (Folder + "data_batch_2.bin", 10000),
            (Folder + "data_batch_3.bin", 10000),
            (Folder + "data_batch_4.bin", 10000),
            (Folder + "data_batch_5.bin", 10000),
            (Folder + "test_batch.bin", 10000),
        ],
        labels: 1);

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(CIFAR10),
        Task = LearningTask.Classification(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]),
        Rows = 60000,
        Features = CifarArchive.Pixels,
        Licence = "none stated",
        Citation = "A. Krizhevsky (2009). Learning multiple layers of features from tiny images. Technical report, University of Toronto.",
        Origin = "www.cs.toronto.edu/~kriz/cifar.html",
        Notes = "Pixels scaled to [0, 1]. The first 50000 rows are the train part, the last 10000 the test part.",
        Files = [File],
    };

    private static readonly DownloadedDataset<ImageDataset> Images = new(Info, files => Archive.Read(Info, files), data => data.WithOwnLabels());

    /// <summary>The dataset for those who load it later; it takes the file from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Images.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call unpacks them; later calls share the pictures.</summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static ImageDataset Load(DatasetCache? cache = null) => Images.Load(cache);
}
