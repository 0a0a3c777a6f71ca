using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>A dataset held in memory.</summary>
/// <remarks>
/// Setting labels is not safe while other threads read; use <see cref="WithOwnLabels"/> to give each run labels of its own over shared features.
/// </remarks>
public sealed class InMemoryDataset : IMatrixDataset
{
    private readonly FeatureMatrix _features;
    private readonly Label[] _labels;

    /// <summary>Creates a dataset; the labels are copied, the features shared.</summary>
    /// <param name="name">A name for messages and reports.</param>
    /// <param name="features">Features [N×D].</param>
    /// <param name="task">What is to be learned.</param>
    /// <param name="labels">N labels that fit the task; some may be missing.</param>
    /// <exception cref="ArgumentException">The counts differ, or a label does not fit the task.</exception>
    public InMemoryDataset(string name, FeatureMatrix features, LearningTask task, IReadOnlyList<Label> labels)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(labels);
        Guard.SameLength(features.RowCount, labels.Count, Guard.Text($"labels of dataset '{name}'"), nameof(labels));
        for (int i = 0; i < labels.Count; i++)
        {
            task.Validate(labels[i], i);
        }

        Name = name;
        Task = task;
        _features = features;
        _labels = [.. labels];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public LearningTask Task { get; }

    /// <inheritdoc/>
    public int FeatureCount => _features.ColumnCount;

    /// <summary>All features [N×D].</summary>
    public FeatureMatrix Features => _features;

    /// <summary>A classification dataset.</summary>
    /// <param name="name">A name for messages and reports.</param>
    /// <param name="features">Features [N×D].</param>
    /// <param name="classes">The class of each row; −1 where it is missing.</param>
    /// <param name="classCount">C; by default the largest class + 1.</param>
    /// <returns>The dataset.</returns>
    public static InMemoryDataset ForClassification(string name, FeatureMatrix features, IReadOnlyList<int> classes, int? classCount = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        int count = classCount ?? (classes.Count == 0 ? 1 : Math.Max(0, classes.Max()) + 1);
        return new InMemoryDataset(
            name, features, LearningTask.Classification(count), [.. classes.Select(c => c == -1 ? Label.Missing : Label.OfClass(c))]);
    }

    /// <summary>A regression dataset.</summary>
    /// <param name="name">A name for messages and reports.</param>
    /// <param name="features">Features [N×D].</param>
    /// <param name="values">The value of each row; NaN where it is missing.</param>
    /// <returns>The dataset.</returns>
    public static InMemoryDataset ForRegression(string name, FeatureMatrix features, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new InMemoryDataset(
            name, features, LearningTask.Regression, [.. values.Select(v => double.IsNaN(v) ? Label.Missing : Label.OfValue(v))]);
    }

    /// <inheritdoc/>
    public void CopyFeatures(int index, Span<float> destination) => _features.Row(index).CopyTo(destination);

    /// <inheritdoc/>
    public FeatureMatrix GetFeatures(ReadOnlySpan<int> indices) => _features.SelectRows(indices);

    /// <inheritdoc/>
    public Label GetLabel(int index) => _labels[index];

    /// <inheritdoc/>
    public void SetLabel(int index, Label label)
    {
        Task.Validate(label, index);
        _labels[index] = label;
    }

    /// <summary>The same dataset with a copy of the labels, so that setting one leaves this dataset alone. Features are shared.</summary>
    /// <returns>A new dataset.</returns>
    public InMemoryDataset WithOwnLabels() => new(Name, _features, Task, _labels);

    /// <summary>
    /// The same dataset with each feature centred and divided by its standard deviation (population), both computed from the given rows only:
    /// pass the training rows, so that nothing leaks from the test set. A feature that does not vary there is centred only.
    /// </summary>
    /// <param name="rows">At least one row to learn mean and deviation from.</param>
    /// <returns>A new dataset with labels of its own.</returns>
    /// <exception cref="ArgumentException">No rows are given.</exception>
    public InMemoryDataset Standardised(ReadOnlySpan<int> rows)
    {
        FeatureMatrix scaled = new StandardisedDataset(this, rows).GetFeatures([.. Enumerable.Range(0, Count)]);
        return new InMemoryDataset(Name, scaled, Task, _labels);
    }
}
