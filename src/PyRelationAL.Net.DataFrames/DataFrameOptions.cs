namespace PyRelationAL.Adapters.DataFrames;

/// <summary>How <see cref="DataFrameDataset"/> reads a data frame.</summary>
public sealed record DataFrameOptions
{
    /// <summary>The dataset's name.</summary>
    /// <value>data frame</value>
    public string Name { get; init; } = "data frame";

    /// <summary>The column to predict.</summary>
    /// <value>null: the last column.</value>
    public string? Target { get; init; }

    /// <summary>
    /// <see cref="TaskKinds.Classification"/> or <see cref="TaskKinds.Regression"/>. Where null, it is guessed: classification where <see cref="ClassNames"/>
    /// are given, where the target is text or Boolean, or where all targets are whole numbers with at most 20 different values, at least two rows for each
    /// value on average; regression otherwise.
    /// </summary>
    /// <value>null</value>
    public TaskKinds? Task { get; init; }

    /// <summary>The targets that mean class 0, 1, ... as text; any other is an error. Where null, the classes are the different targets: numbers by value,
    /// texts in ordinal order, then false and true.</summary>
    /// <value>null</value>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Whether a row may lack its target; it becomes <see cref="Label.Missing"/>. Otherwise a missing target is an error.</summary>
    /// <value>false</value>
    public bool AllowMissingTargets { get; init; }

    /// <summary>Columns to encode one-hot although their values are numbers.</summary>
    /// <value>none; text columns are one-hot encoded anyway.</value>
    public IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    /// <summary>Columns to leave out, such as row numbers and names.</summary>
    /// <value>none</value>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>The most different values of a one-hot column. More than this is an error: it is most likely a name or an id.</summary>
    /// <value>100</value>
    public int MaxCategories { get; init; } = 100;
}
