namespace PyRelationAL.Datasets;

/// <summary>
/// Fashion-MNIST: 70000 pictures of clothes, 28×28 pixels row by row, scaled to [0, 1]; ten classes of 7000. The 60000 training pictures come first, then the
/// 10000 test pictures.
/// </summary>
/// <remarks>Kept as bytes, 55 MB; all of them as float32 take 220 MB. PyRelationAL has the same rows.</remarks>
public static class FashionMNIST
{
    private static readonly ImageFiles Images = new(
        nameof(FashionMNIST),
        [
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
        ],
        trainImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        trainLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(FashionMNIST),
        Task = LearningTask.Classification(
            ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]),
        Rows = ImageFiles.Rows,
        Features = ImageFiles.Pixels,
        Licence = "MIT",
        Citation = "H. Xiao, K. Rasul and R. Vollgraf (2017). Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms. "
            + "arXiv 1708.07747.",
        Origin = "github.com/zalandoresearch/fashion-mnist",
        Notes = "Pixels scaled to [0, 1]. The first 60000 rows are the train part, the last 10000 the test part.",
        Files = Images.All,
    };

    private static readonly DownloadedDataset<ImageDataset> Plain = new(Info, files => Images.Read(Info, files), data => data.WithOwnLabels());

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Plain.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call parses them; later calls share the pictures.</summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static ImageDataset Load(DatasetCache? cache = null) => Plain.Load(cache);
}
