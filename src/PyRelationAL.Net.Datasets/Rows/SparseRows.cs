namespace PyRelationAL.Datasets;

/// <summary>Features most of which are zero: of each row, the columns that are not, and their values.</summary>
internal sealed class SparseRows((int[] Columns, float[] Values)[] rows, int width) : FeatureRows
{
    public override int Count => rows.Length;

    public override int Width => width;

    public override void Copy(int row, Span<float> destination)
    {
        destination.Clear();
        (int[] columns, float[] values) = rows[row];
        for (int k = 0; k < columns.Length; k++)
        {
            destination[columns[k]] = values[k];
        }
    }
}
