using PyRelationAL.Numerics;

namespace PyRelationAL;

/// <summary>Features or embeddings [N×D]: float32, contiguous, row-major, all finite. Immutable.</summary>
public sealed class FeatureMatrix
{
    private readonly ReadOnlyMemory<float> _values;

    /// <summary>Wraps row-major values; they are not copied, so the array must not change afterwards.</summary>
    /// <param name="values">N·D values, all finite.</param>
    /// <param name="columnCount">D, at least 0.</param>
    /// <param name="rowCount">N, at least 0.</param>
    /// <exception cref="ArgumentException">The length is not N·D, or a value is NaN or infinite.</exception>
    public FeatureMatrix(ReadOnlyMemory<float> values, int rowCount, int columnCount)
        : this(rowCount, columnCount, values)
    {
        Guard.NonNegative(rowCount);
        Guard.NonNegative(columnCount);
        Guard.SameLength(checked(rowCount * columnCount), values.Length, Guard.Text($"features [{rowCount}×{columnCount}]"), nameof(values));
        Guard.AllFinite(values.Span, columnCount, "the feature matrix", nameof(values));
    }

    private FeatureMatrix(int rowCount, int columnCount, ReadOnlyMemory<float> values)
    {
        RowCount = rowCount;
        ColumnCount = columnCount;
        _values = values;
    }

    /// <summary>The number of rows N.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns D.</summary>
    public int ColumnCount { get; }

    /// <summary>All values, row-major.</summary>
    public ReadOnlySpan<float> Values => _values.Span;

    /// <summary>Builds a matrix from rows of equal length.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">The rows differ in length, or a value is NaN or infinite.</exception>
    public static FeatureMatrix FromRows(IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int columns = rows.Count == 0 ? 0 : rows[0].Length;
        var values = new float[checked(rows.Count * columns)];
        for (int i = 0; i < rows.Count; i++)
        {
            Guard.SameLength(columns, rows[i].Length, Guard.Text($"row {i}"), nameof(rows));
            rows[i].CopyTo(values, i * columns);
        }

        return new FeatureMatrix(values, rows.Count, columns);
    }

    /// <summary>One row.</summary>
    /// <param name="row">In [0, <see cref="RowCount"/>).</param>
    /// <returns>Its D values.</returns>
    public ReadOnlySpan<float> Row(int row) => _values.Span.Slice(row * ColumnCount, ColumnCount);

    /// <summary>Consecutive rows, without copying.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    /// <returns>A matrix over the same memory.</returns>
    public FeatureMatrix Slice(int start, int count) => new(count, ColumnCount, _values.Slice(start * ColumnCount, count * ColumnCount));

    /// <summary>The given rows, in the given order: without copying where they are consecutive.</summary>
    /// <param name="rows">Row numbers; repeats are allowed.</param>
    /// <returns>A matrix, over the same memory where the rows are consecutive.</returns>
    public FeatureMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        if (AreConsecutive(rows))
        {
            return rows.IsEmpty ? new FeatureMatrix(0, ColumnCount, default) : Slice(rows[0], rows.Length);
        }

        var values = new float[checked(rows.Length * ColumnCount)];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * ColumnCount));
        }

        return new FeatureMatrix(rows.Length, ColumnCount, values);
    }

    private static bool AreConsecutive(ReadOnlySpan<int> rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] != rows[i - 1] + 1)
            {
                return false;
            }
        }

        return true;
    }
}
