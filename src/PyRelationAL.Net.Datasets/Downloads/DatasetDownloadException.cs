namespace PyRelationAL.Datasets;

/// <summary>A file of a dataset is missing or damaged, or could not be downloaded: the message says where to put it by hand.</summary>
public sealed class DatasetDownloadException : PyRelationALException
{
    /// <summary>Creates the exception; the message ends with how to get the file by hand.</summary>
    /// <param name="problem">What went wrong, as a sentence.</param>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it belongs.</param>
    /// <param name="innerException">What caused it.</param>
    public DatasetDownloadException(string problem, DatasetFile file, string path, Exception? innerException = null)
        : base($"{problem} {ByHand(file, path)}", innerException)
    {
        File = file;
        Path = path;
    }

    /// <summary>The file.</summary>
    public DatasetFile File { get; }

    /// <summary>Where it belongs.</summary>
    public string Path { get; }

    private static string ByHand(DatasetFile file, string path)
    {
        ArgumentNullException.ThrowIfNull(file);
        string from = string.Join(" or ", file.Addresses);
        string member = file.ArchiveMember is { } name ? $" (its member {name})" : string.Empty;
        string hash = file.Sha256 is { } sha256 ? $"; its SHA-256{(file.IsUnpackedSha256 ? " unpacked" : string.Empty)} is {sha256}" : string.Empty;
        return $"By hand: get {from}{member} and put it at '{path}'{hash}.";
    }
}
