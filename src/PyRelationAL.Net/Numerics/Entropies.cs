using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PyRelationAL.Numerics;

/// <summary>Entropies of probability rows, vectorised.</summary>
/// <remarks>The loops over samples are compiled with all optimisations at once: they are long from the first call on.</remarks>
internal static class Entropies
{
    private const int ChunkValues = 1024;

    // ln of it is finite, and 0 times that is exactly 0: the convention 0 ln 0 = 0 without a branch.
    private const double Smallest = 2.2250738585072014e-308;
    private const double Ln2 = 0.69314718055994530942;

    // The bits of √½.
    private const long RootOfHalf = 0x3FE6A09E667F3BCD;

    /// <summary>Writes H = −Σ p ln p (nats) of each row.</summary>
    /// <param name="rows">Probabilities, row-major.</param>
    /// <param name="columns">Values per row.</param>
    /// <param name="entropies">One for each row.</param>
    public static void OfRows(ReadOnlySpan<double> rows, int columns, Span<double> entropies)
    {
        int chunkRows = Math.Max(1, ChunkValues / columns);
        double[] buffer = ArrayPool<double>.Shared.Rent(Math.Min(chunkRows, Math.Max(1, entropies.Length)) * columns);
        for (int start = 0; start < entropies.Length; start += chunkRows)
        {
            int count = Math.Min(chunkRows, entropies.Length - start);
            ReadOnlySpan<double> p = rows.Slice(start * columns, count * columns);
            Span<double> terms = buffer.AsSpan(0, p.Length);
            Terms(p, terms);
            OfTerms(terms, columns, entropies.Slice(start, count));
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Writes minus the sum of each row of terms: four rows at a time, since one sum has to wait for itself.</summary>
    public static void OfTerms(ReadOnlySpan<double> terms, int columns, Span<double> entropies)
    {
        int row = 0;
        for (; row + 4 <= entropies.Length; row += 4)
        {
            ReadOnlySpan<double> first = terms.Slice(row * columns, columns), second = terms.Slice((row + 1) * columns, columns);
            ReadOnlySpan<double> third = terms.Slice((row + 2) * columns, columns), fourth = terms.Slice((row + 3) * columns, columns);
            double a = 0, b = 0, c = 0, d = 0;
            for (int j = 0; j < first.Length && j < second.Length && j < third.Length && j < fourth.Length; j++)
            {
                a += first[j];
                b += second[j];
                c += third[j];
                d += fourth[j];
            }

            (entropies[row], entropies[row + 1], entropies[row + 2], entropies[row + 3]) = (NotNegative(a), NotNegative(b), NotNegative(c), NotNegative(d));
        }

        for (; row < entropies.Length; row++)
        {
            double sum = 0;
            foreach (double term in terms.Slice(row * columns, columns))
            {
                sum += term;
            }

            entropies[row] = NotNegative(sum);
        }
    }

    // Rounding can leave a sum of +1e-17 for a one-hot row that sums to slightly more than 1.
    private static double NotNegative(double sum) => Math.Max(0, -sum);

    /// <summary>Writes p ln p of each element, with 0 ln 0 = 0. Finite p of at least 0; within a few units in the last place.</summary>
    public static void Terms(ReadOnlySpan<double> p, Span<double> terms)
    {
        ref double from = ref MemoryMarshal.GetReference(p), to = ref MemoryMarshal.GetReference(terms[..p.Length]);
        int i = 0;
        for (; i + Vector512<double>.Count <= p.Length; i += Vector512<double>.Count)
        {
            Term(Vector512.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        if (i < p.Length)
        {
            Span<double> rest = stackalloc double[Vector512<double>.Count];
            rest.Clear();
            p[i..].CopyTo(rest);
            Term(Vector512.Create((ReadOnlySpan<double>)rest)).CopyTo(rest);
            rest[..(p.Length - i)].CopyTo(terms[i..]);
        }
    }

    /// <summary>Adds each element of four arrays, one after the other, to a sum and p ln p of it to another: one pass over the sums for four arrays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> third,
        ReadOnlySpan<double> fourth,
        Span<double> sums,
        Span<double> termSums)
    {
        int length = sums.Length, i = 0;
        ref double a = ref MemoryMarshal.GetReference(first[..length]), b = ref MemoryMarshal.GetReference(second[..length]);
        ref double c = ref MemoryMarshal.GetReference(third[..length]), d = ref MemoryMarshal.GetReference(fourth[..length]);
        ref double sum = ref MemoryMarshal.GetReference(sums), termSum = ref MemoryMarshal.GetReference(termSums[..length]);
        for (; i + Vector512<double>.Count <= length; i += Vector512<double>.Count)
        {
            nuint at = (nuint)i;
            Vector512<double> p = Vector512.LoadUnsafe(ref a, at), q = Vector512.LoadUnsafe(ref b, at);
            Vector512<double> r = Vector512.LoadUnsafe(ref c, at), s = Vector512.LoadUnsafe(ref d, at);
            (Vector512.LoadUnsafe(ref sum, at) + p + q + r + s).StoreUnsafe(ref sum, at);
            (Vector512.LoadUnsafe(ref termSum, at) + Term(p) + Term(q) + Term(r) + Term(s)).StoreUnsafe(ref termSum, at);
        }

        for (; i < length; i++)
        {
            sums[i] = sums[i] + first[i] + second[i] + third[i] + fourth[i];
            termSums[i] = termSums[i] + Term(first[i]) + Term(second[i]) + Term(third[i]) + Term(fourth[i]);
        }
    }

    /// <summary>The same for one array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<double> values, Span<double> sums, Span<double> termSums)
    {
        int length = sums.Length, i = 0;
        ref double from = ref MemoryMarshal.GetReference(values[..length]);
        ref double sum = ref MemoryMarshal.GetReference(sums), termSum = ref MemoryMarshal.GetReference(termSums[..length]);
        for (; i + Vector512<double>.Count <= length; i += Vector512<double>.Count)
        {
            Vector512<double> p = Vector512.LoadUnsafe(ref from, (nuint)i);
            (Vector512.LoadUnsafe(ref sum, (nuint)i) + p).StoreUnsafe(ref sum, (nuint)i);
            (Vector512.LoadUnsafe(ref termSum, (nuint)i) + Term(p)).StoreUnsafe(ref termSum, (nuint)i);
        }

        for (; i < length; i++)
        {
            sums[i] += values[i];
            termSums[i] += Term(values[i]);
        }
    }

    private static double Term(double p) => Term(Vector512.Create(p))[0];

    /// <summary>
    /// p ln p in one pass, in about half of the time of a maximum, a logarithm and a product. p = 2ᵉ m with m in [√½, √2); ln m = 2 artanh s with s = (m − 1)
    /// / (m + 1), and 2 artanh s = 2s + s³ P(s²) with the polynomial that equals the series' rest at the Chebyshev nodes of the range of s².
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Term(Vector512<double> p)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<long> bits = Vector512.MaxNative(p, Vector512.Create(Smallest)).AsInt64();
        Vector512<long> exponent = (bits - Vector512.Create(RootOfHalf)) >> 52;
        Vector512<double> m = (bits - (exponent << 52)).AsDouble(), s = (m - one) / (m + one), z = s * s;
        Vector512<double> sum = Vector512.Create(0.14616438451195768);
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(0.1533172258139728));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(0.18182889092693538));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(0.22222211135307238));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(0.2857142862597164));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(0.39999999999899516));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(0.666666666666667));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(2.0)) * s;
        return p * Vector512.FusedMultiplyAdd(Vector512.ConvertToDouble(exponent), Vector512.Create(Ln2), sum);
    }

    /// <summary>p ln p with 0 ln 0 = 0.</summary>
    public static double XLogX(double p) => p > 0 ? p * Math.Log(p) : 0;
}
