using System.IO.Compression;

namespace PyRelationAL.Datasets;

/// <summary>
/// Tiny ImageNet: 110000 colour pictures, 64×64 pixels, red, then green, then blue, each row by row, scaled to [0, 1]; 200 classes. The 100000 training
/// pictures come first, class by class, then the 10000 validation pictures; the test pictures have no labels and are left out.
/// </summary>
/// <remarks>
/// The publisher's pictures are JPEG files, which the caller's decoder has to decode, one after the other; so it is not in the <see cref="DatasetCatalogue"/>.
/// Class c is the c-th name of <c>wnids.txt</c> in ordinal order. Kept as bytes, 1.4 GB; all of them as float32 take 5.4 GB.
/// </remarks>
public static class TinyImageNet
{
    private const string Folder = "tiny-imagenet-200/";

    private static readonly DatasetFile Archive = new()
    {
        Path = "TinyImageNet/tiny-imagenet-200.zip",
        Addresses = [new("http://cs231n.stanford.edu/tiny-imagenet-200.zip")],
        Sha256 = "6198c8ae015e2b3e007c7841da39ec069199b9aa3bfa943a462022fe5e43c821",
    };

    private static readonly DatasetInfo Info = new()
    {
        Name = nameof(TinyImageNet),
        Task = LearningTask.Classification(200),
        Rows = 110000,
        Features = TinyImageNetFolder.Pixels,
        Licence = "for non-commercial research and education",
        Citation = "Y. Le and X. Yang (2015). Tiny ImageNet visual recognition challenge. CS 231N course report, Stanford University.",
        Origin = "cs231n.stanford.edu",
        Notes = "Pixels scaled to [0, 1]. The first 100000 rows are the train part, the last 10000 the validation part.",
        Files = [Archive],
    };

    /// <summary>The dataset for those who load it later; it takes the file from the cache and downloads nothing.</summary>
    /// <param name="decode">Decodes a JPEG file.</param>
    /// <returns>The source; its first load decodes all pictures, later ones share them.</returns>
    public static DatasetSource Source(ImageDecoder decode) => Images(decode).Source;

    /// <summary>Loads the data, after downloading what is missing from the cache.</summary>
    /// <param name="decode">Decodes a JPEG file.</param>
    /// <param name="cache">Where files are kept; by default the user's cache folder.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="DatasetDownloadException">A file could not be had; the message says where to put it by hand.</exception>
    /// <exception cref="DatasetFormatException">The archive does not hold what it should, or a picture is decoded to another size.</exception>
    public static ImageDataset Load(ImageDecoder decode, DatasetCache? cache = null) => Images(decode).Load(cache);

    /// <summary>Loads the data from a folder into which the publisher's archive was unpacked.</summary>
    /// <param name="folder">The folder with <c>wnids.txt</c>, <c>train</c> and <c>val</c>.</param>
    /// <param name="decode">Decodes a JPEG file.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DatasetFormatException">The folder does not hold what it should, or a picture is decoded to another size.</exception>
    public static ImageDataset LoadFolder(string folder, ImageDecoder decode)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(decode);
        return TinyImageNetFolder.Read(Info, ImageFolder.OnDisk(folder), decode);
    }

    private static DownloadedDataset<ImageDataset> Images(ImageDecoder decode)
    {
        ArgumentNullException.ThrowIfNull(decode);
        return new DownloadedDataset<ImageDataset>(Info, files => files.Read(Archive, stream => Read(stream, decode)), data => data.WithOwnLabels());
    }

    private static ImageDataset Read(Stream stream, ImageDecoder decode)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return TinyImageNetFolder.Read(Info, ImageFolder.InArchive(zip, Archive.Path, Folder), decode);
        }
        catch (InvalidDataException e)
        {
            throw new DatasetFormatException($"the file is no readable zip archive ({e.Message.TrimEnd('.')}).", Archive.Path, innerException: e);
        }
    }
}
