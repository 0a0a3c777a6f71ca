namespace PyRelationAL.Datasets;

/// <summary>A dataset's features with labels of one's own, so that runs share no labels.</summary>
internal sealed class OwnLabels(IDataset original, IReadOnlyList<Label> labels) : IDataset
{
    private readonly Label[] _labels = [.. labels];

    public string Name => original.Name;

    public int Count => original.Count;

    public LearningTask Task => original.Task;

    public int FeatureCount => original.FeatureCount;

    public void CopyFeatures(int index, Span<float> destination) => original.CopyFeatures(index, destination);

    public Label GetLabel(int index) => _labels[index];

    public void SetLabel(int index, Label label)
    {
        Task.Validate(label, index);
        _labels[index] = label;
    }
}
