namespace PyRelationAL.Strategies;

/// <summary>A dataset in which one item has a label that is only supposed.</summary>
internal sealed class RelabelledItem(IDataset dataset, int item, Label label) : IDataset
{
    public string Name => dataset.Name;

    public int Count => dataset.Count;

    public LearningTask Task => dataset.Task;

    public int FeatureCount => dataset.FeatureCount;

    public void CopyFeatures(int index, Span<float> destination) => dataset.CopyFeatures(index, destination);

    public Label GetLabel(int index) => index == item ? label : dataset.GetLabel(index);

    public void SetLabel(int index, Label label) => throw new NotSupportedException("A supposed label is for one training only; nothing can be set.");
}
