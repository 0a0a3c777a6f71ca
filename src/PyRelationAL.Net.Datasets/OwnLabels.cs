namespace PyRelationAL.Datasets;

/// <summary>A dataset's features with labels of one's own, so that runs share no labels; of another task where one is given.</summary>
internal sealed class OwnLabels(IDataset original, IReadOnlyList<Label> labels, LearningTask? task = null) : IDataset
{
    private readonly Label[] _labels = [.. labels];

    public string Name => original.Name;

    public int Count => original.Count;

    public LearningTask Task { get; } = task ?? original.Task;

    public int FeatureCount => original.FeatureCount;

    public void CopyFeatures(int index, Span<float> destination) => original.CopyFeatures(index, destination);

    public Label GetLabel(int index) => _labels[index];

    public void SetLabel(int index, Label label)
    {
        Task.Validate(label, index);
        _labels[index] = label;
    }
}
