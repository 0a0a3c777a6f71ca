namespace PyRelationAL.Datasets;

/// <summary>Shares of counts as whole numbers.</summary>
internal static class Apportionment
{
    /// <summary>The nearest whole number, halves up: also those that binary fractions make a little less, such as 62 · (1 − 0.8) / 0.8 = 15.5.</summary>
    public static int Rounded(double value) => (int)Math.Min(Math.Floor(value + 0.5 + 1e-9), int.MaxValue);

    /// <summary>
    /// Divides seats among groups in proportion to their sizes by Hamilton's method: the whole part of each share, then the seats left to the largest
    /// remainders, ties to the first group; in integers, so that no rounding decides.
    /// </summary>
    public static int[] Hamilton(IReadOnlyList<int> sizes, int seats)
    {
        long total = sizes.Sum(size => (long)size);
        int[] quotas = [.. sizes.Select(size => (int)(size * (long)seats / total))];
        IEnumerable<int> byRemainder = Enumerable.Range(0, sizes.Count).OrderByDescending(g => sizes[g] * (long)seats % total);
        foreach (int g in byRemainder.Take(seats - quotas.Sum()))
        {
            quotas[g]++;
        }

        return quotas;
    }
}
