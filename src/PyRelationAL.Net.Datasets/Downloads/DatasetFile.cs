namespace PyRelationAL.Datasets;

/// <summary>
/// One file of a dataset in its publisher's own format: where it comes from, where it lies in the cache, and how to know that it is the right one.
/// </summary>
public sealed record DatasetFile
{
    /// <summary>Where the file lies below the cache folder, with <c>/</c> between the dataset's name and the file's.</summary>
    /// <value>For example <c>Seeds/seeds_dataset.txt</c>.</value>
    public required string Path { get; init; }

    /// <summary>Where to download it, the original publisher first; the others hold the same file and are tried when the ones before fail.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>The member to take where the addresses lead to a zip archive.</summary>
    /// <value>Default: null, the address leads to the file itself.</value>
    public string? ArchiveMember { get; init; }

    /// <summary>
    /// The SHA-256 of the publisher's file, in lower-case hexadecimal; of what it unpacks to, where <see cref="IsUnpackedSha256"/> says so. Null where
    /// it is not known: such a file is accepted if its rows and columns are what they should be.
    /// </summary>
    public required string? Sha256 { get; init; }

    /// <summary>
    /// Whether the file is compressed with gzip and the SHA-256 is that of the data in it: copies packed by another program are the same then.
    /// </summary>
    /// <value>Default: false.</value>
    public bool IsUnpackedSha256 { get; init; }

    /// <summary>SHA-256 of copies whose bytes differ and whose values were compared and are the same: other line ends, or saved anew.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> EqualCopies { get; init; } = [];

    /// <summary>The file's name without its folder.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
