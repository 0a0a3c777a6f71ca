using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>A dataset read from the cache. It is read once for each cache folder; all loads share the features and have labels of their own.</summary>
/// <typeparam name="T">What it is read into.</typeparam>
internal class DownloadedDataset<T> : DatasetDownload
    where T : class, IDataset
{
    private readonly Lock _gate = new();
    private readonly Func<DatasetFiles, T> _read;
    private readonly Func<T, T> _withOwnLabels;
    private (string Folder, T Data)? _loaded;

    /// <summary>Creates the dataset; <paramref name="read"/> gets the files and throws <see cref="DatasetFormatException"/> where they are wrong.</summary>
    public DownloadedDataset(DatasetInfo info, Func<DatasetFiles, T> read, Func<T, T> withOwnLabels)
    {
        _read = read;
        _withOwnLabels = withOwnLabels;
        Source = new DatasetSource(info, _ => Load(DatasetCache.Default, cache => cache.Require(info))) { Download = this };
    }

    /// <summary>The dataset for those who load it later; it never downloads, since many runs at once would.</summary>
    public DatasetSource Source { get; }

    /// <summary>Loads the data, after downloading what is missing.</summary>
    public T Load(DatasetCache? cache) =>
        Load(cache ?? DatasetCache.Default, c => Task.Run(() => c.FetchAsync(Source)).GetAwaiter().GetResult());

    /// <inheritdoc/>
    public override void CheckContents(Func<DatasetFile, string> pathOf) => Read(new DatasetFiles(pathOf));

    private T Load(DatasetCache cache, Action<DatasetCache> require)
    {
        lock (_gate)
        {
            if (_loaded?.Folder != cache.Folder)
            {
                require(cache);
                _loaded = (cache.Folder, Read(new DatasetFiles(cache.PathOf)));
            }

            return _withOwnLabels(_loaded.Value.Data);
        }
    }

    private T Read(DatasetFiles files)
    {
        T data = _read(files);
        DatasetInfo info = Source.Info;
        return data.Count == info.Rows && data.FeatureCount == info.Features
            ? data
            : throw new DatasetFormatException(
                Invariant($"there are {data.Count} rows with {data.FeatureCount} features; {info.Name} has {info.Rows} with {info.Features}."),
                info.Files[0].Path);
    }
}
