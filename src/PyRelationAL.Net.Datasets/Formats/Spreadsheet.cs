using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace PyRelationAL.Datasets;

/// <summary>Reads a table of numbers with a header from the first sheet of an Excel workbook, <c>.xls</c> or <c>.xlsx</c>.</summary>
internal static class Spreadsheet
{
    static Spreadsheet()
    {
        // Workbooks name the code page of their texts, and .NET knows few of them without this.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
    }

    /// <summary>
    /// Reads the columns that have a header, down to the first row that is empty in them: sheets declare larger ranges than they fill.
    /// </summary>
    /// <param name="stream">The workbook; must be seekable.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="DatasetFormatException">It is no workbook, or a cell is no number.</exception>
    public static NumericTable Read(Stream stream, string file)
    {
        List<object?[]> rows = Cells(stream, file);
        if (rows.Count == 0)
        {
            throw new DatasetFormatException("the first sheet is empty.", file);
        }

        int columns = Array.FindIndex(rows[0], IsEmpty) is var end and >= 0 ? end : rows[0].Length;
        int count = rows.FindIndex(1, row => row.Take(columns).All(IsEmpty)) is var last and >= 0 ? last : rows.Count;
        if (columns == 0 || count < 2)
        {
            throw new DatasetFormatException("the first sheet has no header with rows below it.", file);
        }

        var values = new double[(count - 1) * columns];
        for (int i = 1; i < count; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                values[((i - 1) * columns) + j] = Number(rows[i][j])
                    ?? throw new DatasetFormatException(
                        IsEmpty(rows[i][j]) ? "the cell is empty." : $"'{Text(rows[i][j])}' is no number.", file, i + 1, Text(rows[0][j]));
            }
        }

        return new NumericTable(file, values, columns);
    }

    private static List<object?[]> Cells(Stream stream, string file)
    {
        try
        {
            using IExcelDataReader reader = ExcelReaderFactory.CreateReader(stream);
            var rows = new List<object?[]>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
            }

            return rows;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The reader has no exception of its own for files that are cut off: whatever it throws, the file is to blame.
            throw new DatasetFormatException($"the file is no readable Excel workbook ({e.Message.TrimEnd('.')}).", file, innerException: e);
        }
    }

    private static bool IsEmpty(object? cell) => cell is null || (cell is string text && string.IsNullOrWhiteSpace(text));

    private static double? Number(object? cell) => cell switch
    {
        double value => value,
        int value => value,
        _ => null,
    };

    private static string Text(object? cell) => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? string.Empty;
}
