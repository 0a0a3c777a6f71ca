using System.Text.RegularExpressions;

namespace PyRelationAL.Tests;

internal sealed partial class LinkTests
{
    private static IReadOnlyList<string> Documents => Repository.Documents;

    [TestCaseSource(nameof(Documents))]
    public void Every_relative_link_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Repository.Absolute(document))!;
        string[] broken = [.. Links(document).Where(link => !Resolves(document, folder, link))];

        Assert.That(broken, Is.Empty);
    }

    [TestCase("Noise, and a person's σ", "noise-and-a-persons-σ")]
    [TestCase("`Train` and A3_b", "train-and-a3_b")]
    public void Anchors_are_made_from_headings_as_GitHub_makes_them(string heading, string anchor)
    {
        Assert.That(Anchor(heading), Is.EqualTo(anchor));
    }

    private static bool Resolves(string document, string folder, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? Repository.Absolute(document) : Path.GetFullPath(Path.Combine(folder, parts[0]));
        return (File.Exists(target) || Directory.Exists(target))
            && (parts.Length == 1 || Headings(target).Contains(parts[1]));
    }

    private static IEnumerable<string> Links(string document) => LinkPattern()
        .Matches(WithoutCode(document))
        .Select(m => m.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    private static string WithoutCode(string document)
    {
        string[] lines = File.ReadAllLines(Repository.Absolute(document));
        foreach (FencedBlock block in FencedBlock.Parse(document, lines))
        {
            Array.Fill(lines, string.Empty, block.FirstLine - 1, block.Lines.Count);
        }

        return InlineCode().Replace(string.Join('\n', lines), string.Empty);
    }

    private static HashSet<string> Headings(string path) => File.Exists(path)
        ? [.. File.ReadAllLines(path).Where(line => line.StartsWith('#')).Select(line => Anchor(line.TrimStart('#').Trim()))]
        : [];

    private static string Anchor(string heading) =>
        new([.. heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c)]);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();
}
