using System.Numerics.Tensors;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// Squared Euclidean distances over feature-major columns: each feature's differences are one vector operation over many rows. Differences are taken
/// before squaring, so that equal rows are at distance exactly 0 and nothing cancels.
/// </summary>
internal static class SquaredDistances
{
    /// <summary>
    /// Distances from the point whose features start at <paramref name="point"/>, <paramref name="pointStep"/> apart, to the first rows of
    /// <paramref name="columns"/>, whose features lie <paramref name="step"/> apart.
    /// </summary>
    public static void Write(
        ReadOnlySpan<double> columns, int step, ReadOnlySpan<double> point, int pointStep, Span<double> destination, Span<double> scratch)
    {
        destination.Clear();
        scratch = scratch[..destination.Length];
        for (int c = 0, p = 0; p < point.Length; c += step, p += pointStep)
        {
            TensorPrimitives.Subtract(columns.Slice(c, destination.Length), point[p], scratch);
            TensorPrimitives.MultiplyAdd(scratch, scratch, destination, destination);
        }
    }
}
