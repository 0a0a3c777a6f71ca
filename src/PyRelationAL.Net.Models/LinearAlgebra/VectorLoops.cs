using System.Numerics;
using System.Runtime.InteropServices;

namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>Loops that do in one pass over memory what several vector operations would do in several.</summary>
internal static class VectorLoops
{
    /// <summary>Adds factor·row to the target and returns row·vector: a row's two parts in a product with a symmetric matrix.</summary>
    public static double DotAndAdd(ReadOnlySpan<double> row, ReadOnlySpan<double> vector, double factor, Span<double> target)
    {
        int width = Vector<double>.Count, i = 0;
        vector = vector[..row.Length];
        target = target[..row.Length];
        ref double r = ref MemoryMarshal.GetReference(row);
        ref double v = ref MemoryMarshal.GetReference(vector);
        ref double t = ref MemoryMarshal.GetReference(target);
        Vector<double> sums = default, factors = new(factor);
        for (; i <= row.Length - width; i += width)
        {
            Vector<double> x = Vector.LoadUnsafe(ref r, (nuint)i);
            sums = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref v, (nuint)i), sums);
            Vector.FusedMultiplyAdd(x, factors, Vector.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        }

        double sum = Vector.Sum(sums);
        for (; i < row.Length; i++)
        {
            sum += row[i] * vector[i];
            target[i] = Math.FusedMultiplyAdd(row[i], factor, target[i]);
        }

        return sum;
    }

    /// <summary>Σ aᵢ bᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int width = Vector<double>.Count, i = 0;
        b = b[..a.Length];
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        Vector<double> even = default, odd = default;
        for (; i <= a.Length - (2 * width); i += 2 * width)
        {
            even = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref x, (nuint)i), Vector.LoadUnsafe(ref y, (nuint)i), even);
            odd = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref x, (nuint)(i + width)), Vector.LoadUnsafe(ref y, (nuint)(i + width)), odd);
        }

        double sum = Vector.Sum(even + odd);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Σ aᵢ bᵢ cᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c)
    {
        int width = Vector<double>.Count, i = 0;
        b = b[..a.Length];
        c = c[..a.Length];
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        ref double z = ref MemoryMarshal.GetReference(c);
        Vector<double> sums = default;
        for (; i <= a.Length - width; i += width)
        {
            Vector<double> product = Vector.LoadUnsafe(ref x, (nuint)i) * Vector.LoadUnsafe(ref y, (nuint)i);
            sums = Vector.FusedMultiplyAdd(product, Vector.LoadUnsafe(ref z, (nuint)i), sums);
        }

        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i] * c[i];
        }

        return sum;
    }

    /// <summary>Subtracts each element's square from the target, with one rounding.</summary>
    public static void SubtractSquares(ReadOnlySpan<double> row, Span<double> target)
    {
        int width = Vector<double>.Count, i = 0;
        target = target[..row.Length];
        ref double r = ref MemoryMarshal.GetReference(row);
        ref double t = ref MemoryMarshal.GetReference(target);
        for (; i <= row.Length - width; i += width)
        {
            Vector<double> x = Vector.LoadUnsafe(ref r, (nuint)i);
            Vector.FusedMultiplyAdd(-x, x, Vector.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(-row[i], row[i], target[i]);
        }
    }

    /// <summary>Subtracts factor·row from the target, each element with one rounding.</summary>
    public static void SubtractScaled(ReadOnlySpan<double> row, double factor, Span<double> target)
    {
        int width = Vector<double>.Count, i = 0;
        target = target[..row.Length];
        ref double r = ref MemoryMarshal.GetReference(row);
        ref double t = ref MemoryMarshal.GetReference(target);
        Vector<double> factors = new(-factor);
        for (; i <= row.Length - width; i += width)
        {
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref r, (nuint)i), factors, Vector.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        }

        for (; i < row.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(row[i], -factor, target[i]);
        }
    }
}
