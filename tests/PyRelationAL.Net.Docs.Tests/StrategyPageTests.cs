using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using PyRelationAL.Cli.Select;
using PyRelationAL.Models;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>The pages on strategies: an entry for each one, on its family's page, that says what the code says.</summary>
internal sealed partial class StrategyPageTests
{
    private const string Suffix = "Strategy";
    private const string ScoresPage = StrategyEntry.Folder + "/composition.md";

    private static readonly string[] NeededPoints = ["When", "Needs", "Cost", "Options", "Reference"];
    private static readonly string[] AllowedPoints = ["When", "Needs", "Cost", "Options", "Pitfalls", "Elsewhere", "Reference"];

    /// <summary>Strategies that have no name of their own on the command line, each with the fewest needs of its own.</summary>
    private static readonly Dictionary<Type, IStrategy> OfCodeOnly = new()
    {
        [typeof(AnchorALStrategy)] = new AnchorALStrategy(new RandomAcquisitionStrategy()),
        [typeof(ClassBalancerStrategy)] = new ClassBalancerStrategy(new RandomAcquisitionStrategy()),
        [typeof(CompositeStrategy)] = new CompositeStrategy(Informativeness.RelativeDistance()),
        [typeof(ExpectedErrorReductionStrategy)] = new ExpectedErrorReductionStrategy(() => new LogisticRegression()),
        [typeof(OpenSetFilterStrategy)] = new OpenSetFilterStrategy(new RandomAcquisitionStrategy()),
        [typeof(ScheduledStrategy)] = new ScheduledStrategy(new StrategyPhase(new RandomAcquisitionStrategy(), null)),
        [typeof(SEALSStrategy)] = new SEALSStrategy(new RandomAcquisitionStrategy()),
        [typeof(SubPoolStrategy)] = new SubPoolStrategy(new RandomAcquisitionStrategy(), 1),
    };

    private static readonly string[] Overview = File.ReadAllLines(Repository.Absolute("docs/strategies.md"));

