using PyRelationAL.Models;

namespace PyRelationAL.Datasets;

/// <summary>A dataset in which some items have labels that are only supposed. The dataset beneath keeps its own.</summary>
internal sealed class SupposedLabels(IDataset dataset, IReadOnlyList<PseudoLabel> labels) : IMatrixDataset
{
    private readonly Dictionary<int, Label> _labels = labels.ToDictionary(l => l.Index, l => l.Label);

    public string Name => dataset.Name;

    public int Count => dataset.Count;

    public LearningTask Task => dataset.Task;

    public int FeatureCount => dataset.FeatureCount;

    public void CopyFeatures(int index, Span<float> destination) => dataset.CopyFeatures(index, destination);

    public FeatureMatrix GetFeatures(ReadOnlySpan<int> indices) => new DatasetView(dataset, indices.ToArray()).Features;

    public Label GetLabel(int index) => _labels.TryGetValue(index, out Label label) ? label : dataset.GetLabel(index);

    public void SetLabel(int index, Label label) => throw new NotSupportedException("A supposed label is for one training only; nothing can be set.");
}
