namespace PyRelationAL.Datasets;

/// <summary>Features that are float32 in memory already.</summary>
internal sealed class DenseRows(FeatureMatrix features) : FeatureRows
{
    public override int Count => features.RowCount;

    public override int Width => features.ColumnCount;

    public override void Copy(int row, Span<float> destination) => features.Row(row).CopyTo(destination);

    public override FeatureMatrix Select(ReadOnlySpan<int> rows) => features.SelectRows(rows);
}
