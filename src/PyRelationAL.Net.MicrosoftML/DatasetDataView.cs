using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Items of a dataset as ML.NET reads them: a feature vector of fixed size, and a label column.</summary>
/// <remarks>It can be shuffled, so trainers that shuffle need no cache in front of it. It is never read in parallel: results must not depend on the
/// cores.</remarks>
internal sealed class DatasetDataView : IDataView
{
    private readonly LabelEncoding _encoding;
    private readonly CancellationToken _cancellationToken;
    private readonly uint[] _classes = [];
    private readonly float[] _values = [];

    /// <param name="items">The items.</param>
    /// <param name="encoding">How labels are written.</param>
    /// <param name="classes">The classes that the key counts, ascending; a label of any other class must not occur.</param>
    /// <param name="labelled">Whether labels are read; otherwise the column has missing ones, so that training and prediction data have one schema.</param>
    /// <param name="options">The names of the columns.</param>
    /// <param name="cancellationToken">Stops any cursor at its next row.</param>
    public DatasetDataView(
        DatasetView items, LabelEncoding encoding, int[] classes, bool labelled, MLModelOptions options, CancellationToken cancellationToken)
    {
        // Reading features here refuses NaN before a trainer sees it; ML.NET would give NaN scores.
        Features = items.Features;
        _encoding = encoding;
        _cancellationToken = cancellationToken;
        if (encoding == LabelEncoding.Single)
        {
            _values = Labels(items, labelled, l => l.IsMissing ? float.NaN : InSingle(l.Value));
        }
        else if (encoding != LabelEncoding.None)
        {
            _classes = Labels(items, labelled, l => l.IsMissing ? 0u : (uint)Array.BinarySearch(classes, l.Class) + 1);
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumn(options.FeatureColumn, new VectorDataViewType(NumberDataViewType.Single, Features.ColumnCount));
        if (encoding != LabelEncoding.None)
        {
            schema.AddColumn(options.LabelColumn, LabelType(encoding, classes), Annotations(encoding, items.Task, classes));
        }

        Schema = schema.ToSchema();
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema { get; }

    internal FeatureMatrix Features { get; }

    public long? GetRowCount() => Features.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new DatasetCursor(this, [.. columnsNeeded.Select(c => c.Index)], Order(rand), _cancellationToken);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The name of a class: the task's, or its number.</summary>
    public static string NameOf(LearningTask task, int c) => task.ClassNames?[c] ?? Guard.Text($"{c}");

    internal Delegate LabelGetter(Func<int> row) => _encoding switch
    {
        LabelEncoding.Key => (ValueGetter<uint>)((ref uint value) => value = _classes[row()]),
        LabelEncoding.Boolean => (ValueGetter<bool>)((ref bool value) => value = _classes[row()] == 2),
        _ => (ValueGetter<float>)((ref float value) => value = _values[row()]),
    };

    private static T[] Labels<T>(DatasetView items, bool labelled, Func<Label, T> encode)
    {
        var encoded = new T[items.Count];
        for (int i = 0; i < encoded.Length; i++)
        {
            encoded[i] = encode(labelled ? items.Dataset.GetLabel(items.Indices[i]) : Label.Missing);
        }

        return encoded;
    }

    private static float InSingle(double value) => float.IsFinite((float)value)
        ? (float)value
        : throw new ArgumentException(Guard.Text($"The label {value} is out of the range of float32, which is what ML.NET trains on."));

    private static DataViewType LabelType(LabelEncoding encoding, int[] classes) => encoding switch
    {
        LabelEncoding.Key => new KeyDataViewType(typeof(uint), classes.Length),
        LabelEncoding.Boolean => BooleanDataViewType.Instance,
        _ => NumberDataViewType.Single,
    };

    /// <summary>The classes' names as key values: scores then carry them as slot names, which shows whether an estimator numbered the classes anew.</summary>
    private static DataViewSchema.Annotations? Annotations(LabelEncoding encoding, LearningTask task, int[] classes)
    {
        if (encoding != LabelEncoding.Key)
        {
            return null;
        }

        ReadOnlyMemory<char>[] names = [.. classes.Select(c => NameOf(task, c).AsMemory())];
        var builder = new DataViewSchema.Annotations.Builder();
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter = (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names]);
        builder.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length), getter);
        return builder.ToAnnotations();
    }

    private int[] Order(Random? random)
    {
        int[] order = [.. Enumerable.Range(0, Features.RowCount)];
        for (int i = order.Length - 1; random is not null && i > 0; i--)
        {
            int j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
