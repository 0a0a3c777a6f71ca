using Microsoft.Data.Analysis;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.DataFrames;

/// <summary>Data frames as datasets, by the rules of CSV files, except that a column's type says what it holds.</summary>
/// <remarks>
/// <para>
/// A column of numbers is one feature, rounded to float32, and so is a column of Booleans (0 and 1). A column of text is one-hot encoded: one 0/1 feature for
/// each of its values, in ordinal order, in the place of the column. Dates, vectors and other types are refused. A missing value (null, or NaN) in a feature
/// is an error that names row and column: fill it (<c>DataFrame.FillNulls</c>) or drop the row (<c>DropNulls</c>) first. Reading a frame through
/// <c>IDataView</c> instead would turn missing whole numbers into 0 without a word.
/// </para>
/// <para>
/// <c>DataFrame.LoadCsv</c> guesses types from the first ten rows, takes numbers for float32, in which ids above 2²⁴ lose digits, and parses by the culture:
/// pass <c>dataTypes</c> and <c>cultureInfo</c>, and a stream, since the overload that takes a path opens the file for writing too.
/// </para>
/// </remarks>
public static class DataFrameDataset
{
    /// <summary>Copies a data frame into a dataset. O(N·D).</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="options">How to read it; by default as <see cref="DataFrameOptions"/> says.</param>
    /// <returns>The dataset; its task carries the class names.</returns>
    /// <exception cref="ArgumentException">A column is missing or of a type that cannot be read, a value is missing, or a label is not what it should be; the
    /// message names row and column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">MaxCategories is below 1.</exception>
    public static InMemoryDataset From(DataFrame frame, DataFrameOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        options ??= new DataFrameOptions();
        Guard.Positive(options.MaxCategories);
        if (frame.Columns.Count == 0 || frame.Rows.Count == 0)
        {
            throw new ArgumentException("The data frame has no rows.", nameof(frame));
        }

        int rows = checked((int)frame.Rows.Count);
        int target = options.Target is { } name ? Named(frame, name, "target column") : frame.Columns.Count - 1;
        HashSet<int> left = [.. options.IgnoredColumns.Select(ignored => Named(frame, ignored, "ignored column")), target];
        HashSet<int> categorical = [.. options.CategoricalColumns.Select(c => Named(frame, c, "categorical column"))];
        int[] columns = [.. Enumerable.Range(0, frame.Columns.Count).Where(c => !left.Contains(c))];
        if (columns.Length == 0)
        {
            throw new ArgumentException($"There is no feature column besides the target '{frame.Columns[target].Name}'.", nameof(frame));
        }

        float[][] features = [.. columns.SelectMany(c => new FeatureColumn(new FrameColumn(frame.Columns[c]), options).Read(categorical.Contains(c)))];
        var values = new float[checked(rows * features.Length)];
        for (int j = 0; j < features.Length; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                values[(i * features.Length) + j] = features[j][i];
            }
        }

        (LearningTask task, Label[] labels) = new TargetColumn(new FrameColumn(frame.Columns[target]), options).Read();
        return new InMemoryDataset(options.Name, new FeatureMatrix(values, rows, features.Length), task, labels);
    }

    private static int Named(DataFrame frame, string name, string what)
    {
        int column = frame.Columns.IndexOf(name);
        return column >= 0
            ? column
            : throw new ArgumentException(
                $"There is no {what} '{name}'. The columns are {string.Join(", ", frame.Columns.Select(c => c.Name))}.", nameof(frame));
    }
}
