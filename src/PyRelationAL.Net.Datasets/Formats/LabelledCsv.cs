using CsvHelper;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads the CSV files of X. Zhang, J. Zhao and Y. LeCun (2015): no header, every field quoted, the class from 1 and then one or more texts.</summary>
internal static class LabelledCsv
{
    /// <summary>
    /// Reads all rows. The texts of a row are joined with a blank; a backslash followed by n, with which the publishers write a line's end, becomes one.
    /// </summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="columns">The number of fields of each row.</param>
    /// <param name="classes">C; classes are 1 to C.</param>
    /// <exception cref="DatasetFormatException">A row has other fields, a class is none, quotes are broken, or there are no rows.</exception>
    public static LabelledTexts Read(Stream stream, string file, int columns, int classes)
    {
        var options = new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        using var reader = CsvReader.Create(stream, options);
        var texts = new List<string>();
        var labels = new List<Label>();
        while (MoveNext(reader, file))
        {
            int line = (int)reader.LineNumber;
            if (reader.FieldCount != columns)
            {
                throw new DatasetFormatException(Invariant($"there are {reader.FieldCount} fields instead of {columns}."), file, line);
            }

            string label = reader.GetString(0);
            labels.Add(CsvNumber.TryParse(label, out double c) && c == (int)c && c >= 1 && c <= classes
                ? Label.OfClass((int)c - 1)
                : throw new DatasetFormatException(Invariant($"'{label}' is no class; classes are 1 to {classes}."), file, line));
            texts.Add(string.Join(' ', Enumerable.Range(1, columns - 1).Select(reader.GetString)).Replace("\\n", "\n", StringComparison.Ordinal));
        }

        return texts.Count > 0 ? new LabelledTexts(texts, labels) : throw new DatasetFormatException("there are no rows.", file);
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
                "a quote is not closed, or stands inside a field that does not begin with one.",
                file, e.LineNumber > 0 ? (int)e.LineNumber : null, innerException: e);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DatasetFormatException($"the compressed data are damaged ({e.Message.TrimEnd('.')}).", file, innerException: e);
        }
    }
}
