using System.Reflection;
using System.Text.RegularExpressions;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

internal sealed partial class StrategyPageTests
{
    private const string Page = "docs/strategies.md";

    private static string Text { get; } = File.ReadAllText(Repository.Absolute(Page));

    private static IEnumerable<string> ScoresAndCriteria =>
        typeof(Informativeness).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Concat(typeof(Selection).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(IsScoreOrCriterion)
            .Select(member => member.Name)
            .Where(name => !name.StartsWith("op_", StringComparison.Ordinal));

    private static IEnumerable<string> TypeNames => StrategyCatalogue.All.Select(s => s.Type.Name);

    [TestCaseSource(nameof(TypeNames))]
    public void Every_built_in_strategy_is_on_the_page(string typeName)
    {
        Assert.That(Text, Does.Contain($"`{typeName}`"));
    }

    [TestCaseSource(nameof(ScoresAndCriteria))]
    public void Every_score_and_criterion_is_on_the_page(string name)
    {
        Assert.That(Text, Does.Match($"[`.]{name}\\b"));
    }

    [Test]
    public void Every_strategy_on_the_page_exists()
    {
        HashSet<string> known = [.. typeof(Strategy).Assembly.GetExportedTypes().Select(type => type.Name)];
        string[] unknown =
        [
            .. StrategyName().Matches(Text).Select(m => m.Groups[1].Value).Where(name => !known.Contains(name)),
        ];

        Assert.That(unknown, Is.Empty);
    }

    private static bool IsScoreOrCriterion(MemberInfo member) =>
        member switch { PropertyInfo property => property.PropertyType, MethodInfo { IsSpecialName: false } method => method.ReturnType, _ => null } is { } type
        && (type == typeof(IInformativenessFunction) || type == typeof(ISelectionCriterion));

    [GeneratedRegex(@"`(\w+Strategy)`")]
    private static partial Regex StrategyName();
}
