using System.IO.Compression;

namespace PyRelationAL.Datasets;

/// <summary>Reads NumPy's <c>.npz</c> format: a zip archive with one <c>.npy</c> file for each array.</summary>
internal static class NpzArchive
{
    /// <summary>Reads one array.</summary>
    /// <param name="stream">The archive; must be seekable.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="name">The array's name.</param>
    /// <exception cref="DatasetFormatException">It is no archive, has no such array, or is damaged.</exception>
    public static NumericTable Read(Stream stream, string file, string name)
    {
        string member = name + ".npy";
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            ZipArchiveEntry entry = archive.GetEntry(member)
                ?? throw new DatasetFormatException(
                    $"there is no array '{name}'; there are {string.Join(", ", archive.Entries.Select(e => e.FullName))}.", file);
            using Stream content = entry.Open();
            return NpyArray.Read(content, $"{file}, {member}");
        }
        catch (InvalidDataException e)
        {
            throw new DatasetFormatException($"the file is no readable zip archive ({e.Message.TrimEnd('.')}).", file, innerException: e);
        }
    }
}
