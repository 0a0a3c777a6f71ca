namespace PyRelationAL.Datasets;

/// <summary>
/// MNIST: 70000 handwritten digits, 28×28 pixels row by row, scaled to [0, 1]; ten classes. The 60000 training images come first, then the 10000 test images.
/// </summary>
/// <remarks>Kept as bytes, 55 MB; all of them as float32 take 220 MB.</remarks>
public static class MNIST
{
    // What torchvision's users put in, and PyRelationAL with them.
    private const float PaperMean = 0.1307f;

    private const float PaperDeviation = 0.3081f;

    private static readonly ImageFiles Images = new(
        nameof(MNIST),
        ["http://yann.lecun.com/exdb/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"],
        trainImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        trainLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(MNIST),
        Task = LearningTask.Classification(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        Rows = ImageFiles.Rows,
        Features = ImageFiles.Pixels,
        Licence = "CC BY-SA 3.0, as usually stated",
        Citation = "Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998). Gradient-based learning applied to document recognition. Proc. IEEE 86(11).",
        Origin = "yann.lecun.com/exdb/mnist",
        Notes = "Pixels scaled to [0, 1]. The first 60000 rows are the train part, the last 10000 the test part.",
        Files = Images.All,
    };

    private static readonly DownloadedDataset<ImageDataset> Plain = new(Info, files => Images.Read(Info, files), data => data.WithOwnLabels());

    private static readonly DatasetInfo PaperInfo = Info with
    {
        Name = PaperRule.NameOf(Info.Name),
        Notes = "As PyRelationAL reads it: pixels scaled to [0, 1], minus 0.1307, divided by 0.3081.",
    };

    private static readonly DownloadedDataset<ImageDataset> Paper = new(
        PaperInfo, files => Images.Read(PaperInfo, files, PaperMean, PaperDeviation), data => data.WithOwnLabels());

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Plain.Source;

    internal static DatasetSource PaperCompatible => Paper.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the images.</summary>
    /// <param name="paperCompatible">Whether to subtract 0.1307 from pixels and divide them by 0.3081, as PyRelationAL does.</param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static ImageDataset Load(bool paperCompatible = false, DatasetCache? cache = null) => (paperCompatible ? Paper : Plain).Load(cache);
}
