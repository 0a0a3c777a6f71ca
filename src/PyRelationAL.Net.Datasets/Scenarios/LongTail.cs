namespace PyRelationAL.Datasets;

/// <summary>The exponential long-tail profile of imbalance benchmarks.</summary>
internal static class LongTail
{
    /// <summary>
    /// How many items of each class are kept: ⌊n[c] · f^(c/(C−1))⌋. Class 0 keeps all, the last the share f; of one class all are kept. A product within 1e−9
    /// below a whole number counts as that number, so that 100 · 0.29 is 29.
    /// </summary>
    public static int[] Counts(ReadOnlySpan<int> sizes, double factor)
    {
        var counts = new int[sizes.Length];
        for (int c = 0; c < counts.Length; c++)
        {
            double share = sizes.Length == 1 ? 1 : Math.Pow(factor, (double)c / (sizes.Length - 1));
            counts[c] = (int)Math.Floor((sizes[c] * share) + 1e-9);
        }

        return counts;
    }
}
