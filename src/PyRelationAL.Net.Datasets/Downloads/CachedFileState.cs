namespace PyRelationAL.Datasets;

/// <summary>What is known of a file in the cache.</summary>
public enum CachedFileState
{
    /// <summary>The file is not there.</summary>
    Missing,

    /// <summary>The file is not the publisher's: its hash differs, or it cannot be read.</summary>
    Damaged,

    /// <summary>The file has the publisher's hash, or that of a copy with the same values.</summary>
    Verified,

    /// <summary>The publisher's hash is not known; the file is there.</summary>
    HashUnknown,
}
