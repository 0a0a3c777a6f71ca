namespace PyRelationAL.Datasets;

/// <summary>
/// Street View House Numbers, cropped digits: 99289 colour pictures, 32×32 pixels, red, then green, then blue, each row by row, scaled to [0, 1]; ten classes.
/// The 73257 training pictures come first, then the 26032 test pictures.
/// </summary>
/// <remarks>Kept as bytes, 305 MB; all of them as float32 take 1.2 GB. Class c is the digit c; the publisher's files have label 10 for the digit 0.</remarks>
public static class SVHN
{
    private static readonly DatasetFile Train = File("train_32x32.mat", "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8");

    private static readonly DatasetFile Test = File("test_32x32.mat", "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b");

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(SVHN),
        Task = LearningTask.Classification(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        Rows = 99289,
        Features = HouseNumberFiles.Pixels,
        Licence = "for non-commercial use",
        Citation = "Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu and A. Y. Ng (2011). Reading digits in natural images with unsupervised feature "
            + "learning. NIPS workshop on deep learning and unsupervised feature learning.",
        Origin = "ufldl.stanford.edu/housenumbers",
        Notes = "Pixels scaled to [0, 1]. The first 73257 rows are the train part, the last 26032 the test part; the extra part is left out.",
        Files = [Train, Test],
    };

    private static readonly DownloadedDataset<ImageDataset> Images = new(
        Info, files => HouseNumberFiles.Read(Info, files, [Train, Test]), data => data.WithOwnLabels());

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Images.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call unpacks them; later calls share the pictures.</summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static ImageDataset Load(DatasetCache? cache = null) => Images.Load(cache);

    private static DatasetFile File(string name, string sha256) => new()
    {
        Path = $"SVHN/{name}",
        Addresses = [new($"http://ufldl.stanford.edu/housenumbers/{name}")],
        Sha256 = sha256,
    };
}
