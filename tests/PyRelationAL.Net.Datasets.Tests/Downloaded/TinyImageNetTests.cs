using System.IO.Compression;
using System.Text;
using PyRelationAL.Datasets;
using PyRelationAL.Tests.Downloads;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>Tiny ImageNet's folder with two classes; its "JPEG" files hold a number, which the decoder of these tests makes a picture of.</summary>
public sealed class TinyImageNetTests
{
    private const int Pixels = 3 * 64 * 64;

    private static readonly Dictionary<string, string> Whole = new()
    {
        ["wnids.txt"] = "n02\nn01\n",
        ["words.txt"] = "n01\tcat\nn02\tdog\n",
        ["train/n01/images/n01_0.JPEG"] = "10",
        ["train/n01/images/n01_1.JPEG"] = "11",
        ["train/n01/n01_boxes.txt"] = "n01_0.JPEG\t0\t0\t62\t62\n",
        ["train/n02/images/n02_0.JPEG"] = "20",
        ["val/val_annotations.txt"] = "val_0.JPEG\tn02\t0\t32\t44\t62\nval_1.JPEG\tn01\t2\t2\t3\t3\n",
        ["val/images/val_0.JPEG"] = "30",
        ["val/images/val_1.JPEG"] = "31",
        ["test/images/test_0.JPEG"] = "99",
    };

    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("tiny").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TrainThenValidationAreReadWithPlanesOfColour([Values] bool fromArchive)
    {
        ImageDataset images = fromArchive ? FromArchive(Whole) : FromFolder(Whole);
        Assert.That(images.Task.ClassNames, Is.EqualTo(new[] { "n01", "n02" }));
        Assert.That(Enumerable.Range(0, 5).Select(i => images.GetLabel(i).Class), Is.EqualTo(new[] { 0, 0, 1, 1, 0 }));
        Assert.That(Enumerable.Range(0, 5).Select(i => images.GetItem(i).Span[0]), Is.EqualTo(new[] { 10, 11, 20, 30, 31 }));
        byte[] picture = images.GetItem(1).ToArray();
        byte[] rgb = Decode("11"u8.ToArray());
        for (int i = 0; i < 64 * 64; i++)
        {
            Assert.That((picture[i], picture[4096 + i], picture[8192 + i]), Is.EqualTo((rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2])));
        }
    }

    [Test]
    public void AnotherFolderIsAnErrorThatSaysWhere()
    {
        RequireError(f => f.Remove("wnids.txt"), "wnids.txt: there is no such file");
        RequireError(f => f["wnids.txt"] = "n01\n", "1 classes instead of 2");
        RequireError(f => f["wnids.txt"] = "n01\nn01\n", "2 classes instead of 2 different ones");
        RequireError(f => f.Remove("train/n01/images/n01_1.JPEG"), "there are 4 images; Small has 5");
        RequireError(f => f.Remove("val/images/val_1.JPEG"), "val/images/val_1.JPEG: there is no such file");
        RequireError(f => f["val/val_annotations.txt"] = "val_0.JPEG n02", "is not the name of a file, a tab and a class");
        RequireError(f => f["train/n02/images/n02_0.JPEG"] = "small", "train/n02/images/n02_0.JPEG: the decoder gave 1 bytes; 12288 are needed");
    }

    [Test]
    public void TheLoaderRefusesWhatIsNotThePublishersAndLeavesNothing()
    {
        using var publisher = new Publisher("<html>"u8.ToArray());
        Assert.That(
            () => TinyImageNet.Load(Decode, new DatasetCache(_folder, publisher)),
            Throws.InstanceOf<DatasetDownloadException>().With.Message.Contains("not the publisher's file"));
        Assert.That(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(() => TinyImageNet.LoadFolder(Path.Combine(_folder, "none"), Decode), Throws.InstanceOf<DirectoryNotFoundException>());
        Assert.That(() => TinyImageNet.LoadFolder(_folder, null!), Throws.ArgumentNullException);
        FromFolder(Whole);
        Assert.That(
            () => TinyImageNet.LoadFolder(_folder, Decode), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains("2 classes instead of 200"));
    }

    private static DatasetInfo Info => SmallDownload.Info(5, Pixels, 2);

    private static byte[] Decode(byte[] encoded) => Encoding.UTF8.GetString(encoded) is "small"
        ? [0]
        : [.. Enumerable.Range(0, Pixels).Select(i => (byte)(int.Parse(Encoding.UTF8.GetString(encoded)) + i))];

    private static ImageDataset FromArchive(Dictionary<string, string> files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("tiny-imagenet-200/");
            foreach ((string name, string content) in files)
            {
                using Stream entry = zip.CreateEntry("tiny-imagenet-200/" + name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        return TinyImageNetFolder.Read(Info, ImageFolder.InArchive(archive, "tiny.zip", "tiny-imagenet-200/"), Decode);
    }

    private ImageDataset FromFolder(Dictionary<string, string> files)
    {
        foreach ((string name, string content) in files)
        {
            string path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }

        return TinyImageNetFolder.Read(Info, ImageFolder.OnDisk(_folder), Decode);
    }

    private static void RequireError(Action<Dictionary<string, string>> change, string message)
    {
        var files = new Dictionary<string, string>(Whole);
        change(files);
        Assert.That(() => FromArchive(files), Throws.InstanceOf<DatasetFormatException>().With.Message.Contains(message));
    }
}
