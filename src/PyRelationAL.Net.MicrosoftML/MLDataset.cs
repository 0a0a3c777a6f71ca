using Microsoft.ML;
using Microsoft.ML.Data;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Adapters.MicrosoftML;

/// <summary>Data views as datasets, and the other way.</summary>
public static class MLDataset
{
    /// <summary>Reads a data view into memory. O(N·D).</summary>
    /// <remarks>
    /// <para>
    /// The label column's type says what is to be learned. A key of C values: C classes, also those without a row, named by text key values; class c is the key
    /// value c + 1. A Boolean: classes False and True. Text: its different values in ordinal order. A float32 or float64: regression. Whole numbers may be
    /// either: set <see cref="MLDatasetOptions.Task"/>, and with <see cref="LearningTask.Classification(int)"/> they are class numbers from 0. With a task
    /// given, text must be one of its class names.
    /// </para>
    /// <para>Features become float32 and must be finite. Float64 labels are kept.</para>
    /// </remarks>
    /// <param name="data">The data view; read once, from its beginning.</param>
    /// <param name="options">How to read it; by default as <see cref="MLDatasetOptions"/> says.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="ArgumentException">A column is missing or not of a type that can be read, a value is missing, or a label does not fit the task; the
    /// message names row and column.</exception>
    public static InMemoryDataset FromDataView(IDataView data, MLDatasetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new MLDatasetOptions();
        if (options.Featuriser is { } featuriser)
        {
            data = featuriser(new MLContext(seed: 0)).Fit(data).Transform(data);
        }

        FeatureReader[] features = [.. options.FeatureColumns.Select(name => FeatureReader.Of(Column(data, name, "feature column")))];
        if (features.Length == 0)
        {
            throw new ArgumentException("FeatureColumns is empty; name at least one column.", nameof(options));
        }

        LabelReader labels = options.LabelColumn is { } label
            ? LabelReader.Of(Column(data, label, "label column"), options)
            : LabelReader.None(options.Task ?? throw new ArgumentException("Without a LabelColumn the Task must be given.", nameof(options)));
        var values = new List<float>();
        using (DataViewRowCursor cursor = data.GetRowCursor([.. features.Select(f => f.Column), .. labels.Columns]))
        {
            Action<List<float>, int>[] readFeatures = [.. features.Select(f => f.Open(cursor))];
            Action<int> readLabel = labels.Open(cursor);
            for (int row = 0; cursor.MoveNext(); row++)
            {
                foreach (Action<List<float>, int> read in readFeatures)
                {
                    read(values, row);
                }

                readLabel(row);
            }
        }

        (LearningTask task, Label[] labelled) = labels.Finish();
        return new InMemoryDataset(options.Name, new FeatureMatrix(values.ToArray(), labelled.Length, features.Sum(f => f.Width)), task, labelled);
    }

    /// <summary>
    /// Gives items to ML.NET: a column <c>Features</c>, a float32 vector of fixed size, and a column <c>Label</c>. Both keep the order of the items. Nothing
    /// is copied but the labels, as they are now.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="labels">How labels are written; by default as a key for classification and as a number for regression.</param>
    /// <returns>The data view. It can be shuffled, and read from several threads at once.</returns>
    /// <exception cref="ArgumentException">The encoding does not fit the task, a feature is not finite, or a label is missing that must not be.</exception>
    public static IDataView ToDataView(DatasetView items, LabelEncoding? labels = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        LabelEncoding encoding = labels ?? Default(items.Task);
        bool fits = encoding switch
        {
            LabelEncoding.Key => items.Task.Kind == TaskKinds.Classification,
            LabelEncoding.Boolean => items.Task is { Kind: TaskKinds.Classification, ClassCount: 2 },
            LabelEncoding.Single => items.Task.Kind == TaskKinds.Regression,
            _ => encoding == LabelEncoding.None,
        };
        if (!fits)
        {
            throw new ArgumentException(
                $"Labels of dataset '{items.Dataset.Name}', which is for {items.Task}, cannot be written as {encoding}.", nameof(labels));
        }

        if (encoding == LabelEncoding.Boolean)
        {
            _ = items.ClassLabels();
        }

        int[] classes = [.. Enumerable.Range(0, items.Task.ClassCount)];
        return new DatasetDataView(items, encoding, classes, labelled: true, new MLModelOptions(), CancellationToken.None);
    }

    private static LabelEncoding Default(LearningTask task) => task.Kind switch
    {
        TaskKinds.Classification => LabelEncoding.Key,
        TaskKinds.Regression => LabelEncoding.Single,
        _ => LabelEncoding.None,
    };

    private static DataViewSchema.Column Column(IDataView data, string name, string what) => data.Schema.GetColumnOrNull(name) ?? throw new ArgumentException(
        $"There is no {what} '{name}'. The columns are {string.Join(", ", data.Schema.Where(c => !c.IsHidden).Select(c => $"{c.Name} ({c.Type})"))}.",
        nameof(data));
}
