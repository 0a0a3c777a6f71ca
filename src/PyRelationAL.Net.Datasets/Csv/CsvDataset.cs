using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>The user's own data: a CSV file with one row for each item.</summary>
/// <remarks>
/// <para>
/// A feature column is numeric if one of its values is a number (<c>1.5</c>, <c>-2e3</c>; a point for the decimals, whatever the culture), and then any text in
/// it is an error. A column without a single number is one-hot encoded: one 0/1 feature for each of its values, in ordinal order, in the place of the
/// column; numbers with a decimal comma are refused unless the column is listed as categorical. Columns that do not vary are kept. Numbers
/// are rounded to float32, targets are kept in double precision.
/// </para>
/// <para>Files are read whole; a row costs about 30 bytes for each field while loading.</para>
/// </remarks>
public static class CsvDataset
{
    /// <summary>Loads a CSV file (RFC 4180; UTF-8, or UTF-16 with a byte order mark; LF or CRLF).</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; by default as <see cref="CsvOptions"/> says.</param>
    /// <returns>The dataset; its task carries the class names.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">The file does not hold what it should; the message names line and column.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static InMemoryDataset Load(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(Directory.Exists(path) ? $"'{path}' is a folder; name a file." : $"There is no file '{path}'.", path);
        }

        using FileStream stream = File.OpenRead(path);
        options ??= new CsvOptions();
        return Load(stream, path, options.Name is null ? options with { Name = Path.GetFileNameWithoutExtension(path) } : options);
    }

    /// <summary>Loads CSV from a stream, such as a compressed file or a download.</summary>
    /// <param name="stream">The text; read to its end and left open.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="options">How to read it; by default as <see cref="CsvOptions"/> says.</param>
    /// <returns>The dataset; its task carries the class names.</returns>
    /// <exception cref="DatasetFormatException">The text does not hold what it should; the message names line and column.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static InMemoryDataset Load(Stream stream, string file, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        options = Checked(options ?? new CsvOptions());
        CsvTable table = CsvTable.Read(stream, file, options.Separator, options.Header);
        var missing = new MissingTokens(options.MissingTokens);

        int target = options.Target is null ? table.Columns.Length - 1 : table.ColumnNamed(options.Target, "target column");
        HashSet<int> ignored = [.. options.IgnoredColumns.Select(name => table.ColumnNamed(name, "ignored column")), target];
        HashSet<int> categorical = [.. options.CategoricalColumns.Select(name => table.ColumnNamed(name, "categorical column"))];
        int[] features = [.. Enumerable.Range(0, table.Columns.Length).Where(column => !ignored.Contains(column))];
        if (features.Length == 0)
        {
            throw new DatasetFormatException(
                Invariant($"there is no feature column: the only one left is the target '{table.Columns[target]}'. Is the separator right?"), file);
        }

        if (options.Missing == MissingValues.DropRow)
        {
            table.KeepRows(row => !features.Any(column => missing.Contains(row[column])));
        }

        (LearningTask task, Label[] labels) = new CsvTarget(table, target, missing, options).Read();
        FeatureMatrix matrix = Join(
            [.. features.Select(column => new CsvFeature(table, column, missing, options).Read(categorical.Contains(column)))], table.Rows.Count);
        return new InMemoryDataset(options.Name ?? Path.GetFileNameWithoutExtension(file), matrix, task, labels);
    }

    private static CsvOptions Checked(CsvOptions options)
    {
        if (options.Task is not (null or TaskKinds.Classification or TaskKinds.Regression))
        {
            throw new ArgumentException($"Task is {options.Task}; a CSV file is for Classification, Regression, or null to guess.", nameof(options));
        }

        if (options.Task == TaskKinds.Regression && options.ClassNames is not null)
        {
            throw new ArgumentException("ClassNames are given and Task is Regression; class names need Classification, or null.", nameof(options));
        }

        if (options.ClassNames is { } names && names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw new ArgumentException($"ClassNames repeats a name: {string.Join(", ", names)}.", nameof(options));
        }

        return options.MaxCategories >= 1
            ? options
            : throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxCategories, Invariant($"MaxCategories is {options.MaxCategories}; it must be at least 1."));
    }

    private static FeatureMatrix Join(float[][][] columns, int rowCount)
    {
        float[][] flat = [.. columns.SelectMany(column => column)];
        var values = new float[checked(rowCount * flat.Length)];
        for (int j = 0; j < flat.Length; j++)
        {
            for (int i = 0; i < rowCount; i++)
            {
                values[(i * flat.Length) + j] = flat[j][i];
            }
        }

        return new FeatureMatrix(values, rowCount, flat.Length);
    }
}
