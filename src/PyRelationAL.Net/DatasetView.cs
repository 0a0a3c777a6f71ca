using PyRelationAL.Numerics;

namespace PyRelationAL;

/// <summary>
/// Some items of a dataset, in a given order: what a model is trained on, evaluated on or asked to predict. Row i of anything computed from a
/// view belongs to dataset index <c>Indices[i]</c>.
/// </summary>
/// <remarks>
/// Features are taken out of the dataset at the first ask and kept: copied, or shared where the dataset is an <see cref="IMatrixDataset"/>. Safe for
/// concurrent reading.
/// </remarks>
public sealed class DatasetView
{
    private readonly ReadOnlyMemory<int> _indices;
    private readonly Lazy<FeatureMatrix> _features;

    /// <summary>Creates a view; the indices are not copied.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="indices">Dataset indices, each in [0, dataset.Count).</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the dataset.</exception>
    public DatasetView(IDataset dataset, ReadOnlyMemory<int> indices)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        foreach (int index in indices.Span)
        {
            if ((uint)index >= (uint)dataset.Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), index, Guard.Text($"Index {index} is outside the dataset '{dataset.Name}', which has items 0 to {dataset.Count - 1}."));
            }
        }

        Dataset = dataset;
        _indices = indices;
        _features = new Lazy<FeatureMatrix>(dataset is IMatrixDataset matrix ? () => RowsOf(matrix) : CopyFeatures);
    }

    private DatasetView(IDataset dataset, ReadOnlyMemory<int> indices, Func<FeatureMatrix> features)
    {
        Dataset = dataset;
        _indices = indices;
        _features = new Lazy<FeatureMatrix>(features);
    }

    /// <summary>The dataset.</summary>
    public IDataset Dataset { get; }

    /// <summary>The dataset index of each row.</summary>
    public ReadOnlySpan<int> Indices => _indices.Span;

    /// <summary>The number of rows.</summary>
    public int Count => _indices.Length;

    /// <summary>What is to be learned.</summary>
    public LearningTask Task => Dataset.Task;

    /// <summary>The features [Count×D].</summary>
    /// <exception cref="ArgumentException">The dataset gave a NaN or an infinity.</exception>
    public FeatureMatrix Features => _features.Value;

    /// <summary>Every item of a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <returns>A view with indices 0, 1, ...</returns>
    public static DatasetView All(IDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new DatasetView(dataset, Enumerable.Range(0, dataset.Count).ToArray());
    }

    /// <summary>The class of each row.</summary>
    /// <returns>Class indices.</returns>
    /// <exception cref="InvalidOperationException">The task is not classification, or a label is missing.</exception>
    public int[] ClassLabels()
    {
        var classes = new int[Count];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = Required(i, TaskKinds.Classification).Class;
        }

        return classes;
    }

    /// <summary>The value of each row.</summary>
    /// <returns>Real values.</returns>
    /// <exception cref="InvalidOperationException">The task is not regression, or a label is missing.</exception>
    public double[] Values()
    {
        var values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Required(i, TaskKinds.Regression).Value;
        }

        return values;
    }

    /// <summary>Consecutive rows, sharing features with this view.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    /// <returns>A view.</returns>
    public DatasetView Slice(int start, int count) =>
        start == 0 && count == Count ? this : new(Dataset, _indices.Slice(start, count), () => Features.Slice(start, count));

    /// <summary>The given rows, in the given order.</summary>
    /// <param name="rows">Row numbers of this view.</param>
    /// <returns>A view.</returns>
    public DatasetView SelectRows(ReadOnlySpan<int> rows)
    {
        var indices = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            indices[i] = Indices[rows[i]];
        }

        return new DatasetView(Dataset, indices);
    }

    private Label Required(int row, TaskKinds kind)
    {
        if (Task.Kind != kind)
        {
            throw new InvalidOperationException(Guard.Text($"Dataset '{Dataset.Name}' is for {Task}; {kind} labels were asked for."));
        }

        Label label = Dataset.GetLabel(Indices[row]);
        return label.IsMissing
            ? throw new InvalidOperationException(Guard.Text($"Item {Indices[row]} of dataset '{Dataset.Name}' has no label."))
            : label;
    }

    private FeatureMatrix RowsOf(IMatrixDataset matrix)
    {
        FeatureMatrix rows = matrix.GetFeatures(Indices);
        return rows.RowCount == Count && rows.ColumnCount == matrix.FeatureCount
            ? rows
            : throw new InvalidOperationException(
                Guard.Text($"Dataset '{matrix.Name}' gave features [{rows.RowCount}×{rows.ColumnCount}] for [{Count}×{matrix.FeatureCount}]."));
    }

    private FeatureMatrix CopyFeatures()
    {
        int width = Dataset.FeatureCount;
        var values = new float[checked(Count * width)];
        for (int i = 0; i < Count; i++)
        {
            Span<float> row = values.AsSpan(i * width, width);
            Dataset.CopyFeatures(Indices[i], row);
            for (int j = 0; j < width; j++)
            {
                if (!float.IsFinite(row[j]))
                {
                    throw new ArgumentException(
                        Guard.Text($"Item {Indices[i]} of dataset '{Dataset.Name}' has {row[j]} as feature {j}; features must be finite."));
                }
            }
        }

        return new FeatureMatrix(values, Count, width);
    }
}
