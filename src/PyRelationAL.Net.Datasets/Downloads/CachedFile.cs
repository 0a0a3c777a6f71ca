namespace PyRelationAL.Datasets;

/// <summary>A file of a dataset, as it is in the cache. Immutable.</summary>
/// <param name="File">Which file.</param>
/// <param name="Path">Where it is, or belongs.</param>
/// <param name="State">What is known of it.</param>
/// <param name="Sha256">Its hash, taken as <see cref="DatasetFile.Sha256"/> is; null where there is no readable file.</param>
/// <param name="Problem">What is wrong with a damaged file; null for the others.</param>
public sealed record CachedFile(DatasetFile File, string Path, CachedFileState State, string? Sha256 = null, string? Problem = null)
{
    /// <summary>Whether the file can be used: it is there and not known to be wrong.</summary>
    public bool IsUsable => State is CachedFileState.Verified or CachedFileState.HashUnknown;
}
