using System.Text.RegularExpressions;
using static System.FormattableString;

namespace PyRelationAL.Tests;

/// <summary>The page of known bugs has all of them, and the tests that it names exist in the files that it links.</summary>
internal sealed partial class KnownBugsPageTests
{
    private const string Page = "docs/known-bugs.md";

    private static readonly string[] Rows =
        [.. File.ReadAllLines(Repository.Absolute(Page)).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]))];

    private static IEnumerable<TestCaseData> Numbered => Rows.Select((row, i) => new TestCaseData(row).SetArgDisplayNames(Invariant($"{i + 1}")));

    [Test]
    public void All_of_them_are_there_in_order() =>
        Assert.That(Rows.Select(row => row.Split('|')[1].Trim()), Is.EqualTo(Enumerable.Range(1, 39).Select(i => Invariant($"{i}"))));

    [TestCaseSource(nameof(Numbered))]
    public void A_row_is_complete_and_its_tests_exist(string row)
    {
        string[] cells = [.. Cell().Split(row).Select(cell => cell.Trim())];
        Assert.That(cells, Has.Length.EqualTo(8), "six cells between two empty ends");
        Assert.That(cells[1..^1], Is.All.Not.Empty);
        Match[] links = [.. Link().Matches(cells[6]).Cast<Match>()];
        Assert.That(links, Is.Not.Empty);
        foreach (Match link in links)
        {
            string file = Path.GetFullPath(Path.Combine(Repository.Absolute("docs"), link.Groups["file"].Value));
            Assert.That(
                TestMethod().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value),
                Does.Contain(link.Groups["test"].Value),
                link.Groups["file"].Value);
        }
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();

    [GeneratedRegex(@"\[`(?<test>\w+)`\]\((?<file>[^)]+\.cs)\)")]
    private static partial Regex Link();

    // The attributes of a test stand on the lines before its method.
    [GeneratedRegex(@"^    \[Test(?:Case|CaseSource)?\b.*\r?\n(?:    \[.*\r?\n)*    public (?:async Task|void) (?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex TestMethod();
}
