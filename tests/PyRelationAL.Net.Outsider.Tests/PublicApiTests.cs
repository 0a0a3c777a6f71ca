namespace Outsider;

/// <summary>A change of the public API is a change of a text file, which someone reads.</summary>
internal sealed class PublicApiTests
{
    private const string Switch = "PYRELATIONAL_UPDATE_API";

    private static IEnumerable<string> Packages => PublicApi.Assemblies.Select(a => a.GetName().Name!);

    [TestCaseSource(nameof(Packages))]
    public void The_public_api_is_the_one_on_file(string package)
    {
        string file = Path.Combine(Folder(), package + ".txt");
        string actual = PublicApi.Describe(PublicApi.Assemblies.Single(a => a.GetName().Name == package));
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(file, actual);
        }

        string[] before = File.Exists(file) ? File.ReadAllLines(file) : [], now = actual.TrimEnd('\n').Split('\n');
        string[] changes = [.. before.Except(now).Select(line => "- " + line.Trim()), .. now.Except(before).Select(line => "+ " + line.Trim())];

        Assert.That(
            now,
            Is.EqualTo(before),
            $"The public API has changed. If that is meant, run the tests of this project once with {Switch}=1.\n{string.Join('\n', changes)}");
    }

    [Test]
    public void A_description_tells_what_a_caller_depends_on()
    {
        string core = PublicApi.Describe(PublicApi.Assemblies[0]), experiments = PublicApi.Describe(PublicApi.Assemblies[3]);

        Assert.Multiple(() =>
        {
            Assert.That(core, Does.Contain("\nPyRelationAL.IModelManager (interface)\n").And.Contains("    static IInformativenessFunction op_Addition("));
            Assert.That(core, Does.Contain("    protected abstract Strategy.Batch Select(QueryContext context, int count)\n"));
            Assert.That(core, Does.Contain("    static IInformativenessFunction ExpectedImprovement(double xi = 0.01)\n"));
            Assert.That(core, Does.Contain("    DatasetView? ValidationView()\n"));
            Assert.That(experiments, Does.Contain("    required IReadOnlyList<DatasetSource> Datasets { get; init; }\n"));
        });
    }

    private static string Folder()
    {
        string project = typeof(PublicApiTests).Assembly.GetName().Name!;
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PyRelationAL.Net.sln")))
            {
                return Path.Combine(folder.FullName, "tests", project, "PublicApi");
            }
        }

        throw new DirectoryNotFoundException("PyRelationAL.Net.sln is in no folder above the tests.");
    }
}