    private static IEnumerable<Type> Types =>
        typeof(Strategy).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(IStrategy)) && type is { IsAbstract: false });

    private static IEnumerable<string> ScoresAndCriteria =>
        typeof(Informativeness).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Concat(typeof(Selection).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(IsScoreOrCriterion)
            .Select(member => member.Name)
            .Where(name => !name.StartsWith("op_", StringComparison.Ordinal));

    private static IEnumerable<string> Pages => Repository.Documents.Where(d =>
        d.StartsWith(StrategyEntry.Folder, StringComparison.Ordinal) || d is "docs/choosing-a-strategy.md" or "docs/strategies-by-library.md");

    [TestCaseSource(nameof(Types))]
    public void A_strategy_has_one_entry_on_the_page_of_its_folder(Type type)
    {
        string strategies = Repository.Absolute("src/PyRelationAL.Net/Strategies");
        string source = Directory.EnumerateFiles(strategies, $"{type.Name}.cs", SearchOption.AllDirectories).Single();
        string folder = Path.GetFileName(Path.GetDirectoryName(source)!);
        string page = folder == "Strategies" ? ScoresPage : $"{StrategyEntry.Folder}/{CapitalInside().Replace(folder, "-").ToLowerInvariant()}.md";

        Assert.That(StrategyEntry.All.Where(e => e.Name == NameOf(type)).Select(e => e.Page), Is.EqualTo(new[] { page }));
    }

    [TestCaseSource(nameof(Types))]
    public void An_entry_says_what_when_for_how_much_and_from_where(Type type)
    {
        StrategyEntry entry = EntryOf(type);
        string[] points = [.. entry.Points.Select(p => p.Key)];

        Assert.That(entry.What, Is.Not.Empty);
        Assert.That(NeededPoints, Is.SubsetOf(points));
        Assert.That(points, Is.EqualTo(AllowedPoints.Intersect(points)), "the points that are known, each once, in their order");
        Assert.That(entry.Points, Has.All.Matches<KeyValuePair<string, string>>(p => p.Value.EndsWith('.')));
    }

    [TestCaseSource(nameof(Types))]
    public void An_entry_names_the_tasks_and_capabilities_that_the_strategy_requires(Type type)
    {
        string needs = EntryOf(type)["Needs"];
        (TaskKinds tasks, Capabilities capabilities, _) = RequirementsOf(type);

        Assert.That(needs.Split(';', ',')[0].TrimEnd('.'), Is.EqualTo(TextOf(tasks)));
        Assert.That(CapabilitiesIn(needs), Is.EqualTo(capabilities), needs);
    }

    [TestCaseSource(nameof(Types))]
    public void An_entry_says_which_files_select_wants_or_that_there_are_none(Type type)
    {
        string needs = EntryOf(type)["Needs"];
        bool byName = StrategyCatalogue.All.Any(s => s.Type == type);
        bool ofLibrary = (RequirementsOf(type).Capabilities & FileNeeds.OfLibraryOnly) != Capabilities.None;
        string[] options = [.. new SelectOptions().All.Select(option => option.Name)];

        Assert.That(OptionName().Matches(needs).Select(m => m.Groups[1].Value), Is.SubsetOf(options));
        if (byName || ofLibrary)
        {
            Assert.That(needs, Does.Contain(ofLibrary ? "From code only" : "Files: "));
        }
    }

    [TestCaseSource(nameof(Types))]
    public void An_entry_names_every_option_and_the_defaults_that_are_numbers(Type type)
    {
        string options = EntryOf(type)["Options"];
        foreach (ParameterInfo parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
        {
            Assert.That(options, Does.Contain($"`{parameter.Name}`"));
            if (parameter.DefaultValue is double or int or bool)
            {
                string value = Regex.Match(options, $"`{parameter.Name}`( \\S+)? = ([\\w.,-]*\\w)").Groups[2].Value;
                Assert.That(value.Replace(",", string.Empty, StringComparison.Ordinal), Is.EqualTo(TextOf(parameter.DefaultValue)), parameter.Name);
            }
        }
    }

    [TestCaseSource(nameof(Types))]
    public void An_entry_gives_the_reference_of_the_catalogue(Type type)
    {
        if (StrategyCatalogue.All.FirstOrDefault(s => s.Type == type) is { } description && description.Reference.Any(char.IsLetter))
        {
            Assert.That(EntryOf(type)["Reference"], Does.Contain(description.Reference));
        }
    }

    [TestCaseSource(nameof(Types))]
    public void The_overview_says_of_a_strategy_what_its_entry_and_the_catalogue_say(Type type)
    {
        StrategyEntry entry = EntryOf(type);
        string link = $"| [{entry.Name}]({entry.Page["docs/".Length..]}#{entry.Name.ToLowerInvariant()}) |";
        string[] cells = Overview.Single(line => line.StartsWith(link, StringComparison.Ordinal)).Trim('|').Split(" | ");
        (TaskKinds tasks, Capabilities capabilities, string? summary) = RequirementsOf(type);
        string needs = capabilities == Capabilities.None ? "—" : string.Join(", ", CapabilityNames(entry["Needs"]));

        Assert.That(cells, Has.Length.EqualTo(5));
        Assert.That(cells[1], Is.EqualTo(TextOf(tasks)));
        Assert.That(cells[2], Is.EqualTo(needs));
        Assert.That(entry["Cost"], Does.StartWith(cells[3]));
        Assert.That(cells[4].Trim(), summary is null ? Is.Not.Empty : Is.EqualTo(summary));
    }

    [Test]
    public void There_is_no_entry_and_no_row_without_a_strategy()
    {
        string[] names = [.. Types.Select(NameOf)];

        Assert.That(StrategyEntry.All.Select(e => e.Name), Is.SubsetOf(names));
        Assert.That(Overview.Select(line => RowName().Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value), Is.EquivalentTo(names));
    }

    [Test]
    public void Every_page_of_entries_is_in_the_overview()
    {
        string[] rows = [.. Overview.Where(line => line.StartsWith("| [", StringComparison.Ordinal))];
        Assert.That(
            StrategyEntry.All.Select(e => e.Page["docs/".Length..]).Distinct(),
            Has.All.Matches<string>(page => rows.Any(line => line.Contains($"]({page})", StringComparison.Ordinal))));
    }

    [TestCaseSource(nameof(ScoresAndCriteria))]
    public void Every_score_and_criterion_is_on_the_page(string name)
    {
        Assert.That(File.ReadAllText(Repository.Absolute(ScoresPage)), Does.Match($"[`.]{name}\\b"));
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_strategy_on_a_page_exists(string page)
    {
        HashSet<string> known = [.. typeof(Strategy).Assembly.GetExportedTypes().Select(type => type.Name)];
        string[] unknown =
        [
            .. StrategyName().Matches(File.ReadAllText(Repository.Absolute(page))).Select(m => m.Groups[1].Value).Where(name => !known.Contains(name)),
        ];

        Assert.That(unknown, Is.Empty);
    }

    [Test]
    public void An_entry_is_read_with_its_points()
    {
        const string page = "# Page\n\n## One\n\nAsks\n  once.\n\n- **Needs:** any\n  task.\n- **Cost:** O(1).\n\n## Other\n\nText.\n";
        StrategyEntry entry = StrategyEntry.Parse("page.md", page).Single();

        Assert.That((entry.Page, entry.Name, entry.What), Is.EqualTo(("page.md", "One", "Asks once.")));
        Assert.That(entry.Points.Select(p => $"{p.Key}={p.Value}"), Is.EqualTo(new[] { "Needs=any task.", "Cost=O(1)." }));
    }

    private static string NameOf(Type type) => type.Name[..^Suffix.Length];

    private static StrategyEntry EntryOf(Type type) => StrategyEntry.All.Single(e => e.Name == NameOf(type));

    private static (TaskKinds Tasks, Capabilities Capabilities, string? Summary) RequirementsOf(Type type)
    {
        if (StrategyCatalogue.All.FirstOrDefault(s => s.Type == type) is { } description)
        {
            Capabilities either = new[] { LearningTask.Classification(3), LearningTask.Regression }
                .Where(task => description.Tasks.HasFlag(task.Kind))
                .Aggregate(Capabilities.None, (all, task) => all | description.Create(task).Requirements.Capabilities);
            return (description.Tasks, either, description.Summary);
        }

        Assert.That(OfCodeOnly, Contains.Key(type), "a strategy without a name in the catalogue needs an example here");
        Requirements requirements = OfCodeOnly[type].Requirements;
        return (requirements.Tasks, requirements.Capabilities, null);
    }

    private static string TextOf(object value) =>
        value is bool ? value.Equals(true) ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string TextOf(TaskKinds tasks) => tasks switch
    {
        TaskKinds.Any => "any task",
        TaskKinds.Classification | TaskKinds.Regression => "classification or regression",
        TaskKinds.Classification => "classification",
        _ => "regression",
    };

    private static IEnumerable<string> CapabilityNames(string needs) =>
        CodeWord().Matches(needs).Select(m => m.Groups[1].Value).Where(word => Enum.TryParse<Capabilities>(word, out _));

    private static Capabilities CapabilitiesIn(string needs) =>
        CapabilityNames(needs).Aggregate(Capabilities.None, (all, name) => all | Enum.Parse<Capabilities>(name));

    private static bool IsScoreOrCriterion(MemberInfo member) =>
        member switch { PropertyInfo property => property.PropertyType, MethodInfo { IsSpecialName: false } method => method.ReturnType, _ => null } is { } type
        && (type == typeof(IInformativenessFunction) || type == typeof(ISelectionCriterion));

    [GeneratedRegex(@"`(\w+Strategy)\b")]
    private static partial Regex StrategyName();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex CodeWord();

    [GeneratedRegex(@"`(--[a-z-]+)")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"^\| \[(\w+)\]\(strategies/[\w-]+\.md#")]
    private static partial Regex RowName();

    [GeneratedRegex(@"(?<!^)(?=[A-Z])")]
    private static partial Regex CapitalInside();
}
