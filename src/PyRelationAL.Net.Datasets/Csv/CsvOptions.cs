namespace PyRelationAL.Datasets;

/// <summary>How to read a user's CSV file. Immutable.</summary>
public sealed record CsvOptions
{
    /// <summary>The column to predict.</summary>
    /// <value>Default: null, the last column.</value>
    public string? Target { get; init; }

    /// <summary>What separates fields; an ASCII character.</summary>
    /// <value>Default: null, detected from the first lines among comma, semicolon, tab and |.</value>
    public char? Separator { get; init; }

    /// <summary>Whether the first line names the columns. Without a header they are called <c>column 1</c>, <c>column 2</c>, ...</summary>
    /// <value>Default: true.</value>
    public bool Header { get; init; } = true;

    /// <summary>
    /// <see cref="TaskKinds.Classification"/> or <see cref="TaskKinds.Regression"/>. Where null, it is guessed: classification where <see cref="ClassNames"/>
    /// are given, where no target is a number, or where all targets are whole numbers with at most 20 different values, at least two rows for each value on
    /// average; regression otherwise.
    /// </summary>
    /// <value>Default: null.</value>
    public TaskKinds? Task { get; init; }

    /// <summary>What to do where a feature is missing.</summary>
    /// <value>Default: <see cref="MissingValues.Refuse"/>.</value>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;

    /// <summary>Fields that mean a missing value, besides empty ones; in any letter case.</summary>
    /// <value>Default: NA, NaN and ?.</value>
    public IReadOnlyList<string> MissingTokens { get; init; } = ["NA", "NaN", "?"];

    /// <summary>Whether a row may lack its target; it becomes <see cref="Label.Missing"/>. Otherwise a missing target is an error.</summary>
    /// <value>Default: false.</value>
    public bool AllowMissingTargets { get; init; }

    /// <summary>
    /// The targets that mean class 0, 1, ...; any other is an error. Where null, the classes are the different targets: told apart and
    /// ordered by value where all are numbers, as texts in ordinal (code unit) order otherwise.
    /// </summary>
    /// <value>Default: null.</value>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Columns to encode one-hot although their values are numbers, or partly numbers.</summary>
    /// <value>Default: none; a column without any number is one-hot encoded anyway.</value>
    public IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    /// <summary>Columns to leave out, such as row numbers and names.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>
    /// The most different values of a one-hot column. More than this is an error: it is most likely a name or an id, and would cost one feature for each value.
    /// </summary>
    /// <value>Default: 100.</value>
    public int MaxCategories { get; init; } = 100;

    /// <summary>The dataset's name.</summary>
    /// <value>Default: null, the file's name without extension.</value>
    public string? Name { get; init; }
}
