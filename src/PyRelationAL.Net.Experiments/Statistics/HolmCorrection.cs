using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// Holm's correction for several tests (Holm, 1979, Scandinavian J. of Statistics 6): the chance of even one false alarm stays below the level, whatever the
/// dependence between the tests. Never less powerful than Bonferroni's.
/// </summary>
public static class HolmCorrection
{
    /// <summary>Adjusted p-values: the i-th smallest of m becomes the largest of (m − j + 1) p₍ⱼ₎ over j ≤ i, at most 1.</summary>
    /// <param name="pValues">The p-values of one family: all that one would have reported; each in [0, 1].</param>
    /// <returns>The adjusted p-values in the given order, to compare with the level itself. O(m log m).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not in [0, 1].</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        double[] sorted = pValues.ToArray();
        foreach (double pValue in sorted)
        {
            Guard.Share(pValue);
        }

        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var adjusted = new double[sorted.Length];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (sorted.Length - i) * sorted[i]));
            adjusted[order[i]] = largest;
        }

        return adjusted;
    }
}
