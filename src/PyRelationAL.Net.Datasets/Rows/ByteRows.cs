namespace PyRelationAL.Datasets;

/// <summary>Features that are bytes, each meaning one of 256 numbers: a quarter of the memory of float32.</summary>
internal sealed class ByteRows(ReadOnlyMemory<byte> bytes, int count, int width, float[] meanings) : FeatureRows
{
    public override int Count => count;

    public override int Width => width;

    /// <summary>The bytes of one row.</summary>
    public ReadOnlyMemory<byte> Row(int row) => bytes.Slice(row * width, width);

    public override void Copy(int row, Span<float> destination)
    {
        ReadOnlySpan<byte> source = Row(row).Span;
        for (int j = 0; j < source.Length; j++)
        {
            destination[j] = meanings[source[j]];
        }
    }
}
