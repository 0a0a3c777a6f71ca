using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// Reads text whose columns nobody has described: rows of numbers separated by commas, semicolons, tabs or blanks, under a line of names or not.
/// </summary>
internal static class NumberText
{
    private static readonly char[] Separators = [',', ';', '\t', ' '];

    /// <summary>Reads a table; empty lines are skipped.</summary>
    /// <param name="stream">The text, read to its end.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="DatasetFormatException">There is no row, a field is no number, or rows differ in width.</exception>
    public static NumberArray Read(Stream stream, string file)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var values = new List<double>();
        string[]? names = null;
        char separator = default;
        int columns = 0, line = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (columns == 0)
            {
                separator = Array.Find(Separators, c => text.Trim().Contains(c, StringComparison.Ordinal));
                string[] fields = Fields(text, separator);
                columns = fields.Length;
                if (IsHeader(fields, file, line))
                {
                    names = fields;
                    continue;
                }
            }

            Add(values, text, separator, columns, file, line);
        }

        return values.Count > 0
            ? new NumberArray(file, [.. values], [values.Count / columns, columns]) { Names = names }
            : throw new DatasetFormatException(columns == 0 ? "the file is empty." : "the file has a header and no rows.", file);
    }

    private static bool IsHeader(string[] fields, string file, int line)
    {
        if (fields[0].Length == 0)
        {
            throw new DatasetFormatException(
                "the first column has no name, so it holds the rows' names. Leave them out: row.names = FALSE in R, index=False in pandas.", file, line);
        }

        int numbers = fields.Count(field => CsvNumber.TryParse(field, out _));
        if (numbers == fields.Length && fields.Length > 1 && fields.Select((field, j) => field == Invariant($"{j}")).All(isIndex => isIndex))
        {
            throw new DatasetFormatException(
                "the numbers from 0 upwards may be the columns' names or data. Give the columns names, or save the array as .npy.", file, line);
        }

        return numbers == 0 || (numbers < fields.Length
            ? throw new DatasetFormatException(
                $"'{fields.First(field => !CsvNumber.TryParse(field, out _))}' is no number, and the line is no header: others are numbers.", file, line)
            : false);
    }

    private static void Add(List<double> values, string text, char separator, int columns, string file, int line)
    {
        int found = 0;
        if (separator is not (default(char) or ' '))
        {
            foreach (Range range in text.AsSpan().Split(separator))
            {
                values.Add(Number(text.AsSpan(range).Trim().Trim('"'), found++, file, line));
            }
        }
        else
        {
            foreach (string field in Fields(text, separator))
            {
                values.Add(Number(field, found++, file, line));
            }
        }

        if (found != columns)
        {
            throw new DatasetFormatException(Invariant($"there are {found} fields instead of {columns}."), file, line);
        }
    }

    private static string[] Fields(string text, char separator) => separator is default(char) or ' '
        ? [.. text.Split(Separators[^1], StringSplitOptions.RemoveEmptyEntries).Select(field => field.Trim().Trim('"'))]
        : [.. text.Split(separator).Select(field => field.Trim().Trim('"'))];

    private static double Number(ReadOnlySpan<char> field, int column, string file, int line) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new DatasetFormatException($"'{field}' is no finite number.", file, line, Invariant($"{column + 1}"));
}
