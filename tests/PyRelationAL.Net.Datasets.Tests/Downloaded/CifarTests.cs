using System.IO.Compression;
using PyRelationAL.Datasets;
using PyRelationAL.Tests.Formats;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>CIFAR's archives, written record by record.</summary>
public sealed class CifarTests
{
    private const int Pixels = 3072;

    [Test]
    public void PicturesAndLabelsOfAllMembersAreReadInTheirOrder()
    {
        // The test batch stands first in the archive and is last in the rows.
        byte[] archive = TarGz.Of(
            "cifar/", ("test_batch.bin", Records([[9]], 7)), ("batches.meta.txt", "cat"u8.ToArray()), ("data_1.bin", Records([[3], [0]], 1)));
        DatasetFile file = SmallDownload.File("cifar.tar.gz", archive);
        DatasetInfo info = SmallDownload.Info(3, Pixels, 10, file);
        var cifar = new CifarArchive(file, [("cifar/data_1.bin", 2), ("cifar/test_batch.bin", 1)], labels: 1);
        ImageDataset images = cifar.Read(info, SmallDownload.Files(archive));
        Assert.That(Enumerable.Range(0, 3).Select(i => images.GetLabel(i).Class), Is.EqualTo(new[] { 3, 0, 9 }));
        Assert.That((images.Channels, images.Height, images.Width), Is.EqualTo((3, 32, 32)));
        Assert.That(images.GetItem(1).ToArray(), Is.EqualTo(Picture(2)));
        Assert.That(images.GetItem(2).ToArray(), Is.EqualTo(Picture(7)));
        Assert.That(images.GetFeatures([2, 0]).Row(1).ToArray(), Is.EqualTo(Picture(1).Select(p => p / 255f)));
        SmallDownload.RequireTheHashDecides(info, archive, files => cifar.Read(info, files), data => data.WithOwnLabels());
    }

    [TestCase(0, new[] { 19, 4 })]
    [TestCase(1, new[] { 99, 0 })]
    public void CoarseAndFineLabelsStandInThisOrder(int labelAt, int[] expected)
    {
        byte[] archive = TarGz.Of("cifar/", ("train.bin", Records([[19, 99], [4, 0]], 5)));
        ImageDataset images = Read(archive, labels: 2, classes: labelAt == 0 ? 20 : 100, labelAt: labelAt);
        Assert.That(Enumerable.Range(0, 2).Select(i => images.GetLabel(i).Class), Is.EqualTo(expected));
        Assert.That(images.GetItem(1).ToArray(), Is.EqualTo(Picture(6)));
    }

    [Test]
    public void DamagedArchivesAreErrorsThatSayWhere()
    {
        byte[] records = Records([[1], [2]], 0);
        RequireError(TarGz.Of("cifar/", ("train.bin", records[..^1])), "cut off");
        RequireError(TarGz.Of("cifar/", ("train.bin", [.. records, 0])), "more data");
        RequireError(TarGz.Of("cifar/", ("train.bin", Records([[1], [10]], 0))), "record 1 has label 10; labels are 0 to 9");
        RequireError(TarGz.Of("cifar/", ("test.bin", records)), "no member cifar/train.bin");
        byte[] whole = TarGz.Of("cifar/", ("train.bin", records));
        RequireError("<html>"u8.ToArray(), "no whole .tar.gz");
        RequireError([], "no whole .tar.gz");

        // The last bytes hold nothing but the archive's end.
        for (int length = 1; length < whole.Length - 50; length += 7)
        {
            Assert.That(() => Read(whole[..length]), Throws.InstanceOf<DatasetFormatException>(), $"{length} of {whole.Length} bytes");
        }
    }

    [Test]
    public void DamagedBytesGiveFormatErrorsAndNothingElse()
    {
        FormatFile.RequireNoSurprise(TarGz.Of("a/", ("b", "content"u8.ToArray())), Member);
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(TarGz.Of("a/", ("b", "content"u8.ToArray()))), CompressionMode.Decompress))
        {
            gzip.CopyTo(unpacked);
        }

        FormatFile.RequireNoSurprise(unpacked.ToArray()[..1600], stream =>
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                stream.CopyTo(gzip);
            }

            packed.Position = 0;
            return Member(packed);
        });

        static object Member(Stream stream)
        {
            byte[] content = [];
            TarGzArchive.Read(stream, "a.tar.gz", ["a/b"], (_, member) => content = new BinarySource(member, "b").Bytes(7));
            return content;
        }
    }

    private static void RequireError(byte[] archive, string message) => Assert.That(
        () => Read(archive), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message).And.Message.StartsWith("Small/cifar.tar.gz"));

    private static ImageDataset Read(byte[] archive, int labels = 1, int classes = 10, int labelAt = 0)
    {
        DatasetFile file = SmallDownload.File("cifar.tar.gz", archive);
        return new CifarArchive(file, [("cifar/train.bin", 2)], labels).Read(
            SmallDownload.Info(2, Pixels, classes, file), SmallDownload.Files(archive), labelAt);
    }

    private static byte[] Picture(int shift) => [.. Enumerable.Range(0, Pixels).Select(i => (byte)((i * 31) + (i / 1024) + shift))];

    private static byte[] Records(byte[][] labels, int shift) => [.. labels.SelectMany((label, i) => label.Concat(Picture(shift + i)))];
}
