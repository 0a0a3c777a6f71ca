using System.Buffers;
using System.Numerics.Tensors;

namespace PyRelationAL.Numerics;

/// <summary>Entropies of probability rows, vectorised.</summary>
internal static class Entropies
{
    private const int ChunkValues = 4096;

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
            for (int i = 0; i < count; i++)
            {
                double sum = 0;
                foreach (double term in terms.Slice(i * columns, columns))
                {
                    sum += term;
                }

                // Rounding can leave a sum of +1e-17 for a one-hot row that sums to slightly more than 1.
                entropies[start + i] = Math.Max(0, -sum);
            }
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

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
