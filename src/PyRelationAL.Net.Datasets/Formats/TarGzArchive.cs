using System.Formats.Tar;
using System.IO.Compression;

namespace PyRelationAL.Datasets;

/// <summary>Reads members of a tar archive that is packed with gzip, in one pass.</summary>
internal static class TarGzArchive
{
    /// <summary>Reads some members, in the order in which they stand in the archive.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="members">The members' paths in the archive.</param>
    /// <param name="read">Gets a member's path and its content.</param>
    /// <exception cref="DatasetFormatException">It is no such archive, lacks a member, or is damaged.</exception>
    public static void Read(Stream stream, string file, IReadOnlyCollection<string> members, Action<string, Stream> read)
    {
        var missing = new HashSet<string>(members, StringComparer.Ordinal);
        try
        {
            using var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            using var tar = new TarReader(unpacked);
            while (missing.Count > 0 && tar.GetNextEntry() is { } entry)
            {
                string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
                if (entry.DataStream is { } content && missing.Remove(name))
                {
                    read(name, content);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new DatasetFormatException($"the file is no whole .tar.gz archive ({e.Message.TrimEnd('.')}).", file, innerException: e);
        }

        if (missing.Count > 0)
        {
            throw new DatasetFormatException($"the archive has no member {string.Join(", ", missing.Order(StringComparer.Ordinal))}.", file);
        }
    }
}
