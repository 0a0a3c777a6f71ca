using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Texts with numbers for features: hashed TF-IDF, of which only what is not zero is kept, or embeddings that another program made.</summary>
/// <remarks>
/// Each ask for features makes float32 of what is asked for, 4·D bytes a text. Setting labels is not safe while other threads read; use
/// <see cref="WithOwnLabels"/> to give each run labels of its own over shared texts and features.
/// </remarks>
public sealed class TextDataset : IMatrixDataset, IDataset<string>
{
    private readonly FeatureRows _rows;
    private readonly Label[] _labels;

    /// <summary>Creates a dataset; the labels are copied, the texts shared.</summary>
    /// <param name="name">A name for messages and reports.</param>
    /// <param name="texts">N texts.</param>
    /// <param name="task">What is to be learned.</param>
    /// <param name="labels">N labels that fit the task; some may be missing.</param>
    /// <param name="features">What makes features of a text.</param>
    /// <exception cref="ArgumentException">The counts differ, or a label does not fit the task.</exception>
    public TextDataset(string name, IReadOnlyList<string> texts, LearningTask task, IReadOnlyList<Label> labels, HashedTfidf features)
        : this(name, texts, task, labels, (features ?? throw new ArgumentNullException(nameof(features))).RowsOf(texts))
    {
    }

    private TextDataset(string name, IReadOnlyList<string> texts, LearningTask task, IReadOnlyList<Label> labels, FeatureRows rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != texts.Count)
        {
            throw new ArgumentException(Invariant($"There are {labels.Count} labels for {texts.Count} texts."), nameof(labels));
        }

        for (int i = 0; i < labels.Count; i++)
        {
            task.Validate(labels[i], i);
        }

        Name = name;
        Texts = texts;
        Task = task;
        _rows = rows;
        _labels = [.. labels];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The texts, in order.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public LearningTask Task { get; }

    /// <inheritdoc/>
    public int FeatureCount => _rows.Width;

    /// <summary>The text.</summary>
    /// <param name="index">Which one, in [0, <see cref="Count"/>).</param>
    /// <returns>The text.</returns>
    public string GetItem(int index) => Texts[index];

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

    /// <summary>The same dataset with a copy of the labels, so that setting one leaves this dataset alone. Texts and features are shared.</summary>
    /// <returns>A new dataset.</returns>
    public TextDataset WithOwnLabels() => new(Name, Texts, Task, _labels, _rows);

    /// <summary>The same texts with other features, and labels of their own.</summary>
    /// <param name="features">What makes features of a text.</param>
    /// <returns>A new dataset.</returns>
    public TextDataset WithFeatures(HashedTfidf features) => new(Name, Texts, Task, _labels, features);

    /// <summary>The same texts with embeddings from a file, and labels of their own.</summary>
    /// <param name="path">
    /// NumPy's <c>.npy</c>, [N×D] numbers of any type, or an <c>.npz</c> with one array or one called <c>embeddings</c>; row i belongs to text i. It is read
    /// into memory as float32.
    /// </param>
    /// <returns>A new dataset.</returns>
    /// <exception cref="DatasetFormatException">The file holds no matrix of finite numbers, or not one row for each text.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public TextDataset WithEmbeddings(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using NumberFile file = NumberFile.ReadAll(path, "embeddings");
        if (file.Shape.Count != 2 || file.Shape[0] != Count)
        {
            throw file.Error(Invariant($"the array is [{string.Join('×', file.Shape)}]; {Name} needs [{Count}×D], one row for each text."));
        }

        var values = new float[checked(Count * file.Shape[1])];
        file.Read(0, values);
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        return wrong < 0
            ? new TextDataset(Name, Texts, Task, _labels, new DenseRows(new FeatureMatrix(values, Count, file.Shape[1])))
            : throw file.NotFinite(values[wrong], wrong / file.Shape[1], wrong % file.Shape[1]);
    }
}
