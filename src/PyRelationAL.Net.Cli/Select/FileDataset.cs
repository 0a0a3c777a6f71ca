namespace PyRelationAL.Cli.Select;

/// <summary>Files as a dataset: features where there are any, labels of some rows.</summary>
internal sealed class FileDataset(InputFiles files, LearningTask task, IReadOnlyDictionary<int, Label> labels) : IMatrixDataset
{
    public string Name => "of the given files";

    public int Count => files.Rows;

    public LearningTask Task => task;

    // Asked by whoever wants features: without any, a strategy would take all rows for equal.
    public int FeatureCount => Features.Columns;

    private RowFile Features => files.Features ?? throw new UsageException("The strategy looks at features; give --embeddings or --features.");

    public FeatureMatrix GetFeatures(ReadOnlySpan<int> indices) => Features.ReadFeatures(indices);

    public void CopyFeatures(int index, Span<float> destination) => GetFeatures([index]).Row(0).CopyTo(destination);

    public Label GetLabel(int index) => labels.GetValueOrDefault(index);

    public void SetLabel(int index, Label label) => throw new NotSupportedException("The labels are those of the file.");
}
