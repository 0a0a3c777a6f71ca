namespace PyRelationAL.Datasets;

/// <summary>
/// The folder in which downloaded files are kept. A file is compared with its SHA-256 before it is used, and gets its name only when it is whole and right: a
/// download that fails or is stopped leaves the cache as it was.
/// </summary>
/// <remarks>Safe for concurrent use, also by several processes: each downloads for itself, and the last one's file stays.</remarks>
public sealed class DatasetCache
{
    /// <summary>The environment variable that names the cache folder.</summary>
    public const string EnvironmentVariable = "PYRELATIONAL_CACHE";

    private const string FolderName = "PyRelationAL.Net";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    private readonly HttpMessageHandler? _handler;

    /// <summary>A cache in a folder.</summary>
    /// <param name="folder">
    /// The folder, which is created when something is downloaded; by default what the environment variable <see cref="EnvironmentVariable"/>
    /// says, or else <c>PyRelationAL.Net</c> in the user's cache folder of the platform: <c>%LocalAppData%</c>, <c>~/Library/Caches</c>,
    /// <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>.
    /// </param>
    /// <param name="handler">What answers the requests, for proxies and tests; it is not disposed. By default the network.</param>
    public DatasetCache(string? folder = null, HttpMessageHandler? handler = null)
    {
        Folder = Path.GetFullPath(folder ?? DefaultFolder());
        _handler = handler;
    }

    /// <summary>The default folder, as the environment says now, and the network.</summary>
    internal static DatasetCache Default => new();

    /// <summary>The folder, as a full path.</summary>
    public string Folder { get; }

    /// <summary>Where a file belongs.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its full path, whether it is there or not.</returns>
    public string PathOf(DatasetFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Path.Combine([Folder, .. file.Path.Split('/')]);
    }

    /// <summary>Whether all files of a dataset are there; nothing is read.</summary>
    /// <param name="dataset">The dataset; one without files is always there.</param>
    /// <returns>Whether none is missing.</returns>
    public bool Has(DatasetInfo dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset.Files.All(file => File.Exists(PathOf(file)));
    }

    /// <summary>
    /// Compares the files of a dataset with what is known of the publisher's: by SHA-256, and where none is known, by reading the data and counting
    /// rows and columns.
    /// </summary>
    /// <param name="source">The dataset; none of its files need be there.</param>
    /// <returns>One entry for each file; none for data that are shipped or generated.</returns>
    public IReadOnlyList<CachedFile> Verify(DatasetSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CachedFile[] files = [.. source.Info.Files.Select(Check)];
        if (source.Download is not { } download || files.All(file => file.State == CachedFileState.Verified) || !files.All(file => file.IsUsable))
        {
            return files;
        }

        try
        {
            download.CheckContents(PathOf);
            return files;
        }
        catch (DatasetFormatException e)
        {
            return [.. files.Select(f => f.State == CachedFileState.HashUnknown ? f with { State = CachedFileState.Damaged, Problem = e.Message } : f)];
        }
    }

    /// <summary>Downloads the files of a dataset that are missing or damaged.</summary>
    /// <param name="source">The dataset; for data that are shipped or generated there is nothing to do.</param>
    /// <param name="progress">Told after every few thousand bytes.</param>
    /// <param name="cancellationToken">Stops the download; files that are finished stay.</param>
    /// <returns>One entry for each file, all usable.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had, or the folder cannot be written.</exception>
    public async Task<IReadOnlyList<CachedFile>> FetchAsync(
        DatasetSource source, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        IReadOnlyList<CachedFile> before = Verify(source);
        DatasetFile[] wanted = [.. before.Where(file => !file.IsUsable).Select(file => file.File)];
        if (wanted.Length == 0)
        {
            return before;
        }

        // Beside the datasets' folders: one of those is made when there is something to put into it.
        string temporary = Path.Combine(Folder, ".fetch-" + Path.GetRandomFileName());
        bool isNew = !Directory.Exists(Folder);
        try
        {
            Directory.CreateDirectory(temporary);
            using HttpClient client = CreateClient();
            await FetchAsync(source, wanted, temporary, new FileDownload(client, progress), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetDownloadException(
                $"The cache folder '{Folder}' cannot be written ({e.Message.TrimEnd('.')}); {EnvironmentVariable} can name another one.",
                wanted[0],
                PathOf(wanted[0]),
                e);
        }
        finally
        {
            DeleteQuietly(temporary, recursive: true);
            if (isNew)
            {
                DeleteQuietly(Folder, recursive: false);
            }
        }

        return Verify(source);
    }

    /// <summary>The files of a dataset, all of them usable.</summary>
    /// <exception cref="DatasetDownloadException">One is missing or damaged.</exception>
    internal void Require(DatasetInfo dataset)
    {
        foreach (DatasetFile file in dataset.Files)
        {
            CachedFile cached = Check(file);
            if (!cached.IsUsable)
            {
                string problem = cached.State == CachedFileState.Missing ? "is not in the cache" : $"is damaged in the cache: {cached.Problem}";
                string folder = file.Path[..file.Path.IndexOf('/')];
                throw new DatasetDownloadException(
                    $"{file.Path} {problem}. Run 'pyrelational datasets fetch {folder}' or call {folder}.Load().", file, cached.Path);
            }
        }
    }

    private static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named)
        {
            return named;
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string caches = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS()
                ? Path.Combine(home, "Library", "Caches")
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } xdg && Path.IsPathFullyQualified(xdg) ? xdg : Path.Combine(home, ".cache");
        return Path.Combine(caches, FolderName);
    }

    private static void Place(string path, string destination)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        File.Move(path, destination, overwrite: true);
    }

    private static void DeleteQuietly(string folder, bool recursive)
    {
        try
        {
            Directory.Delete(folder, recursive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not empty, or cannot be deleted. A leftover is no reason to hide what happened before; nothing reads such folders.
        }
    }

    private async Task FetchAsync(
        DatasetSource source, DatasetFile[] wanted, string temporary, FileDownload download, CancellationToken cancellationToken)
    {
        var unverified = new Dictionary<DatasetFile, string>();
        foreach (DatasetFile file in wanted)
        {
            string path = Path.Combine(temporary, file.Name);
            CachedFile saved = await download.SaveAsync(file, path, PathOf(file), cancellationToken).ConfigureAwait(false);
            if (saved.State == CachedFileState.Verified)
            {
                Place(path, saved.Path);
            }
            else
            {
                unverified.Add(file, path);
            }
        }

        if (unverified.Count == 0)
        {
            return;
        }

        // Without a hash only the whole dataset can tell whether its files are right, so they wait for each other.
        try
        {
            source.Download!.CheckContents(file => unverified.GetValueOrDefault(file) ?? PathOf(file));
        }
        catch (DatasetFormatException e)
        {
            DatasetFile first = unverified.Keys.First();
            throw new DatasetDownloadException($"What came is not the publisher's file: {e.Message}", first, PathOf(first), e);
        }

        foreach ((DatasetFile file, string path) in unverified)
        {
            Place(path, PathOf(file));
        }
    }

    private CachedFile Check(DatasetFile file) => FileHash.Check(file, PathOf(file), PathOf(file));

    private HttpClient CreateClient()
    {
        var client = _handler is null
            ? new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout })
            : new HttpClient(_handler, disposeHandler: false);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(FolderName);
        return client;
    }
}
