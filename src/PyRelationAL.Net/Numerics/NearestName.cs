namespace PyRelationAL.Numerics;

/// <summary>Suggests what a mistyped name may have meant.</summary>
public static class NearestName
{
    /// <summary>The fewest letters with which a name may be cut short.</summary>
    private const int FewestLetters = 3;

    /// <summary>A message for an unknown name: the nearest known name by edit distance, and the list.</summary>
    /// <param name="what">What was looked for, for example "strategy".</param>
    /// <param name="name">The name that is unknown.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="synonyms">Further names that are understood: suggested, but not listed.</param>
    /// <returns>One line.</returns>
    public static string UnknownMessage(string what, string name, IEnumerable<string> known, IEnumerable<string>? synonyms = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] names = [.. known];
        return $"Unknown {what} '{name}'.{Suggestion(name, names.Concat(synonyms ?? []))} Known: {string.Join(", ", names)}.";
    }

    /// <summary>
    /// " Did you mean 'x'?" with the known name nearest by edit distance, ignoring case, or else the shortest one that begins with it; or nothing, where none
    /// is similar.
    /// </summary>
    /// <param name="name">The name that is unknown.</param>
    /// <param name="known">The names that exist.</param>
    /// <returns>A sentence with a space before it, or an empty string.</returns>
    public static string Suggestion(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] names = [.. known];
        string? nearest = names.MinBy(k => Distance(k, name));
        // More than half of the letters wrong is no typing error, and a far-fetched suggestion is worse than none.
        if (nearest is not null && 2 * Distance(nearest, name) > Math.Max(name.Length, nearest.Length))
        {
            nearest = name.Length < FewestLetters ? null : names.Where(k => k.StartsWith(name, StringComparison.OrdinalIgnoreCase)).MinBy(k => k.Length);
        }

        return nearest is null ? string.Empty : $" Did you mean '{nearest}'?";
    }

    // Levenshtein, 1966, with one row of memory.
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                int next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[b.Length];
    }
}
