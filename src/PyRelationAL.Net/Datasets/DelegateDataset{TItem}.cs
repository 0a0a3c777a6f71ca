using PyRelationAL.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>
/// A dataset over items that live elsewhere (texts, image paths, rows of a database): items come from one function, their features from another.
/// Labels are kept here.
/// </summary>
/// <typeparam name="TItem">The raw item.</typeparam>
public sealed class DelegateDataset<TItem> : IDataset<TItem>
{
    private readonly Func<int, TItem> _item;
    private readonly CopyFeatures<TItem> _features;
    private readonly Label[] _labels;

    /// <summary>Creates a dataset.</summary>
    /// <param name="name">A name for messages and reports.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="task">What is to be learned.</param>
    /// <param name="item">Gives the item with an index in [0, count).</param>
    /// <param name="featureCount">The number of features D.</param>
    /// <param name="features">Writes an item's D features.</param>
    /// <param name="label">Gives the label an item has at the start; by default every label is missing.</param>
    public DelegateDataset(
        string name,
        int count,
        LearningTask task,
        Func<int, TItem> item,
        int featureCount,
        CopyFeatures<TItem> features,
        Func<int, Label>? label = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(features);
        Name = name;
        Count = Guard.NonNegative(count);
        Task = task;
        FeatureCount = Guard.NonNegative(featureCount);
        _item = item;
        _features = features;
        _labels = new Label[count];
        if (label is not null)
        {
            for (int i = 0; i < count; i++)
            {
                SetLabel(i, label(i));
            }
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public LearningTask Task { get; }

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <inheritdoc/>
    public TItem GetItem(int index) => _item(Checked(index));

    /// <inheritdoc/>
    public void CopyFeatures(int index, Span<float> destination) => _features(GetItem(index), destination);

    /// <inheritdoc/>
    public Label GetLabel(int index) => _labels[Checked(index)];

    /// <inheritdoc/>
    public void SetLabel(int index, Label label)
    {
        Task.Validate(label, Checked(index));
        _labels[index] = label;
    }

    private int Checked(int index) => (uint)index < (uint)Count
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, Guard.Text($"Dataset '{Name}' has items 0 to {Count - 1}."));
}
