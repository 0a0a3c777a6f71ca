namespace PyRelationAL.Datasets;

/// <summary>Finds what a user who mistyped a name most likely meant.</summary>
internal static class NearestName
{
    /// <summary>The known name with the smallest edit distance, ignoring case, or null where nothing is similar.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        (string? nearest, int distance) = (null, int.MaxValue);
        foreach (string candidate in known)
        {
            int d = EditDistance(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (d < distance)
            {
                (nearest, distance) = (candidate, d);
            }
        }

        // More than half of the letters wrong is no typing error, and a far-fetched suggestion is worse than none.
        return nearest is not null && distance * 2 <= Math.Max(name.Length, nearest.Length) ? nearest : null;
    }

    /// <summary>" Did you mean 'x'?", or nothing.</summary>
    public static string Suggestion(string name, IEnumerable<string> known) => Find(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;

    // Levenshtein, 1966, with one row of memory.
    private static int EditDistance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
