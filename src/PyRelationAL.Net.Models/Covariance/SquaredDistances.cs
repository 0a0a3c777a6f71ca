using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// Squared Euclidean distances over feature-major columns, several rows at a time. Differences are taken before squaring, so that equal rows are at distance
/// exactly 0 and nothing cancels; features are added in their order, each with one rounding, so that a distance's bits do not depend on the rows beside it.
/// </summary>
internal static class SquaredDistances
{
    /// <summary>
    /// Distances from the point whose features start at <paramref name="point"/>, <paramref name="pointStep"/> apart, to the first rows of
    /// <paramref name="columns"/>, whose features lie <paramref name="step"/> apart.
    /// </summary>
    public static void Write(ReadOnlySpan<double> columns, int step, ReadOnlySpan<double> point, int pointStep, Span<double> destination)
    {
        int width = Vector<double>.Count, i = 0, features = (point.Length + pointStep - 1) / pointStep;
        if (features > 0 && ((long)(features - 1) * step) + destination.Length > columns.Length)
        {
            throw new ArgumentException("There are fewer columns than distances.", nameof(columns));
        }

        ref double c = ref MemoryMarshal.GetReference(columns);
        ref double d = ref MemoryMarshal.GetReference(destination);
        for (; i <= destination.Length - width; i += width)
        {
            Vector<double> sum = default;
            ref double column = ref Unsafe.Add(ref c, i);
            for (int p = 0; p < point.Length; p += pointStep)
            {
                Vector<double> difference = Vector.LoadUnsafe(ref column) - new Vector<double>(point[p]);
                sum = Vector.FusedMultiplyAdd(difference, difference, sum);
                column = ref Unsafe.Add(ref column, step);
            }

            sum.StoreUnsafe(ref d, (nuint)i);
        }

        for (; i < destination.Length; i++)
        {
            double sum = 0;
            for (int p = 0, at = i; p < point.Length; p += pointStep, at += step)
            {
                double difference = columns[at] - point[p];
                sum = Math.FusedMultiplyAdd(difference, difference, sum);
            }

            destination[i] = sum;
        }
    }
}
