namespace PyRelationAL.Datasets;

/// <summary>
/// TREC questions, coarse classes: 5952 questions in English; abbreviation, entity, description, human, location or number. The 5452 training questions come
/// first, then the 500 test questions.
/// </summary>
/// <remarks>
/// Features are <see cref="HashedTfidf"/> with its default options, whose weights are learned from the train part. For others use
/// <see cref="TextDataset.WithFeatures"/> or <see cref="TextDataset.WithEmbeddings"/>.
/// </remarks>
public static class TREC6
{
    private static readonly string[] Classes = ["ABBR", "ENTY", "DESC", "HUM", "LOC", "NUM"];

    private static readonly DatasetFile Train = File("train_5500.label", "9e4c8bdcaffb96ed61041bd64b564183d52793a8e91d84fc3a8646885f466ec3");

    private static readonly DatasetFile Test = File("TREC_10.label", "033f22c028c2bbba9ca682f68ffe204dc1aa6e1cf35dd6207f2d4ca67f0d0e8e");

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(TREC6),
        Task = LearningTask.Classification(Classes),
        Rows = 5952,
        Features = 1024,
        Licence = "none stated",
        Citation = "X. Li and D. Roth (2002). Learning question classifiers. COLING.",
        Origin = "cogcomp.seas.upenn.edu/Data/QA/QC",
        Notes = "Hashed TF-IDF of the questions. The first 5452 rows are the train part, the last 500 the test part.",
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
        files.Read(file, stream => QuestionFile.Read(stream, file.Path, Classes));

    private static DatasetFile File(string name, string sha256) => new()
    {
        Path = $"TREC6/{name}",
        Addresses = [new($"https://cogcomp.seas.upenn.edu/Data/QA/QC/{name}"), new($"http://cogcomp.org/Data/QA/QC/{name}")],
        Sha256 = sha256,
    };
}
