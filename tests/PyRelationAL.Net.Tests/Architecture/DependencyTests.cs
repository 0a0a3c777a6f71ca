using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PyRelationAL.Tests;

/// <summary>The direction of dependencies, as the sources and the projects have it.</summary>
public sealed partial class DependencyTests
{
    /// <summary>The layers of projects, top first: an arrow may only point to a lower layer, and adapters never know each other.</summary>
    private static readonly string[][] Layers =
    [
        ["PyRelationAL.Net.Cli", "PyRelationAL.Net.DataFrames"],
        ["PyRelationAL.Net.Experiments"],
        ["PyRelationAL.Net.Datasets", "PyRelationAL.Net.Models", "PyRelationAL.Net.TorchSharp", "PyRelationAL.Net.MicrosoftML"],
        ["PyRelationAL.Net"],
    ];

    /// <summary>What each folder of the core may not mention.</summary>
    private static readonly (string Folder, string[] Forbidden)[] Rules =
    [
        ("InformativenessFunctions", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy",
            "StrategyCatalogue", "ISelectionCriterion", "IOracle"]),
        ("SelectionCriteria", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy", "StrategyCatalogue",
            "IInformativenessFunction", "IOracle"]),
        ("Strategies", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IOracle"]),
        ("Clustering", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy", "QueryContext", "IOracle"]),
        ("Predictions", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy", "QueryContext", "IDataset", "IOracle"]),
        ("Distances", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy", "QueryContext", "IDataset", "IOracle"]),
        ("Numerics", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy", "QueryContext", "IDataset",
            "FeatureMatrix", "ClassProbabilities", "IOracle"]),
        ("Oracles", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy", "QueryContext"]),
        ("Datasets", ["DataManager", "IModelManager", "ActiveLearningPipeline", "IStrategy", "QueryContext", "IOracle"]),
        ("Models", ["DataManager", "ActiveLearningPipeline", "IStrategy", "QueryContext", "IOracle"]),
    ];

    private static string Root { get; } = FindRoot();

    public static IEnumerable<TestCaseData> Folders => Rules.Select(r => new TestCaseData(r.Folder, r.Forbidden).SetArgDisplayNames(r.Folder));

    public static IEnumerable<string> Projects =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Folders))]
    public void A_folder_of_the_core_does_not_know_what_lies_above_it(string folder, string[] forbidden)
    {
        string[] files = Directory.GetFiles(Path.Combine(Root, "src", "PyRelationAL.Net", folder), "*.cs", SearchOption.AllDirectories);
        Assert.That(files, Is.Not.Empty);
        var word = new Regex($@"\b({string.Join('|', forbidden)})\b", RegexOptions.CultureInvariant);
        foreach (string file in files)
        {
            string code = Comment().Replace(File.ReadAllText(file), string.Empty);
            Assert.That(word.Match(code).Value, Is.Empty, Path.GetFileName(file));
        }
    }

    [TestCaseSource(nameof(Projects))]
    public void A_project_refers_only_to_lower_layers(string project)
    {
        int layer = Array.FindIndex(Layers, l => l.Contains(project));
        Assert.That(layer, Is.GreaterThanOrEqualTo(0), $"{project} is in no layer: give it one in {nameof(DependencyTests)}");
        IEnumerable<string> references = Elements(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')));
        Assert.That(
            references.Select(r => (Name: r, Layer: Array.FindIndex(Layers, l => l.Contains(r)))),
            Is.All.Matches<(string Name, int Layer)>(r => r.Layer > layer));
    }

    [Test]
    public void The_core_depends_on_the_base_class_library_and_its_tensors_only() =>
        Assert.That(Elements("PyRelationAL.Net", "PackageReference"), Is.SubsetOf(["System.Numerics.Tensors"]));

    [Test]
    public void The_rules_see_a_violation()
    {
        string code = Comment().Replace("/// <see cref=\"DataManager\"/>\n// IModelManager\nvar x = 1; /* DataManager\n */ DataManager y;", string.Empty);
        Assert.That(Regex.Matches(code, @"\bDataManager\b"), Has.Count.EqualTo(1));
        Assert.That(code, Does.Not.Contain("IModelManager"));
    }

    internal static string FindRoot([CallerFilePath] string here = "")
    {
        for (DirectoryInfo? folder = new(Path.GetDirectoryName(here)!); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PyRelationAL.Net.sln")))
            {
                return folder.FullName;
            }
        }

        // Deterministic builds map the path of the source; the test assembly lies below the repository too.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PyRelationAL.Net.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The repository's root is not above the tests.");
    }

    private static IEnumerable<string> Elements(string project, string name) =>
        XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj")).Descendants(name).Select(e => e.Attribute("Include")?.Value ?? string.Empty);

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}
