namespace PyRelationAL.Datasets;

/// <summary>
/// Yelp reviews with one to five stars: 700000 reviews, 140000 of each class; class c has c + 1 stars. The 650000 training reviews come first, then the 50000
/// test reviews.
/// </summary>
/// <remarks>
/// Features are <see cref="HashedTfidf"/> with its default options, whose weights are learned from the train part. For others use
/// <see cref="TextDataset.WithFeatures"/> or <see cref="TextDataset.WithEmbeddings"/>.
/// </remarks>
public static class YelpReviewFull
{
    private const string TrainMember = "yelp_review_full_csv/train.csv";

    private const string TestMember = "yelp_review_full_csv/test.csv";

    private static readonly string[] Classes = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"];

    private static readonly DatasetFile Archive = new()
    {
        Path = "YelpReviewFull/yelp_review_full_csv.tgz",
        Addresses = [new("https://s3.amazonaws.com/fast-ai-nlp/yelp_review_full_csv.tgz")],
        Sha256 = "56006b0a17a370f1e366504b1f2c3e3754e4a3dda17d3e718a885c552869a559",
    };

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(YelpReviewFull),
        Task = LearningTask.Classification(Classes),
        Rows = 700000,
        Features = 1024,
        Licence = "terms of the Yelp dataset challenge",
        Citation = "X. Zhang, J. Zhao and Y. LeCun (2015). Character-level convolutional networks for text classification. NeurIPS 28.",
        Origin = "s3.amazonaws.com/fast-ai-nlp",
        Notes = "Hashed TF-IDF of the reviews. The first 650000 rows are the train part, the last 50000 the test part.",
        Files = [Archive],
    };

    private static readonly DownloadedDataset<TextDataset> Texts = new(
        Info, files => files.Read(Archive, Read), data => data.WithOwnLabels());

    /// <summary>The dataset for those who load it later; it takes the file from the cache and downloads nothing.</summary>
    public static DatasetSource Source => Texts.Source;

    /// <summary>Loads the data, after downloading what is missing from the cache. The first call makes the features; later calls share them.</summary>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>A dataset with labels of its own.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public static TextDataset Load(DatasetCache? cache = null) => Texts.Load(cache);

    private static TextDataset Read(Stream stream)
    {
        var parts = new Dictionary<string, LabelledTexts>(StringComparer.Ordinal);
        TarGzArchive.Read(stream, Archive.Path, [TrainMember, TestMember], (member, content) =>
            parts.Add(member, LabelledCsv.Read(content, $"{Archive.Path}, {member}", columns: 2, Classes.Length)));
        return LabelledTexts.Join(Info, parts[TrainMember], parts[TestMember]);
    }
}
