using System.Formats.Tar;
using System.IO.Compression;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>Writes .tar.gz archives as publishers have them.</summary>
internal static class TarGz
{
    /// <summary>An archive with a folder before its files.</summary>
    public static byte[] Of(string folder, params (string Name, byte[] Content)[] files)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, folder));
            foreach ((string name, byte[] content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, folder + name) { DataStream = new MemoryStream(content) });
            }
        }

        return packed.ToArray();
    }
}
