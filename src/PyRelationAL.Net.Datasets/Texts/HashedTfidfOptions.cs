namespace PyRelationAL.Datasets;

/// <summary>How <see cref="HashedTfidf"/> counts. Immutable.</summary>
public sealed record HashedTfidfOptions
{
    /// <summary>The number of features D: how many buckets the words are hashed into; at least 1.</summary>
    /// <value>Default: 1024.</value>
    public int FeatureCount { get; init; } = 1024;

    /// <summary>How many consecutive words a feature may stand for: 1 for single words, 2 for pairs too, ...; at least 1.</summary>
    /// <value>Default: 2.</value>
    public int LongestNgram { get; init; } = 2;
}
