using System.Buffers.Binary;
using System.IO.Compression;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Downloads;

/// <summary>Fashion-MNIST from a server to a dataset, with files of the publisher's names, sizes and format, and made-up pixels.</summary>
public sealed class ImageFilesTests
{
    private const int Train = 60000, Test = 10000, Side = 28, Pixels = Side * Side;

    private static readonly Dictionary<string, byte[]> Unpacked = new()
    {
        ["train-images-idx3-ubyte.gz"] = Idx([Train, Side, Side], i => Pixel(i / Pixels, i % Pixels)),
        ["train-labels-idx1-ubyte.gz"] = Idx([Train], i => i % 10),
        ["t10k-images-idx3-ubyte.gz"] = Idx([Test, Side, Side], i => Pixel(Train + (i / Pixels), i % Pixels)),
        ["t10k-labels-idx1-ubyte.gz"] = Idx([Test], i => 9 - (i % 10)),
    };

    private static readonly Dictionary<string, byte[]> Packed = Unpacked.ToDictionary(file => file.Key, file => Gzip(file.Value));

    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("images").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task AServersFilesAreFetchedVerifiedAndLoaded()
    {
        await using var server = new LocalServer(Packed.GetValueOrDefault);
        DownloadedDataset<ImageDataset> dataset = FashionMnistFrom(server.Address);
        var cache = new DatasetCache(_folder);
        Assert.That((await cache.FetchAsync(dataset.Source)).Select(file => file.State), Is.All.EqualTo(CachedFileState.Verified));
        Assert.That(cache.Verify(dataset.Source).Select(file => file.State), Is.EqualTo(Enumerable.Repeat(CachedFileState.Verified, 4)));
        Assert.That(
            FashionMNIST.Source.Info.Files.Select(file => File.Exists(cache.PathOf(file))), Is.All.True, "the files are where the data set looks for them");

        ImageDataset loaded = dataset.Load(cache);
        Assert.That((loaded.Name, loaded.Count, loaded.FeatureCount, loaded.Task.ClassCount), Is.EqualTo(("FashionMNIST", 70000, 784, 10)));
        foreach (int row in new[] { 0, 1, 59999, 60000, 69999 })
        {
            Assert.That(loaded.GetFeatures([row]).Values.ToArray(), Is.EqualTo(Enumerable.Range(0, Pixels).Select(j => Pixel(row, j) / 255f)), $"row {row}");
            Assert.That(loaded.GetLabel(row).Class, Is.EqualTo(row < Train ? row % 10 : 9 - (row % 10)), $"row {row}");
        }
    }

    [Test]
    public void OtherFilesThanThePublishersAreRefused()
    {
        using var publisher = new Publisher(address => new ByteArrayContent(Packed[address.Segments[^1]]));
        Assert.That(
            async () => await new DatasetCache(_folder, publisher).FetchAsync(FashionMNIST.Source),
            Throws.InstanceOf<DatasetDownloadException>().With.Message.Contains("not the publisher's file").And.Message.Contains("train-images-idx3-ubyte.gz"));
        Assert.That(publisher.Requests, Is.EqualTo(FashionMNIST.Source.Info.Files[0].Addresses));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    private static DownloadedDataset<ImageDataset> FashionMnistFrom(string address)
    {
        var images = new ImageFiles(
            nameof(FashionMNIST),
            [address],
            trainImages: Hash("train-images-idx3-ubyte.gz"),
            trainLabels: Hash("train-labels-idx1-ubyte.gz"),
            testImages: Hash("t10k-images-idx3-ubyte.gz"),
            testLabels: Hash("t10k-labels-idx1-ubyte.gz"));
        DatasetInfo info = FashionMNIST.Source.Info with { Files = images.All };
        return new DownloadedDataset<ImageDataset>(info, files => images.Read(info, files), data => data.WithOwnLabels());

        static string Hash(string name) => ToyDataset.Hash(Unpacked[name]);
    }

    private static byte Pixel(int row, int pixel) => (byte)((row + (pixel / Side)) % 251);

    private static byte[] Idx(int[] sizes, Func<int, int> valueOf)
    {
        int header = 4 + (4 * sizes.Length);
        var bytes = new byte[header + sizes.Aggregate((a, b) => a * b)];
        bytes[2] = 8;
        bytes[3] = (byte)sizes.Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), sizes[i]);
        }

        for (int i = header; i < bytes.Length; i++)
        {
            bytes[i] = (byte)valueOf(i - header);
        }

        return bytes;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }
}
