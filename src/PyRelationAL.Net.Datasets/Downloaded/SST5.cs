using System.IO.Compression;

namespace PyRelationAL.Datasets;

/// <summary>
/// Stanford Sentiment Treebank with five classes: 11855 sentences of film reviews, from very negative to very positive. The 8544 training sentences come first,
/// then the 1101 of the development part, then the 2210 test sentences; phrases within sentences are left out.
/// </summary>
/// <remarks>
/// Features are <see cref="HashedTfidf"/> with its default options, whose weights are learned from the train part. For others use
/// <see cref="TextDataset.WithFeatures"/> or <see cref="TextDataset.WithEmbeddings"/>.
/// </remarks>
public static class SST5
{
    private static readonly string[] Classes = ["very negative", "negative", "neutral", "positive", "very positive"];

    private static readonly string[] Members = ["trees/train.txt", "trees/dev.txt", "trees/test.txt"];

    private static readonly DatasetFile Archive = new()
    {
        Path = "SST5/trainDevTestTrees_PTB.zip",
        Addresses = [new("https://nlp.stanford.edu/sentiment/trainDevTestTrees_PTB.zip")],
        Sha256 = "5c613a4f673fc74097d523a2c83f38e0cc462984d847b82c7aaf36b01cbbbfcc",
    };

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(SST5),
        Task = LearningTask.Classification(Classes),
        Rows = 11855,
        Features = 1024,
        Licence = "none stated",
        Citation = "R. Socher, A. Perelygin, J. Wu, J. Chuang, C. D. Manning, A. Ng and C. Potts (2013). Recursive deep models for semantic "
            + "compositionality over a sentiment treebank. EMNLP.",
        Origin = "nlp.stanford.edu/sentiment",
        Notes = "Hashed TF-IDF of the sentences. The first 8544 rows are the train part, the next 1101 the development part, "
            + "the last 2210 the test part.",
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
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return LabelledTexts.Join(Info, Array.ConvertAll(Members, member => Part(zip, member)));
        }
        catch (InvalidDataException e)
        {
            throw new DatasetFormatException($"the file is no readable zip archive ({e.Message.TrimEnd('.')}).", Archive.Path, innerException: e);
        }
    }

    private static LabelledTexts Part(ZipArchive zip, string member)
    {
        ZipArchiveEntry entry = zip.GetEntry(member) ?? throw new DatasetFormatException($"the archive has no member {member}.", Archive.Path);
        using Stream content = entry.Open();
        return TreebankFile.Read(content, $"{Archive.Path}, {member}", Classes.Length);
    }
}
