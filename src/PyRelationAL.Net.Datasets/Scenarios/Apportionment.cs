namespace PyRelationAL.Datasets;

/// <summary>Divides seats among groups in proportion to their sizes.</summary>
internal static class Apportionment
{
    /// <summary>
    /// Hamilton's method: the whole part of each share, then the seats left to the largest remainders, ties to the first group; in integers, so that no
    /// rounding decides.
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
