using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Reads one column of a data view as one feature or as several.</summary>
internal sealed class FeatureReader
{
    private readonly Func<DataViewRowCursor, Action<List<float>, int>> _open;

    private FeatureReader(DataViewSchema.Column column, int width, Func<FeatureReader, DataViewRowCursor, Action<List<float>, int>> open)
    {
        Column = column;
        Width = width;
        _open = cursor => open(this, cursor);
    }

    public DataViewSchema.Column Column { get; }

    /// <summary>How many features the column is.</summary>
    public int Width { get; }

    /// <exception cref="ArgumentException">The column is of a type that is no feature.</exception>
    public static FeatureReader Of(DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType => throw Refused(column, "a key is a category, not a number: one-hot encode it (Featuriser, Conversion.MapKeyToVector)"),
        VectorDataViewType { IsKnownSize: false } => throw Refused(
            column, "its rows may have different lengths: give it a fixed size (ColumnType = new VectorDataViewType(NumberDataViewType.Single, d))"),
        VectorDataViewType { ItemType: NumberDataViewType item } vector when item.RawType == typeof(float) => Vector<float>(column, vector.Size),
        VectorDataViewType { ItemType: NumberDataViewType item } vector when item.RawType == typeof(double) => Vector<double>(column, vector.Size),
        BooleanDataViewType => Scalar<bool>(column, value => value ? 1 : 0),
        NumberDataViewType number => Number(column, number.RawType),
        TextDataViewType => throw Refused(column, "text is no number: turn it into some (Featuriser, Text.FeaturizeText or Categorical.OneHotEncoding)"),
        _ => throw Refused(column, "features are numbers, Booleans, and vectors of Single or Double: convert it (Featuriser, Conversion.ConvertType)"),
    };

    public Action<List<float>, int> Open(DataViewRowCursor cursor) => _open(cursor);

    private static FeatureReader Number(DataViewSchema.Column column, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => Scalar<float>(column, value => value),
        TypeCode.Double => Scalar<double>(column, value => (float)value),
        TypeCode.SByte => Scalar<sbyte>(column, value => value),
        TypeCode.Byte => Scalar<byte>(column, value => value),
        TypeCode.Int16 => Scalar<short>(column, value => value),
        TypeCode.UInt16 => Scalar<ushort>(column, value => value),
        TypeCode.Int32 => Scalar<int>(column, value => value),
        TypeCode.UInt32 => Scalar<uint>(column, value => value),
        TypeCode.Int64 => Scalar<long>(column, value => value),
        _ => Scalar<ulong>(column, value => value),
    };

    private static FeatureReader Scalar<T>(DataViewSchema.Column column, Func<T, float> convert) => new(column, 1, (reader, cursor) =>
    {
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        T value = default!;
        return (values, row) =>
        {
            getter(ref value);
            values.Add(reader.Finite(convert(value), row, 0));
        };
    });

    private static FeatureReader Vector<T>(DataViewSchema.Column column, int width)
        where T : INumber<T> => new(column, width, (reader, cursor) =>
    {
        ValueGetter<VBuffer<T>> getter = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        return (values, row) =>
        {
            getter(ref buffer);
            if (buffer.Length != width)
            {
                // ML.NET does not compare an array's length with the schema, and fails much later.
                throw new ArgumentException(Guard.Text($"Row {row}, column '{column.Name}' has {buffer.Length} values; the schema says {width}."), "data");
            }

            int slot = 0;
            foreach (T value in buffer.DenseValues())
            {
                values.Add(reader.Finite(float.CreateSaturating(value), row, slot++));
            }
        };
    });

    private static ArgumentException Refused(DataViewSchema.Column column, string why) =>
        new(Guard.Text($"Column '{column.Name}' ({column.Type}) cannot be a feature: {why}."), "data");

    private float Finite(float value, int row, int slot)
    {
        if (float.IsFinite(value))
        {
            return value;
        }

        string where = Width == 1 ? string.Empty : Guard.Text($", slot {slot}");
        throw new ArgumentException(
            Guard.Text($"Row {row}, column '{Column.Name}'{where} is {value}; features must be finite float32. ")
            + "Replace missing values first (Featuriser, ReplaceMissingValues), or drop the rows.",
            "data");
    }
}
