using PyRelationAL.Datasets;
using PyRelationAL.Tests.Downloads;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>A download of a few rows in a publisher's format, with the hash of what the test made.</summary>
internal static class SmallDownload
{
    public static DatasetFile File(string name, byte[] content) => new()
    {
        Path = "Small/" + name,
        Addresses = [new("https://publisher.test/" + name)],
        Sha256 = ToyDataset.Hash(content),
    };

    public static DatasetInfo Info(int rows, int features, int classes, params DatasetFile[] files) => new()
    {
        Name = "Small",
        Task = LearningTask.Classification(classes),
        Rows = rows,
        Features = features,
        Licence = "none",
        Citation = "none",
        Origin = "this test",
        Files = files,
    };

    /// <summary>
    /// A right file is fetched and read; of a cut-off one, a changed one and one that is not there, the error says so and nothing is left in the cache.
    /// </summary>
    public static void RequireTheHashDecides<T>(DatasetInfo info, byte[] content, Func<DatasetFiles, T> read, Func<T, T> withOwnLabels)
        where T : class, IDataset
    {
        string folder = Directory.CreateTempSubdirectory("small").FullName;
        try
        {
            byte[] changed = [.. content];
            changed[^1] ^= 1;
            foreach ((byte[]? wrong, string message) in new[] { (content[..^1], "not the publisher's file"), (changed, "SHA-256"), (null, "404") })
            {
                using var publisher = new Publisher(_ => wrong is null ? null : new ByteArrayContent(wrong));
                Assert.That(
                    () => new DownloadedDataset<T>(info, read, withOwnLabels).Load(new DatasetCache(folder, publisher)),
                    Throws.InstanceOf<DatasetDownloadException>().With.Message.Contains(message).And.Message.Contains("By hand"));
                Assert.That(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), Is.Empty);
            }

            using var right = new Publisher(content);
            var cache = new DatasetCache(folder, right);
            var download = new DownloadedDataset<T>(info, read, withOwnLabels);
            T first = download.Load(cache), second = download.Load(cache);
            Assert.That((first.Count, first.FeatureCount, right.Requests.Count), Is.EqualTo((info.Rows, info.Features, info.Files.Count)));
            first.SetLabel(0, Label.Missing);
            Assert.That(second.GetLabel(0).IsMissing, Is.False, "labels are shared");

            var other = new DownloadedDataset<T>(info with { Rows = info.Rows + 1 }, read, withOwnLabels);
            Assert.That(() => other.Load(cache), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("Small has"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads content as the files of a download.</summary>
    public static DatasetFiles Files(byte[] content)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "small-" + Guid.NewGuid().ToString("N"));
        System.IO.File.WriteAllBytes(path, content);
        return new DatasetFiles(_ => path);
    }
}
