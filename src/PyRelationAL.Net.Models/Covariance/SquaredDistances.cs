using System.Numerics.Tensors;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// Squared Euclidean distances over feature-major columns: each feature's differences are one vector operation over many rows. Differences are taken
/// before squaring, so that equal rows are at distance exactly 0 and nothing cancels.
/// </summary>
internal static class SquaredDistances
{
    /// <summary>Distances from point <paramref name="index"/> of <paramref name="points"/> to the first rows of <paramref name="columns"/>.</summary>
    public static void Write(
        ReadOnlySpan<double> columns, int count, ReadOnlySpan<double> points, int pointCount, int index, Span<double> destination, Span<double> scratch)
    {
        destination.Clear();
        scratch = scratch[..destination.Length];
        for (int c = 0, p = index; p < points.Length; c += count, p += pointCount)
        {
            TensorPrimitives.Subtract(columns.Slice(c, destination.Length), points[p], scratch);
            TensorPrimitives.MultiplyAdd(scratch, scratch, destination, destination);
        }
    }
}
