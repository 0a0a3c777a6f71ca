namespace PyRelationAL.Datasets;

/// <summary>
/// AG News: 127600 news items in English, title and description; world, sports, business or science and technology, 31900 each. The 120000 training items come
/// first, then the 7600 test items.
/// </summary>
/// <remarks>
/// Features are <see cref="HashedTfidf"/> with its default options, whose weights are learned from the train part. For others use
/// <see cref="TextDataset.WithFeatures"/> or <see cref="TextDataset.WithEmbeddings"/>.
/// </remarks>
public static class AGNews
{
    private static readonly string[] Classes = ["World", "Sports", "Business", "Sci/Tech"];

    private static readonly DatasetFile Train = File("train.csv", "76a0a2d2f92b286371fe4d4044640910a04a803fdd2538e0f3f29a5c6f6b672e");

    private static readonly DatasetFile Test = File("test.csv", "521465c2428ed7f02f8d6db6ffdd4b5447c1c701962353eb2c40d548c3c85699");

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(AGNews),
        Task = LearningTask.Classification(Classes),
        Rows = 127600,
        Features = 1024,
        Licence = "for research and other non-commercial use",
        Citation = "X. Zhang, J. Zhao and Y. LeCun (2015). Character-level convolutional networks for text classification. NeurIPS 28; from A. Gulli's "
            + "corpus of news articles.",
        Origin = "github.com/mhjabreel/CharCnn_Keras",
        Notes = "Hashed TF-IDF of title and description. The first 120000 rows are the train part, the last 7600 the test part.",
        Files = [Train, Test],
    };

    private static readonly DownloadedDataset<TextDataset> Texts = new(
        Info, files => LabelledTexts.Join(Info, Part(files, Train), Part(files, Test)), data => data.WithOwnLabels());

    /// <summary>The dataset for those who load it later; it takes the files from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Texts.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call makes the features; later calls share them.</summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static TextDataset Load(DatasetCache? cache = null) => Texts.Load(cache);

    private static LabelledTexts Part(DatasetFiles files, DatasetFile file) =>
        files.Read(file, stream => LabelledCsv.Read(stream, file.Path, columns: 3, Classes.Length));

    private static DatasetFile File(string name, string sha256) => new()
    {
        Path = $"AGNews/{name}",
        Addresses = [new($"https://raw.githubusercontent.com/mhjabreel/CharCnn_Keras/master/data/ag_news_csv/{name}")],
        Sha256 = sha256,
    };
}
