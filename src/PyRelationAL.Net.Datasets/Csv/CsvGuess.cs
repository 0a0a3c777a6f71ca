using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// How to read a CSV file that nobody described: which columns say nothing or too much, and what to do where values are missing. Each guess is a sentence, so
/// that it can be shown, and overridden. Immutable.
/// </summary>
/// <remarks>
/// Left out are columns without any value, columns that never vary, texts that mostly differ from row to row or are more than
/// <see cref="CsvOptions.MaxCategories"/>, and whole numbers that count the rows or differ in all rows and are called an id. A column of numbers and a few
/// texts is taken as categories. Missing features become the median of their column. The task is the one that <see cref="CsvOptions.Task"/> describes.
/// </remarks>
public sealed class CsvGuess
{
    /// <summary>A text that more than every second row has for itself is a name.</summary>
    private const int FewNames = 20;

    private CsvGuess(CsvOptions options, IReadOnlyList<GuessedSetting> settings) => (Options, Settings) = (options, settings);

    /// <summary>The options, with what was guessed filled in.</summary>
    public CsvOptions Options { get; }

    /// <summary>What was guessed, in the order of the columns; the last one is the task.</summary>
    public IReadOnlyList<GuessedSetting> Settings { get; }

    /// <summary>Guesses how to read a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known already; columns that it names, and a <see cref="CsvOptions.Missing"/> other than to refuse, are kept.</param>
    /// <param name="kept">Columns that are not to be left out, whatever they look like.</param>
    /// <returns>The guess.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">The file does not hold a table with a target.</exception>
    public static CsvGuess Of(string path, CsvOptions? options = null, IReadOnlyList<string>? kept = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(Directory.Exists(path) ? $"'{path}' is a folder; name a file." : $"There is no file '{path}'.", path);
        }

