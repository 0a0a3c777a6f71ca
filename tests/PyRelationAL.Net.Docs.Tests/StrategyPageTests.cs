using System.Text.RegularExpressions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

internal sealed partial class StrategyPageTests
{
    private const string Page = "docs/strategies.md";

    private static IEnumerable<string> TypeNames => StrategyCatalogue.All.Select(s => s.Type.Name);

    [TestCaseSource(nameof(TypeNames))]
    public void Every_built_in_strategy_is_on_the_page(string typeName)
    {
        Assert.That(File.ReadAllText(Repository.Absolute(Page)), Does.Contain($"`{typeName}`"));
    }

    [Test]
    public void Every_strategy_on_the_page_exists()
    {
        HashSet<string> known = [.. typeof(Strategy).Assembly.GetExportedTypes().Select(type => type.Name)];
        string[] unknown =
        [
            .. StrategyName().Matches(File.ReadAllText(Repository.Absolute(Page))).Select(m => m.Groups[1].Value).Where(name => !known.Contains(name)),
        ];

        Assert.That(unknown, Is.Empty);
    }

    [GeneratedRegex(@"`(\w+Strategy)`")]
    private static partial Regex StrategyName();
}
