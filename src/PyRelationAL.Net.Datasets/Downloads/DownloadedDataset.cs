using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>A dataset read from the cache. It is read once for each cache folder; all loads share the features and have labels of their own.</summary>
internal sealed class DownloadedDataset
{
    private readonly Lock _gate = new();
    private readonly Func<DatasetFiles, InMemoryDataset> _read;
    private (string Folder, InMemoryDataset Data)? _loaded;

    /// <summary>Creates the dataset; <paramref name="read"/> gets the files and throws <see cref="DatasetFormatException"/> where they are wrong.</summary>
    public DownloadedDataset(DatasetInfo info, Func<DatasetFiles, InMemoryDataset> read)
    {
        _read = read;
        Source = new DatasetSource(info, _ => Load(DatasetCache.Default, cache => cache.Require(info))) { Download = this };
    }

    /// <summary>The dataset for those who load it later; it never downloads, since many runs at once would.</summary>
    public DatasetSource Source { get; }

    /// <summary>Loads the data, after downloading what is missing.</summary>
    public InMemoryDataset Load(DatasetCache? cache) =>
        Load(cache ?? DatasetCache.Default, c => Task.Run(() => c.FetchAsync(Source)).GetAwaiter().GetResult());

    /// <summary>Reads files wherever they lie.</summary>
    /// <exception cref="DatasetFormatException">They do not hold what they should.</exception>
    public void CheckContents(Func<DatasetFile, string> pathOf) => Read(new DatasetFiles(pathOf));

    private InMemoryDataset Load(DatasetCache cache, Action<DatasetCache> require)
    {
        lock (_gate)
        {
            if (_loaded?.Folder != cache.Folder)
            {
                require(cache);
                _loaded = (cache.Folder, Read(new DatasetFiles(cache.PathOf)));
            }

            return _loaded.Value.Data.WithOwnLabels();
        }
    }

    private InMemoryDataset Read(DatasetFiles files)
    {
        InMemoryDataset data = _read(files);
        DatasetInfo info = Source.Info;
        return data.Count == info.Rows && data.FeatureCount == info.Features
            ? data
            : throw new DatasetFormatException(
                Invariant($"there are {data.Count} rows with {data.FeatureCount} features; {info.Name} has {info.Rows} with {info.Features}."),
                info.Files[0].Path);
    }
}
