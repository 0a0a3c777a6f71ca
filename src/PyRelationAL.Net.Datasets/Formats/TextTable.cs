using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads tables of numbers from text: one row a line, fields separated by one character or by any run of blanks and tabs.</summary>
internal static class TextTable
{
    /// <summary>A run of blanks and tabs as the separator.</summary>
    public const char Blanks = ' ';

    private static readonly char[] BlankCharacters = [' ', '\t'];

    /// <summary>Reads a table; empty lines are skipped.</summary>
    /// <param name="stream">The text, read to its end.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="columns">How many fields every line has.</param>
    /// <param name="separator">The separator.</param>
    /// <param name="headerLines">How many lines to skip at the beginning.</param>
    /// <param name="textColumns">How many fields at the beginning of a line are names, to be left out.</param>
    /// <exception cref="DatasetFormatException">A line has other fields.</exception>
    public static NumericTable Read(Stream stream, string file, int columns, char separator, int headerLines = 0, int textColumns = 0)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var values = new List<double>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (number <= headerLines || string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            string[] fields = separator == Blanks ? line.Split(BlankCharacters, StringSplitOptions.RemoveEmptyEntries) : line.Split(separator);
            if (fields.Length != columns)
            {
                throw new DatasetFormatException(Invariant($"there are {fields.Length} fields instead of {columns}."), file, number);
            }

            for (int j = textColumns; j < columns; j++)
            {
                values.Add(Number(fields[j], file, number, j));
            }
        }

        return values.Count > 0
            ? new NumericTable(file, [.. values], columns - textColumns)
            : throw new DatasetFormatException("there are no rows.", file);
    }

    private static double Number(string field, string file, int line, int column) =>
        double.TryParse(field.Trim().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new DatasetFormatException($"'{field}' is no finite number.", file, line, Invariant($"{column + 1}"));
}