        using FileStream stream = File.OpenRead(path);
        return Of(stream, path, options, kept);
    }

    /// <summary>Guesses how to read CSV from a stream.</summary>
    /// <param name="stream">The text; read to its end and left open.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="options">What is known already; columns that it names, and a <see cref="CsvOptions.Missing"/> other than to refuse, are kept.</param>
    /// <param name="kept">Columns that are not to be left out, whatever they look like.</param>
    /// <returns>The guess.</returns>
    /// <exception cref="DatasetFormatException">The text does not hold a table with a target.</exception>
    public static CsvGuess Of(Stream stream, string file, CsvOptions? options = null, IReadOnlyList<string>? kept = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        options ??= new CsvOptions();
        CsvTable table = CsvTable.Read(stream, file, options.Separator, options.Header);
        var missing = new MissingTokens(options.MissingTokens);
        var settings = new List<GuessedSetting>();
        int target = options.Target is null ? table.Columns.Length - 1 : table.ColumnNamed(options.Target, "target column");
        if (options.Target is null)
        {
            settings.Add(new(nameof(CsvOptions.Target), $"The target is '{table.Columns[target]}', the last column."));
        }

        HashSet<int> ignored = [.. options.IgnoredColumns.Select(name => table.ColumnNamed(name, "ignored column"))];
        HashSet<int> categorical = [.. options.CategoricalColumns.Select(name => table.ColumnNamed(name, "categorical column"))];
        HashSet<int> fixedColumns = [target, .. ignored, .. (kept ?? []).Select(name => table.ColumnNamed(name, "column to keep"))];
        for (int column = 0; column < table.Columns.Length; column++)
        {
            if (!fixedColumns.Contains(column) && !categorical.Contains(column))
            {
                Look(table, column, missing, options, ignored, categorical, settings);
            }
        }

        MissingValues treatment = options.Missing;
        int[] features = [.. Enumerable.Range(0, table.Columns.Length).Where(column => column != target && !ignored.Contains(column))];
        int gaps = table.Rows.Sum(row => features.Count(column => missing.Contains(row[column])));
        if (treatment == MissingValues.Refuse && gaps > 0)
        {
            treatment = MissingValues.ImputeMedian;
            int columns = features.Count(column => table.Rows.Exists(row => missing.Contains(row[column])));
            settings.Add(new(
                nameof(CsvOptions.Missing),
                Invariant($"{Count(gaps, "value is", "values are")} missing in {Count(columns, "column", "columns")}: numbers become the column's median, ")
                    + "texts its most frequent one."));
        }

        CsvOptions guessed = options with
        {
            Target = table.Columns[target],
            IgnoredColumns = [.. ignored.Order().Select(column => table.Columns[column])],
            CategoricalColumns = [.. categorical.Order().Select(column => table.Columns[column])],
            Missing = treatment,
        };
        LearningTask task = new CsvTarget(table, target, missing, guessed).Read().Task;
        if (options.Task is null)
        {
            settings.Add(new(nameof(CsvOptions.Task), TaskText(table, target, task)));
        }

        return new CsvGuess(guessed with { Task = task.Kind }, settings);
    }

    private static void Look(
        CsvTable table, int column, MissingTokens missing, CsvOptions options, HashSet<int> ignored, HashSet<int> categorical, List<GuessedSetting> settings)
    {
        string name = table.Columns[column];
        string[] present = [.. table.Rows.Select(row => row[column]).Where(text => !missing.Contains(text))];
        int texts = present.Count(text => !CsvNumber.TryParse(text, out _));
        int distinct = present.Distinct(StringComparer.Ordinal).Count();
        string? reason =
            present.Length == 0 ? "it has no value at all"
            : distinct == 1 && table.Rows.Count > 1 ? $"it never differs from '{present[0]}'"
            : texts == present.Length && distinct > options.MaxCategories ? Invariant($"it has {distinct} different texts, like names")
            : texts == present.Length && distinct > FewNames && 2 * distinct > present.Length ? Invariant($"its {distinct} texts mostly differ, like names")
            : texts == 0 && distinct == table.Rows.Count && IsIdentifier(name, present) ? "it numbers the rows, or is an id"
            : null;
        if (reason is not null)
        {
            ignored.Add(column);
            settings.Add(new(nameof(CsvOptions.IgnoredColumns), $"Column '{name}' is left out: {reason}."));
        }
        else if (texts == present.Length && !Array.Exists(present, CsvNumber.HasDecimalComma))
        {
            string text = Invariant($"Column '{name}' has {Count(distinct, "category", "categories")}, one feature each.");
            settings.Add(new(nameof(CsvOptions.CategoricalColumns), text));
        }
        else if (texts > 0 && texts < present.Length && distinct <= FewNames && !Array.Exists(present, CsvNumber.HasDecimalComma))
        {
            categorical.Add(column);
            settings.Add(new(
                nameof(CsvOptions.CategoricalColumns),
                Invariant($"Column '{name}' has numbers and texts: its {distinct} values are categories, one feature each.")));
        }
    }

    private static bool IsIdentifier(string name, string[] texts)
    {
        double[] values = [.. texts.Select(text => CsvNumber.TryParse(text, out double value) ? value : double.NaN)];
        if (values.Length <= 2 || !Array.TrueForAll(values, double.IsInteger))
        {
            return false;
        }

        string word = name.ToLowerInvariant();
        bool isCalledSo = word is "id" or "index" or "key" or "row" or "nr" or "no" or "uuid" || name.EndsWith("Id", StringComparison.Ordinal)
            || word.EndsWith("_id", StringComparison.Ordinal) || word.EndsWith(" id", StringComparison.Ordinal)
            || word.StartsWith("id_", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal)
            || word.StartsWith("unnamed", StringComparison.Ordinal);
        return isCalledSo || Enumerable.Range(1, values.Length - 1).All(i => values[i] - values[i - 1] == 1);
    }

    private static string TaskText(CsvTable table, int target, LearningTask task)
    {
        string name = table.Columns[target];
        string[] values = [.. table.Rows.Select(row => row[target])];
        int distinct = values.Distinct(StringComparer.Ordinal).Count();
        if (task.Kind == TaskKinds.Regression)
        {
            return Invariant($"The task is regression: '{name}' has {distinct} different numbers.");
        }

        string what = Array.TrueForAll(values, text => CsvNumber.TryParse(text, out _)) ? "whole numbers" : "texts";
        IEnumerable<string> classes = task.ClassNames!.Take(FewNames / 4);
        return Invariant($"The task is classification with {task.ClassCount} classes: '{name}' has only {task.ClassCount} different {what} ")
            + $"({string.Join(", ", classes)}{(task.ClassCount > FewNames / 4 ? ", …" : string.Empty)}).";
    }

    private static string Count(int count, string one, string many) => Invariant($"{count} {(count == 1 ? one : many)}");
}
