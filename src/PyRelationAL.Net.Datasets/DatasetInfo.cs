namespace PyRelationAL.Datasets;

/// <summary>What is known of a dataset without loading it. Immutable.</summary>
public sealed record DatasetInfo
{
    /// <summary>The name by which <see cref="DatasetCatalogue"/> finds it: the name of its class.</summary>
    public required string Name { get; init; }

    /// <summary>What is to be learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The number of rows N; for a generator, at its default sizes.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of features D.</summary>
    public required int Features { get; init; }

    /// <summary>The number of classes C; null for regression.</summary>
    public int? Classes => Task.Kind == TaskKinds.Regression ? null : Task.ClassCount;

    /// <summary>The licence of the data.</summary>
    public required string Licence { get; init; }

    /// <summary>Whom to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>Where this copy of the data comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>What a user should know before comparing results: rounding, left-out columns, train and test parts.</summary>
    /// <value>Default: empty.</value>
    public string Notes { get; init; } = string.Empty;

    /// <summary>The publisher's files, for data that are downloaded: the download manifest.</summary>
    /// <value>Default: empty, the data are shipped or generated.</value>
    public IReadOnlyList<DatasetFile> Files { get; init; } = [];

    /// <summary>Whether the data are drawn from a law, so that another seed gives another sample.</summary>
    /// <value>Default: false.</value>
    public bool IsGenerated { get; init; }
}
