using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>The numbers of a data file [rows×columns], row-major and all finite.</summary>
internal sealed class NumericTable
{
    private readonly double[] _values;

    /// <exception cref="DatasetFormatException">A value is NaN or infinite.</exception>
    public NumericTable(string file, double[] values, int columns)
    {
        int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
        if (wrong >= 0)
        {
            throw new DatasetFormatException(Invariant($"row {wrong / columns}, column {wrong % columns}: {values[wrong]} is no finite number."), file);
        }

        File = file;
        Columns = columns;
        Rows = columns == 0 ? 0 : values.Length / columns;
        _values = values;
    }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    public int Rows { get; }

    public int Columns { get; }

    public double this[int row, int column] => _values[(row * Columns) + column];

    /// <summary>These rows and the other table's below them.</summary>
    public NumericTable Above(NumericTable other) => other.Columns == Columns
        ? new NumericTable(File, [.. _values, .. other._values], Columns)
        : throw new DatasetFormatException(Invariant($"there are {other.Columns} columns; {File} has {Columns}."), other.File);

    /// <summary>These columns and the other table's to the right of them.</summary>
    public NumericTable Beside(NumericTable other)
    {
        if (other.Rows != Rows)
        {
            throw new DatasetFormatException(Invariant($"there are {other.Rows} rows; {File} has {Rows}."), other.File);
        }

        var values = new double[_values.Length + other._values.Length];
        int width = Columns + other.Columns;
        for (int i = 0; i < Rows; i++)
        {
            _values.AsSpan(i * Columns, Columns).CopyTo(values.AsSpan(i * width));
            other._values.AsSpan(i * other.Columns, other.Columns).CopyTo(values.AsSpan((i * width) + Columns));
        }

        return new NumericTable(File, values, width);
    }
}
