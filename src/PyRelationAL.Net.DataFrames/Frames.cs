using Microsoft.Data.Analysis;

namespace PyRelationAL.Adapters.DataFrames;

/// <summary>Columns of the three types that results have.</summary>
internal static class Frames
{
    public static DataFrameColumn Whole(string name, IEnumerable<int?> values) => new Int32DataFrameColumn(name, values);

    /// <summary>NaN, which means that there is no value, is null in a frame.</summary>
    public static DataFrameColumn Real(string name, IEnumerable<double?> values) =>
        new DoubleDataFrameColumn(name, values.Select(value => value is double.NaN ? null : value));

    public static DataFrameColumn Text(string name, IEnumerable<string?> values) => new StringDataFrameColumn(name, values);
}
