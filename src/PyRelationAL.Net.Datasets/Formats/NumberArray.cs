using System.Numerics.Tensors;

namespace PyRelationAL.Datasets;

/// <summary>An array that was read into memory.</summary>
internal sealed class NumberArray(string file, double[] values, int[] shape) : NumberFile(file, shape)
{
    /// <summary>The columns' names, where a text has them.</summary>
    public string[]? Names { get; init; }

    /// <summary>All numbers, with the last dimension fastest.</summary>
    public double[] Values => values;

    public override void Read(long start, Span<double> destination) => Part(start, destination.Length).CopyTo(destination);

    // A number beyond float32 becomes infinite here and is refused as such.
    public override void Read(long start, Span<float> destination) => TensorPrimitives.ConvertSaturating(Part(start, destination.Length), destination);

    private ReadOnlySpan<double> Part(long start, int count) => values.AsSpan(checked((int)start), count);
}
