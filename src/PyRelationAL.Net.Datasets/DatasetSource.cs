using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>A dataset that can be loaded by whoever needs it: what an experiment holds, rather than the data themselves.</summary>
/// <remarks>Safe for concurrent use as long as the function that loads is.</remarks>
public sealed class DatasetSource
{
    private readonly Func<long, IDataset> _load;

    /// <summary>Creates a source.</summary>
    /// <param name="info">What is known of the dataset.</param>
    /// <param name="load">
    /// Gets a seed, which data that are not generated ignore, and gives a dataset whose labels nobody else has; the same seed gives the same data.
    /// </param>
    public DatasetSource(DatasetInfo info, Func<long, IDataset> load)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(load);
        Info = info;
        _load = load;
    }

    /// <summary>What is known of the dataset.</summary>
    public DatasetInfo Info { get; }

    /// <summary>The dataset's name.</summary>
    public string Name => Info.Name;

    /// <summary>Where the data come from if they are downloaded; null if they are shipped, generated or the user's own.</summary>
    internal DatasetDownload? Download { get; init; }

    /// <summary>A source for a dataset that is there already, such as the user's own CSV. Every load has labels of its own over the same features.</summary>
    /// <param name="dataset">
    /// The dataset; its labels are copied. Loads of one that is not an <see cref="InMemoryDataset"/> have its features, but not what else it can do, such as
    /// giving raw items; create a source with a function that makes a new dataset where that is needed.
    /// </param>
    /// <param name="info">What is known of it; by default its name and sizes, with an unknown licence.</param>
    /// <returns>The source.</returns>
    public static DatasetSource Of(IDataset dataset, DatasetInfo? info = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        info ??= new DatasetInfo
        {
            Name = dataset.Name,
            Task = dataset.Task,
            Rows = dataset.Count,
            Features = dataset.FeatureCount,
            Licence = "unknown",
            Citation = "unknown",
            Origin = "the caller",
        };
        if (dataset is InMemoryDataset inMemory)
        {
            InMemoryDataset original = inMemory.WithOwnLabels();
            return new DatasetSource(info, _ => original.WithOwnLabels());
        }

        Label[] labels = [.. Enumerable.Range(0, dataset.Count).Select(dataset.GetLabel)];
        return new DatasetSource(info, _ => new OwnLabels(dataset, labels));
    }

    /// <summary>Loads or generates the data.</summary>
    /// <param name="seed">Which sample of a generated dataset; the others ignore it.</param>
    /// <returns>A dataset with labels of its own; an <see cref="ImageDataset"/> of images, a <see cref="TextDataset"/> of
    /// texts, an <see cref="InMemoryDataset"/> for all others of the <see cref="DatasetCatalogue"/>.
    /// </returns>
    /// <exception cref="DatasetDownloadException">The files are not in the cache, or damaged there: nothing is downloaded here.</exception>
    /// <exception cref="DatasetFormatException">A file does not hold what it should.</exception>
    public IDataset Load(long seed = 0) => _load(seed);

    /// <summary>One line for lists.</summary>
    /// <returns>For example <c>Iris: classification (3 classes), 150 rows, 4 features</c>.</returns>
    public override string ToString() => Invariant($"{Name}: {Info.Task}, {Info.Rows} rows, {Info.Features} features");
}
