using System.Globalization;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Which classes the ALScope benchmark takes for known, by dataset, open-set rate and trial: facts of its published code.</summary>
internal static class ALScopeClasses
{
    private const string Resource = "alscope-classes.txt";

    private static readonly Lazy<IReadOnlyList<Entry>> Entries = new(Read);

    /// <summary>The lists, by trial; classes in ALScope's order.</summary>
    /// <exception cref="ArgumentException">ALScope has none for the dataset, or none for this rate.</exception>
    public static IReadOnlyList<int[]> Find(string dataset, double rate)
    {
        string name = string.Concat(dataset.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        Entry[] ofDataset = [.. Entries.Value.Where(entry => entry.Datasets.Contains(name))];
        if (ofDataset.Length == 0)
        {
            string datasets = string.Join(", ", Entries.Value.SelectMany(entry => entry.Datasets).Distinct().Order(StringComparer.Ordinal));
            throw new ArgumentException($"ALScope has no list of known classes for dataset '{dataset}'. It has lists for {datasets}.");
        }

        return Array.Find(ofDataset, entry => entry.Rate is null || entry.Rate == rate)?.Lists ?? throw new ArgumentException(Invariant(
            $"ALScope has no list of known classes of {dataset} for an open-set rate of {rate}; it has lists for the rates ")
            + string.Join(", ", ofDataset.Select(entry => Invariant($"{entry.Rate}")).Order(StringComparer.Ordinal)) + ".");
    }

    // A line: datasets, rate or *, lists.
    private static IReadOnlyList<Entry> Read()
    {
        using Stream stream = typeof(ALScopeClasses).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ')).Select(parts => new Entry(
                parts[0].Split(','),
                parts[1] == "*" ? null : double.Parse(parts[1], CultureInfo.InvariantCulture),
                [.. parts.Skip(2).Select(list => Array.ConvertAll(list.Split(','), text => int.Parse(text, CultureInfo.InvariantCulture)))])),
        ];
    }

    private sealed record Entry(string[] Datasets, double? Rate, IReadOnlyList<int[]> Lists);
}
