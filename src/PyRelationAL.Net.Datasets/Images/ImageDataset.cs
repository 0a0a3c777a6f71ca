using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// Images kept as bytes, channel by channel and row by row, and widened to float32 where features are asked for: feature (c·H + y)·W + x is the pixel in row y
/// and column x of channel c, from 0 to 1. That is a quarter of the memory of an <see cref="InMemoryDataset"/>.
/// </summary>
/// <remarks>
/// Each ask for features makes float32 of what is asked for, 4·C·H·W bytes an image. Setting labels is not safe while other threads read; use
/// <see cref="WithOwnLabels"/> to give each run labels of its own over shared images.
/// </remarks>
public sealed class ImageDataset : IMatrixDataset, IDataset<ReadOnlyMemory<byte>>
{
    private const float White = 255;

    private readonly ByteRows _rows;
    private readonly Label[] _labels;

    /// <summary>Creates a dataset of images that are decoded already; the labels are copied, the pixels shared.</summary>
    /// <param name="name">A name for messages and reports.</param>
    /// <param name="pixels">N·C·H·W bytes: image after image, in each channel after channel, in each row after row.</param>
    /// <param name="channels">C, for example 1 for grey and 3 for red, green and blue; at least 1.</param>
    /// <param name="height">H, at least 1.</param>
    /// <param name="width">W, at least 1.</param>
    /// <param name="task">What is to be learned.</param>
    /// <param name="labels">N labels that fit the task; some may be missing.</param>
    /// <exception cref="ArgumentException">The counts differ, or a label does not fit the task.</exception>
    public ImageDataset(
        string name, ReadOnlyMemory<byte> pixels, int channels, int height, int width, LearningTask task, IReadOnlyList<Label> labels)
        : this(name, pixels, channels, height, width, task, labels, mean: 0, deviation: 1)
    {
    }

    /// <summary>A dataset whose features are (pixel / 255 − mean) / deviation.</summary>
    internal ImageDataset(
        string name,
        ReadOnlyMemory<byte> pixels,
        int channels,
        int height,
        int width,
        LearningTask task,
        IReadOnlyList<Label> labels,
        float mean,
        float deviation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(labels);
        int size = checked(channels * height * width);
        if (pixels.Length != (long)labels.Count * size)
        {
            throw new ArgumentException(
                Invariant($"There are {pixels.Length} bytes for {labels.Count} images of {channels}×{height}×{width}; {(long)labels.Count * size} are needed."),
                nameof(pixels));
        }

        for (int i = 0; i < labels.Count; i++)
        {
            task.Validate(labels[i], i);
        }

        Name = name;
        Channels = channels;
        Height = height;
        Width = width;
        Task = task;
        _labels = [.. labels];
        _rows = new ByteRows(
            pixels, labels.Count, size, [.. Enumerable.Range(0, byte.MaxValue + 1).Select(pixel => ((pixel / White) - mean) / deviation)]);
    }

    private ImageDataset(ImageDataset original)
    {
        (Name, Channels, Height, Width, Task) = (original.Name, original.Channels, original.Height, original.Width, original.Task);
        _rows = original._rows;
        _labels = [.. original._labels];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The number of channels C.</summary>
    public int Channels { get; }

    /// <summary>The height H in pixels.</summary>
    public int Height { get; }

    /// <summary>The width W in pixels.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public LearningTask Task { get; }

    /// <inheritdoc/>
    public int FeatureCount => _rows.Width;

    /// <summary>The image as it is kept.</summary>
    /// <param name="index">The image, in [0, <see cref="Count"/>).</param>
    /// <returns>C·H·W bytes, shared.</returns>
    public ReadOnlyMemory<byte> GetItem(int index) => _rows.Row(index);

    /// <inheritdoc/>
    public void CopyFeatures(int index, Span<float> destination) => _rows.Copy(index, destination);

    /// <inheritdoc/>
    public FeatureMatrix GetFeatures(ReadOnlySpan<int> indices) => _rows.Select(indices);

    /// <inheritdoc/>
    public Label GetLabel(int index) => _labels[index];

    /// <inheritdoc/>
    public void SetLabel(int index, Label label)
    {
        Task.Validate(label, index);
        _labels[index] = label;
    }

    /// <summary>The same dataset with a copy of the labels, so that setting one leaves this dataset alone. Images are shared.</summary>
    /// <returns>A new dataset.</returns>
    public ImageDataset WithOwnLabels() => new(this);
}
