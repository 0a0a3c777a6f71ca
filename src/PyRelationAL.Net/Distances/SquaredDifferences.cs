using System.Numerics;
using System.Runtime.InteropServices;

namespace PyRelationAL.Distances;

/// <summary>
/// Σⱼ (xⱼ − yⱼ)² from one row to many, four at a time: each element of x is loaded once for four rows, and four sums are under way at once. 1.4 to 3 times as
/// fast as one <c>TensorPrimitives.Distance</c> after the other, and 2 to 6 times as a plain loop (benchmarks/performance).
/// </summary>
/// <remarks>The difference itself is squared: no expansion into norms and products, which cancels for near-duplicates. A pair's sum does not depend on the
/// other rows.</remarks>
internal static class SquaredDifferences
{
    private const int Rows = 4;

    public static void ToRows(ReadOnlySpan<double> from, ReadOnlySpan<double> rows, Span<double> sums)
    {
        int columns = from.Length;
        ref double x = ref MemoryMarshal.GetReference(from);
        ref double y = ref MemoryMarshal.GetReference(rows);
        int row = 0;
        for (; row + Rows <= sums.Length; row += Rows)
        {
            Vector<double> a = default, b = default, c = default, d = default;
            double aRest = 0, bRest = 0, cRest = 0, dRest = 0;
            nuint start = (nuint)row * (nuint)columns;
            int j = 0;
            for (; j + Vector<double>.Count <= columns; j += Vector<double>.Count)
            {
                Vector<double> v = Vector.LoadUnsafe(ref x, (nuint)j);
                nuint at = start + (nuint)j;
                a = AddSquare(v - Vector.LoadUnsafe(ref y, at), a);
                b = AddSquare(v - Vector.LoadUnsafe(ref y, at + (nuint)columns), b);
                c = AddSquare(v - Vector.LoadUnsafe(ref y, at + (2 * (nuint)columns)), c);
                d = AddSquare(v - Vector.LoadUnsafe(ref y, at + (3 * (nuint)columns)), d);
            }

            for (; j < columns; j++)
            {
                int at = (row * columns) + j;
                aRest += Square(from[j] - rows[at]);
                bRest += Square(from[j] - rows[at + columns]);
                cRest += Square(from[j] - rows[at + (2 * columns)]);
                dRest += Square(from[j] - rows[at + (3 * columns)]);
            }

            sums[row] = Vector.Sum(a) + aRest;
            sums[row + 1] = Vector.Sum(b) + bRest;
            sums[row + 2] = Vector.Sum(c) + cRest;
            sums[row + 3] = Vector.Sum(d) + dRest;
        }

        for (; row < sums.Length; row++)
        {
            sums[row] = Between(from, rows.Slice(row * columns, columns));
        }
    }

    /// <summary>The same sum for one pair, in the same order of additions.</summary>
    public static double Between(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        ref double x = ref MemoryMarshal.GetReference(from);
        ref double y = ref MemoryMarshal.GetReference(to);
        Vector<double> sum = default;
        double rest = 0;
        int j = 0;
        for (; j + Vector<double>.Count <= from.Length; j += Vector<double>.Count)
        {
            sum = AddSquare(Vector.LoadUnsafe(ref x, (nuint)j) - Vector.LoadUnsafe(ref y, (nuint)j), sum);
        }

        for (; j < from.Length; j++)
        {
            rest += Square(from[j] - to[j]);
        }

        return Vector.Sum(sum) + rest;
    }

    private static Vector<double> AddSquare(Vector<double> difference, Vector<double> sum) => Vector.FusedMultiplyAdd(difference, difference, sum);

    private static double Square(double difference) => difference * difference;
}
