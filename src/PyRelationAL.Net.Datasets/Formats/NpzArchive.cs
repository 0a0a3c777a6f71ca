using System.IO.Compression;

namespace PyRelationAL.Datasets;

/// <summary>Reads NumPy's <c>.npz</c> format: a zip archive with one <c>.npy</c> file for each array.</summary>
internal static class NpzArchive
{
    private const string Ending = ".npy";

    /// <summary>Reads one array.</summary>
    /// <param name="stream">The archive; must be seekable.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="name">The array's name.</param>
    /// <exception cref="DatasetFormatException">It is no archive, has no such array, or is damaged.</exception>
    public static NumericTable Read(Stream stream, string file, string name) => Read(stream, file, name, null, NpyArray.Read);

    /// <summary>Reads one array of any dimensions.</summary>
    /// <param name="stream">The archive; must be seekable.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="name">The array's name, or null for that of <paramref name="usualName"/>, or the only one there is.</param>
    /// <param name="usualName">The name to look for where none is given.</param>
    /// <inheritdoc cref="Read(Stream, string, string)"/>
    public static NumberArray ReadAny(Stream stream, string file, string? name, string usualName) => Read(
        stream, file, name ?? usualName, name is null ? "Name one as FILE.npz:NAME." : null, NpyArray.ReadAny);

    // Where there is advice, no name was given, and an archive of a single array needs none.
    private static T Read<T>(Stream stream, string file, string name, string? advice, Func<Stream, string, T> read)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            ZipArchiveEntry entry = archive.GetEntry(name + Ending)
                ?? (advice is not null && archive.Entries.Count == 1 ? archive.Entries[0] : null)
                ?? throw new DatasetFormatException(
                    $"there is no array '{name}'; there are {string.Join(", ", archive.Entries.Select(e => e.FullName))}. {advice}".TrimEnd(), file);
            using Stream content = entry.Open();
            return read(content, $"{file}, {entry.FullName}");
        }
        catch (InvalidDataException e)
        {
            throw new DatasetFormatException($"the file is no readable zip archive ({e.Message.TrimEnd('.')}).", file, innerException: e);
        }
    }
}
