using System.Buffers;
using System.Numerics.Tensors;

namespace PyRelationAL.Numerics;

/// <summary>Entropies of probability rows, vectorised.</summary>
internal static class Entropies
{
    private const int ChunkValues = 1024;

    // ln of it is finite, and 0 times that is exactly 0: the convention 0 ln 0 = 0 without a branch.
    private const double Smallest = 2.2250738585072014e-308;

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
            Negate(terms, columns, entropies.Slice(start, count));
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Writes minus the sum of each row: four rows at a time, since one sum has to wait for itself.</summary>
    private static void Negate(ReadOnlySpan<double> terms, int columns, Span<double> entropies)
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

    /// <summary>Writes p ln p of each element, with 0 ln 0 = 0.</summary>
    public static void Terms(ReadOnlySpan<double> p, Span<double> terms)
    {
        TensorPrimitives.Max(p, Smallest, terms);
        TensorPrimitives.Log(terms, terms);
        TensorPrimitives.Multiply(terms, p, terms);
    }

    /// <summary>p ln p with 0 ln 0 = 0.</summary>
    public static double XLogX(double p) => p > 0 ? p * Math.Log(p) : 0;
}
