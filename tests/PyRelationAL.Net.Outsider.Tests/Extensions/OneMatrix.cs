using PyRelationAL;

namespace Outsider.Extensions;

/// <summary>A dataset whose features lie in one block of memory, such as a mapped file, and are not copied out of it.</summary>
internal sealed class OneMatrix(ReadOnlyMemory<float> memory, int featureCount) : IMatrixDataset
{
    public string Name => "OneMatrix";

    public int Count => memory.Length / featureCount;

    public LearningTask Task => LearningTask.Regression;

    public int FeatureCount => featureCount;

    public FeatureMatrix GetFeatures(ReadOnlySpan<int> indices) => new FeatureMatrix(memory, Count, featureCount).SelectRows(indices);

    public void CopyFeatures(int index, Span<float> destination) => memory.Span.Slice(index * featureCount, featureCount).CopyTo(destination);

    public Label GetLabel(int index) => Label.Missing;

    public void SetLabel(int index, Label label) => throw new NotSupportedException();
}
