using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PyRelationAL.Distances;

/// <summary>
/// One row in double against many rows in float32, which are widened on the way and so cost half the memory traffic of rows kept in double. Sums are in double.
/// </summary>
/// <remarks>Four rows at a time, as in <see cref="SquaredDifferences"/>. A row's sum does not depend on the rows beside it.</remarks>
internal static class WideRows
{
    private const int Rows = 4;

    /// <summary>Widens a row.</summary>
    public static void Widen(ReadOnlySpan<float> row, Span<double> destination) =>
        System.Numerics.Tensors.TensorPrimitives.ConvertChecked(row, destination);

    /// <summary>Σⱼ (xⱼ − yⱼ)² for each row y.</summary>
    public static void SquaredDistances(ReadOnlySpan<double> from, ReadOnlySpan<float> rows, Span<double> sums) => Sums<SquaredDifference>(from, rows, sums);

    /// <summary>Σⱼ xⱼ yⱼ for each row y.</summary>
    public static void Products(ReadOnlySpan<double> from, ReadOnlySpan<float> rows, Span<double> sums) => Sums<Product>(from, rows, sums);

    /// <summary>Σⱼ (xⱼ − yⱼ)² for four rows y that lie anywhere.</summary>
    public static void SquaredDistances(
        ReadOnlySpan<double> from,
        ReadOnlySpan<float> first,
        ReadOnlySpan<float> second,
        ReadOnlySpan<float> third,
        ReadOnlySpan<float> fourth,
        Span<double> sums) =>
        Four<SquaredDifference>(from, first, second, third, fourth, sums);

    /// <summary>Σⱼ xⱼ yⱼ for four rows y that lie anywhere.</summary>
    public static void Products(
        ReadOnlySpan<double> from,
        ReadOnlySpan<float> first,
        ReadOnlySpan<float> second,
        ReadOnlySpan<float> third,
        ReadOnlySpan<float> fourth,
        Span<double> sums) =>
        Four<Product>(from, first, second, third, fourth, sums);

    private static void Sums<TTerm>(ReadOnlySpan<double> from, ReadOnlySpan<float> rows, Span<double> sums)
        where TTerm : struct, ITerm
    {
        int columns = from.Length, row = 0;
        for (; row + Rows <= sums.Length; row += Rows)
        {
            ReadOnlySpan<float> four = rows.Slice(row * columns, Rows * columns);
            Four<TTerm>(from, four, four[columns..], four[(2 * columns)..], four[(3 * columns)..], sums[row..]);
        }

        for (; row < sums.Length; row++)
        {
            sums[row] = One<TTerm>(from, rows.Slice(row * columns, columns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<TTerm>(
        ReadOnlySpan<double> from,
        ReadOnlySpan<float> first,
        ReadOnlySpan<float> second,
        ReadOnlySpan<float> third,
        ReadOnlySpan<float> fourth,
        Span<double> sums)
        where TTerm : struct, ITerm
    {
        int columns = from.Length, j = 0;
        ref double x = ref MemoryMarshal.GetReference(from);
        ref float y0 = ref MemoryMarshal.GetReference(first), y1 = ref MemoryMarshal.GetReference(second);
        ref float y2 = ref MemoryMarshal.GetReference(third), y3 = ref MemoryMarshal.GetReference(fourth);
        Vector512<double> a = default, b = default, c = default, d = default;
        double aRest = 0, bRest = 0, cRest = 0, dRest = 0;
        for (; j + Vector512<double>.Count <= columns; j += Vector512<double>.Count)
        {
            Vector512<double> v = Vector512.LoadUnsafe(ref x, (nuint)j);
            a = TTerm.Add(v, Load(ref y0, (nuint)j), a);
            b = TTerm.Add(v, Load(ref y1, (nuint)j), b);
            c = TTerm.Add(v, Load(ref y2, (nuint)j), c);
            d = TTerm.Add(v, Load(ref y3, (nuint)j), d);
        }

        for (; j < columns; j++)
        {
            aRest += TTerm.Of(from[j], first[j]);
            bRest += TTerm.Of(from[j], second[j]);
            cRest += TTerm.Of(from[j], third[j]);
            dRest += TTerm.Of(from[j], fourth[j]);
        }

        sums[3] = Vector512.Sum(d) + dRest;
        sums[2] = Vector512.Sum(c) + cRest;
        sums[1] = Vector512.Sum(b) + bRest;
        sums[0] = Vector512.Sum(a) + aRest;
    }

    private static double One<TTerm>(ReadOnlySpan<double> from, ReadOnlySpan<float> row)
        where TTerm : struct, ITerm
    {
        Vector512<double> sum = default;
        double rest = 0;
        int j = 0;
        for (; j + Vector512<double>.Count <= from.Length; j += Vector512<double>.Count)
        {
            sum = TTerm.Add(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(from), (nuint)j), Load(ref MemoryMarshal.GetReference(row), (nuint)j), sum);
        }

        for (; j < from.Length; j++)
        {
            rest += TTerm.Of(from[j], row[j]);
        }

        return Vector512.Sum(sum) + rest;
    }

    private static Vector512<double> Load(ref float rows, nuint at)
    {
        Vector256<float> eight = Vector256.LoadUnsafe(ref rows, at);
        return System.Runtime.Intrinsics.X86.Avx512F.IsSupported
            ? System.Runtime.Intrinsics.X86.Avx512F.ConvertToVector512Double(eight)
            : Vector512.Create(Vector256.WidenLower(eight), Vector256.WidenUpper(eight));
    }

    private interface ITerm
    {
        static abstract Vector512<double> Add(Vector512<double> x, Vector512<double> y, Vector512<double> sum);

        static abstract double Of(double x, double y);
    }

    private readonly struct SquaredDifference : ITerm
    {
        public static Vector512<double> Add(Vector512<double> x, Vector512<double> y, Vector512<double> sum)
        {
            Vector512<double> difference = x - y;
            return Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        public static double Of(double x, double y) => (x - y) * (x - y);
    }

    private readonly struct Product : ITerm
    {
        public static Vector512<double> Add(Vector512<double> x, Vector512<double> y, Vector512<double> sum) => Vector512.FusedMultiplyAdd(x, y, sum);

        public static double Of(double x, double y) => x * y;
    }
}
