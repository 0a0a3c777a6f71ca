using System.Text.RegularExpressions;

namespace PyRelationAL.Tests;

/// <summary>What a family's page says of one strategy: a heading, what it does, and a list of points.</summary>
/// <param name="Page">The document, relative to the repository.</param>
/// <param name="Name">The heading.</param>
/// <param name="What">The text before the list.</param>
/// <param name="Points">The points of the list, in order, by the bold word that they begin with; blanks and line ends are single blanks.</param>
internal sealed partial record StrategyEntry(string Page, string Name, string What, IReadOnlyList<KeyValuePair<string, string>> Points)
{
    public const string Folder = "docs/strategies";

    /// <summary>The entries of all pages: the sections that say what is needed.</summary>
    public static IReadOnlyList<StrategyEntry> All { get; } =
        [.. Repository.Documents.Where(d => d.StartsWith(Folder + '/', StringComparison.Ordinal)).SelectMany(Of)];

    /// <summary>A point, or the empty text.</summary>
    public string this[string point] => Points.FirstOrDefault(p => p.Key == point).Value ?? string.Empty;

    public static IEnumerable<StrategyEntry> Parse(string page, string text)
    {
        foreach (Match section in Section().Matches(text))
        {
            string[] parts = PointStart().Split(section.Groups["body"].Value);
            var points = new List<KeyValuePair<string, string>>();
            for (int i = 1; i + 1 < parts.Length; i += 2)
            {
                points.Add(new(parts[i], OneLine(parts[i + 1])));
            }

            if (points.Any(p => p.Key == "Needs"))
            {
                yield return new StrategyEntry(page, section.Groups["name"].Value, OneLine(parts[0]), points);
            }
        }
    }

    private static IEnumerable<StrategyEntry> Of(string page) => Parse(page, File.ReadAllText(Repository.Absolute(page)));

    private static string OneLine(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"^## (?<name>[^\n]+)\n(?<body>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^- \*\*(\w+):\*\*", RegexOptions.Multiline)]
    private static partial Regex PointStart();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
