using CsvHelper;
using PyRelationAL.Numerics;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>The cells of a CSV file as text: every row has one cell for each column.</summary>
internal sealed class CsvTable
{
    /// <summary>What a decoder puts where it finds no character.</summary>
    private const char UndecodedCharacter = '\uFFFD';

    private CsvTable(string file, string[] columns, List<string[]> rows, List<int> lines)
    {
        File = file;
        Columns = columns;
        Rows = rows;
        Lines = lines;
    }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>The columns' names, distinct.</summary>
    public string[] Columns { get; }

    /// <summary>The cells, row by row.</summary>
    public List<string[]> Rows { get; }

    /// <summary>The line, from 1, at which each row begins.</summary>
    public List<int> Lines { get; }

    /// <summary>
    /// Reads a table (RFC 4180: quotes, quoted separators and newlines, LF or CRLF; UTF-8 unless a byte order mark says otherwise). Empty lines are skipped;
    /// cells are trimmed outside of quotes. A missing separator is detected.
    /// </summary>
    /// <exception cref="DatasetFormatException">There is no row, rows differ in width, quotes are broken or names repeat.</exception>
    public static CsvTable Read(Stream stream, string file, char? separator, bool hasHeader)
    {
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using var reader = CsvReader.Create(stream, options);
        string[]? columns = null;
        var rows = new List<string[]>();
        var lines = new List<int>();
        while (MoveNext(reader, file))
        {
            var cells = new string[reader.FieldCount];
            for (int j = 0; j < cells.Length; j++)
            {
                cells[j] = reader.GetString(j);
            }

            int line = (int)reader.LineNumber;
            if (cells.Any(cell => cell.Contains(UndecodedCharacter)))
            {
                throw new DatasetFormatException("the text is not UTF-8: different characters would become the same one. Save the file as UTF-8.", file, line);
            }

            if (columns is null)
            {
                columns = hasHeader ? Names(cells, file, line) : [.. cells.Select((_, j) => DefaultName(j))];
                if (hasHeader)
                {
                    continue;
                }
            }

            if (cells.Length != columns.Length)
            {
                string fields = cells.Length == 1 ? "1 field" : Invariant($"{cells.Length} fields");
                throw new DatasetFormatException(
                    Invariant($"the row has {fields} and the table {columns.Length} columns, separated by '{Show(reader.Separator)}'."),
                    file,
                    line);
            }

            rows.Add(cells);
            lines.Add(line);
        }

        if (columns is null)
        {
            throw new DatasetFormatException("the file is empty.", file);
        }

        if (rows.Count == 0)
        {
            throw new DatasetFormatException("the file has a header and no rows.", file);
        }

        // A header taken for data is an error at the first cell; data taken for a header would be a row lost in silence.
        return hasHeader && IsData(columns, rows)
            ? throw new DatasetFormatException("the first line looks like data. If the file has no header, say so with Header = false.", file)
            : new CsvTable(file, columns, rows, lines);
    }

    /// <summary>Drops the rows that fail a test.</summary>
    /// <exception cref="DatasetFormatException">None is left.</exception>
    public void KeepRows(Predicate<string[]> keep)
    {
        int[] kept = [.. Enumerable.Range(0, Rows.Count).Where(i => keep(Rows[i]))];
        if (kept.Length == 0)
        {
            throw new DatasetFormatException("every row lacks a value; choose another way to treat missing values (Missing).", File);
        }

        for (int i = 0; i < kept.Length; i++)
        {
            (Rows[i], Lines[i]) = (Rows[kept[i]], Lines[kept[i]]);
        }

        Rows.RemoveRange(kept.Length, Rows.Count - kept.Length);
        Lines.RemoveRange(kept.Length, Lines.Count - kept.Length);
    }

    /// <summary>An error at one cell.</summary>
    public DatasetFormatException Error(string problem, int row, int column) => new(problem, File, Lines[row], Columns[column]);

    /// <summary>The position of a column.</summary>
    /// <exception cref="DatasetFormatException">There is no such column.</exception>
    public int ColumnNamed(string name, string what)
    {
        int column = Array.IndexOf(Columns, name);
        return column >= 0
            ? column
            : throw new DatasetFormatException(
                $"there is no {what} '{name}'.{NearestName.Suggestion(name, Columns)} The columns are {string.Join(", ", Columns)}.", File);
    }

    private static bool MoveNext(CsvReader reader, string file)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new DatasetFormatException(
                "a quote is not closed, or stands inside a field that does not begin with one. Quote the whole field and double the quotes in it.",
                file, e.LineNumber > 0 ? (int)e.LineNumber : null, innerException: e);
        }
    }

    private static string[] Names(string[] header, string file, int line)
    {
        string[] names = [.. header.Select((name, j) => name.Length == 0 ? DefaultName(j) : name)];
        return names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new DatasetFormatException(Invariant($"{twice.Count()} columns have this name; names must be distinct."), file, line, twice.Key)
            : names;
    }

    /// <summary>Whether all names are numbers; or some are, as those of pixels may be, and another one is a value in its own column.</summary>
    private static bool IsData(string[] names, List<string[]> rows)
    {
        int[] texts = [.. Enumerable.Range(0, names.Length).Where(j => !CsvNumber.TryParse(names[j], out _))];
        return texts.Length == 0 || (texts.Length < names.Length && texts.Any(j => rows.Any(row => row[j] == names[j])));
    }

    private static string DefaultName(int column) => Invariant($"column {column + 1}");

    private static string Show(char separator) => separator == '\t' ? "tab" : separator.ToString();
}
