using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Reads the label column of a data view.</summary>
internal sealed class LabelReader
{
    private readonly DataViewSchema.Column? _column;
    private readonly bool _allowMissing;
    private readonly LearningTask? _task;
    private readonly string[] _names;
    private readonly Func<DataViewRowCursor, Action<int>> _open;
    private readonly List<Label> _labels = [];
    private readonly List<string?> _texts = [];

    private LabelReader(DataViewSchema.Column? column, LearningTask? task, bool allowMissing)
    {
        _column = column;
        _task = task;
        _names = [.. task?.ClassNames ?? []];
        _allowMissing = allowMissing;
        _open = column is null ? _ => _ => _labels.Add(Label.Missing) : OpenColumn;
    }

    /// <summary>The columns to read: one or none.</summary>
    public DataViewSchema.Column[] Columns => _column is { } column ? [column] : [];

    public static LabelReader None(LearningTask task) => new(null, task, allowMissing: true);

    /// <exception cref="ArgumentException">The column's type does not fit the task.</exception>
    public static LabelReader Of(DataViewSchema.Column column, MLDatasetOptions options)
    {
        LearningTask? task = options.Task ?? column.Type switch
        {
            KeyDataViewType key => KeyTask(column, key),
            BooleanDataViewType => LearningTask.Classification(["False", "True"]),
            TextDataViewType => null,
            NumberDataViewType number when IsReal(number) => LearningTask.Regression,
            NumberDataViewType => throw Refused(
                column, "whole numbers may be values or class numbers: say which with Task = LearningTask.Regression or LearningTask.Classification(C)"),
            _ => throw Refused(column, "labels are a key, a Boolean, text or a number"),
        };
        if (options.Task is { } given && !Fits(column.Type, given))
        {
            throw Refused(column, $"the task is {given}");
        }

        return new LabelReader(column, task, options.AllowMissingLabels);
    }

    public Action<int> Open(DataViewRowCursor cursor) => _open(cursor);

    /// <summary>The task and the labels of all rows read.</summary>
    public (LearningTask Task, Label[] Labels) Finish()
    {
        if (_task is not null)
        {
            return (_task, [.. _labels]);
        }

        string[] names = [.. _texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            throw new ArgumentException($"Label column '{_column!.Value.Name}' has no text in any row; give the classes with Task.", "data");
        }

        return (LearningTask.Classification(names),
            [.. _texts.Select(text => text is null ? Label.Missing : Label.OfClass(Array.BinarySearch(names, text, StringComparer.Ordinal)))]);
    }

    private Action<int> OpenColumn(DataViewRowCursor cursor)
    {
        DataViewSchema.Column column = _column!.Value;
        return column.Type switch
        {
            KeyDataViewType => Type.GetTypeCode(column.Type.RawType) switch
            {
                TypeCode.Byte => Read<byte>(cursor, key => ClassOf(key - 1.0)),
                TypeCode.UInt16 => Read<ushort>(cursor, key => ClassOf(key - 1.0)),
                TypeCode.UInt32 => Read<uint>(cursor, key => ClassOf(key - 1.0)),
                _ => Read<ulong>(cursor, key => ClassOf(key - 1.0)),
            },
            BooleanDataViewType => Read<bool>(cursor, value => Label.OfClass(value ? 1 : 0)),
            TextDataViewType => Read<ReadOnlyMemory<char>>(cursor, Text),
            _ => Type.GetTypeCode(column.Type.RawType) switch
            {
                TypeCode.Single => Read<float>(cursor, value => Number(value)),
                TypeCode.Double => Read<double>(cursor, Number),
                TypeCode.SByte => Read<sbyte>(cursor, value => Number(value)),
                TypeCode.Byte => Read<byte>(cursor, value => Number(value)),
                TypeCode.Int16 => Read<short>(cursor, value => Number(value)),
                TypeCode.UInt16 => Read<ushort>(cursor, value => Number(value)),
                TypeCode.Int32 => Read<int>(cursor, value => Number(value)),
                TypeCode.UInt32 => Read<uint>(cursor, value => Number(value)),
                TypeCode.Int64 => Read<long>(cursor, value => Number(value)),
                _ => Read<ulong>(cursor, value => Number(value)),
            },
        };
    }

    /// <summary>Reads values of one type; a label of null does not fit the task.</summary>
    private Action<int> Read<T>(DataViewRowCursor cursor, Func<T, Label?> convert)
    {
        DataViewSchema.Column column = _column!.Value;
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        T value = default!;
        return row =>
        {
            getter(ref value);
            if (convert(value) is not { } label)
            {
                throw new ArgumentException(Guard.Text($"Row {row}, label column '{column.Name}' is {value}, which is none of {_task}."), "data");
            }

            if (label.IsMissing && !_allowMissing && (_task is not null || _texts[row] is null))
            {
                throw new ArgumentException(
                    Guard.Text($"Row {row}, label column '{column.Name}' ({column.Type}) has no label. ")
                    + $"A key has none where its value was not in the dictionary. Correct it, or set {nameof(MLDatasetOptions.AllowMissingLabels)}.",
                    "data");
            }

            _labels.Add(label);
        };
    }

    private Label? Text(ReadOnlyMemory<char> text)
    {
        if (_task is null)
        {
            // The classes are known when all rows have been read.
            _texts.Add(text.IsEmpty ? null : text.ToString());
            return Label.Missing;
        }

        int c = Array.FindIndex(_names, name => text.Span.SequenceEqual(name));
        return text.IsEmpty ? Label.Missing : c < 0 ? null : Label.OfClass(c);
    }

    private Label? Number(double value) => (_task!.Kind, double.IsNaN(value)) switch
    {
        (_, true) => Label.Missing,
        (TaskKinds.Regression, _) => double.IsFinite(value) ? Label.OfValue(value) : null,
        _ => value >= 0 ? ClassOf(value) : null,
    };

    /// <summary>A class number; −1 is a missing key.</summary>
    private Label? ClassOf(double c) => c == -1 ? Label.Missing : double.IsInteger(c) && c < _task!.ClassCount ? Label.OfClass((int)c) : null;

    private static bool IsReal(NumberDataViewType type) => type.RawType == typeof(float) || type.RawType == typeof(double);

    private static bool Fits(DataViewType type, LearningTask task) => (type, task.Kind) switch
    {
        (KeyDataViewType key, TaskKinds.Classification) => key.Count <= (ulong)task.ClassCount,
        (BooleanDataViewType, TaskKinds.Classification) => task.ClassCount == 2,
        (TextDataViewType, TaskKinds.Classification) => task.ClassNames is not null,
        (NumberDataViewType, TaskKinds.Classification or TaskKinds.Regression) => true,
        _ => false,
    };

    private static LearningTask KeyTask(DataViewSchema.Column column, KeyDataViewType key)
    {
        if (key.Count is 0 or > int.MaxValue)
        {
            throw Refused(column, "its number of values must be known and below 2³¹");
        }

        if (column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { ItemType: TextDataViewType })
        {
            VBuffer<ReadOnlyMemory<char>> values = default;
            column.GetKeyValues(ref values);
            string[] names = [.. values.DenseValues().Select(name => name.ToString())];
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length)
            {
                return LearningTask.Classification(names);
            }
        }

        return LearningTask.Classification((int)key.Count);
    }

    private static ArgumentException Refused(DataViewSchema.Column column, string why) =>
        new(Guard.Text($"Column '{column.Name}' ({column.Type}) cannot be the label: {why}."), "data");
}
