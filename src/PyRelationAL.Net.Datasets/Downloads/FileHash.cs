using System.IO.Compression;
using System.Security.Cryptography;

namespace PyRelationAL.Datasets;

/// <summary>Compares a file with what is known of the publisher's.</summary>
internal static class FileHash
{
    /// <summary>What the file at <paramref name="path"/> is; <paramref name="shownPath"/> is where it belongs.</summary>
    public static CachedFile Check(DatasetFile file, string path, string shownPath)
    {
        if (!File.Exists(path))
        {
            return new CachedFile(file, shownPath, CachedFileState.Missing);
        }

        string hash;
        try
        {
            using FileStream packed = File.OpenRead(path);
            using Stream stream = file.IsUnpackedSha256 ? new GZipStream(packed, CompressionMode.Decompress) : packed;
            hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (InvalidDataException)
        {
            return new CachedFile(file, shownPath, CachedFileState.Damaged, null, "it is not a whole gzip file");
        }

        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CachedFile(file, shownPath, CachedFileState.Damaged, null, $"it cannot be read ({e.Message.TrimEnd('.')})");
        }

        if (file.Sha256 is null)
        {
            return new CachedFile(file, shownPath, CachedFileState.HashUnknown, hash);
        }

        return hash == file.Sha256 || file.EqualCopies.Contains(hash, StringComparer.Ordinal)
            ? new CachedFile(file, shownPath, CachedFileState.Verified, hash)
            : new CachedFile(file, shownPath, CachedFileState.Damaged, hash, $"its SHA-256 is {hash} instead of {file.Sha256}");
    }
}
