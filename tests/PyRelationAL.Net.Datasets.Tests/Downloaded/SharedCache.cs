using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>A cache filled with the shared copies of publishers' files.</summary>
internal static class SharedCache
{
    /// <summary>Loads a dataset from the shared copies, or ends the test, with a reason, where they are missing.</summary>
    public static InMemoryDataset Load(DatasetSource source) => Load<InMemoryDataset>(source);

    /// <inheritdoc cref="Load(DatasetSource)"/>
    public static T Load<T>(DatasetSource source)
        where T : class, IDataset
    {
        string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "shared cache");
        Fill(folder, source.Info);
        return source.Download is DownloadedDataset<T> download ? download.Load(new DatasetCache(folder, new NoNetwork())) : (T)source.Load();
    }

    private static void Fill(string folder, DatasetInfo info)
    {
        var cache = new DatasetCache(folder);
        foreach (DatasetFile file in info.Files)
        {
            string shared = SharedData.Path((file.Path.StartsWith("MNIST/", StringComparison.Ordinal) ? "images/mnist/" : "original/") + file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(cache.PathOf(file))!);
            File.Copy(shared, cache.PathOf(file), overwrite: true);
            File.SetAttributes(cache.PathOf(file), FileAttributes.Normal);
        }
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The file is there; nothing is to be downloaded.");
    }
}
