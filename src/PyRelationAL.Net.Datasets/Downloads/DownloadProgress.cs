namespace PyRelationAL.Datasets;

/// <summary>How far a download is.</summary>
/// <param name="File">Which file.</param>
/// <param name="Bytes">Bytes received.</param>
/// <param name="TotalBytes">Bytes that the server announced; null where it did not.</param>
public readonly record struct DownloadProgress(DatasetFile File, long Bytes, long? TotalBytes);
