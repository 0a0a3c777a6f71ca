using System.IO.Compression;

namespace PyRelationAL.Datasets;

/// <summary>Files by their paths below a folder, with <c>/</c>: of a folder on the disk or of one in a zip archive.</summary>
internal sealed class ImageFolder(string place, IReadOnlyDictionary<string, Func<byte[]>> files)
{
    /// <summary>The folder, for messages.</summary>
    public string Place => place;

    /// <summary>All files of a folder on the disk.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImageFolder OnDisk(string folder) => new(folder, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
        path => Path.GetRelativePath(folder, path).Replace('\\', '/'), Func<byte[]> (path) => () => File.ReadAllBytes(path), StringComparer.Ordinal));

    /// <summary>The files below a folder of an archive, which has to stay open.</summary>
    public static ImageFolder InArchive(ZipArchive archive, string file, string folder) => new(
        $"{file}, {folder}",
        archive.Entries.Where(entry => entry.FullName.StartsWith(folder, StringComparison.Ordinal)).DistinctBy(entry => entry.FullName).ToDictionary(
            entry => entry.FullName[folder.Length..], Func<byte[]> (entry) => () => Content(entry), StringComparer.Ordinal));

    /// <summary>The paths that begin and end as given, in ordinal order.</summary>
    public string[] Paths(string start, string end) =>
    [
        .. files.Keys.Where(path => path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The content of a file.</summary>
    /// <exception cref="DatasetFormatException">There is no such file, or it cannot be read.</exception>
    public byte[] Read(string path)
    {
        try
        {
            return files.TryGetValue(path, out Func<byte[]>? read) ? read() : throw Error(path, "there is no such file.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetFormatException($"the file cannot be read ({e.Message.TrimEnd('.')}).", $"{place}, {path}", innerException: e);
        }
    }

    /// <summary>An error in a file.</summary>
    public DatasetFormatException Error(string path, string problem) => new(problem, $"{place}, {path}");

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
