using System.CommandLine;
using PyRelationAL.Cli;
using PyRelationAL.Datasets;
using PyRelationAL.Experiments;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

/// <summary>The commands of the <c>console</c> blocks: what they name is there, and the tool understands what they ask of it.</summary>
internal sealed class CommandTests
{
    private const string Tool = "pyrelational";
    private static readonly string[] CheapCommands = ["datasets", "strategies"];

    private static IEnumerable<TestCaseData> Commands =>
        from document in Repository.Documents
        from block in FencedBlock.Of(document)
        where block.Language == "console"
        from numbered in block.Lines.Select((text, i) => (Text: text, Line: block.FirstLine + i))
        where numbered.Text.Length > 0
        select new TestCaseData(numbered.Text).SetName($"{document}({numbered.Line}): {numbered.Text}");

    [TestCaseSource(nameof(Commands))]
    public async Task A_command_of_the_documents_works(string command)
    {
        IEnumerable<string> all = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] words = [.. all.SkipWhile(word => word.StartsWith("PYRELATIONAL_", StringComparison.Ordinal))];
        string[] arguments = [.. words.SkipWhile(word => word != "--").Skip(1)];
        switch (words)
        {
            case [Tool, .. string[] rest]:
                await CheckTool(rest);
                break;
            case ["dotnet", "run", "--project", "src/PyRelationAL.Net.Cli", "-c", "Release", "--", ..]:
                await CheckTool(arguments);
                break;
            case ["dotnet", "run", "--project", string project, "-c", "Release", ..]:
                Assert.That(Directory.EnumerateFiles(Repository.Absolute(project), "*.csproj").Count(), Is.EqualTo(1));
                break;
            case ["dotnet", "test", "-c", "Release"] or ["dotnet", "build", "-c", "Release"] or ["dotnet", "pack", "-c", "Release"]:
                Assert.That(
                    Directory.EnumerateFiles(Repository.Root, "*.sln").Count(), Is.EqualTo(1), "without a name, the command needs exactly one solution");
                break;
            case ["dotnet", "test", string project]:
                Assert.That(Directory.EnumerateFiles(Repository.Absolute(project), "*.csproj").Count(), Is.EqualTo(1));
                break;
            case ["bash", string script]:
                Assert.That(Repository.Absolute(script), Does.Exist);
                break;
            case ["dotnet", "tool", "install", .., string package]:
                Assert.That(Repository.Absolute($"src/{package}/{package}.csproj"), Does.Exist);
                break;
            default:
                Assert.Fail($"No rule here checks '{command}'.");
                break;
        }
    }

    [Test]
    public void What_CI_runs_is_the_test_command_of_the_readme()
    {
        string command = FencedBlock.Of("README.md").SelectMany(block => block.Lines).Single(line => line.StartsWith("dotnet test", StringComparison.Ordinal));

        Assert.That(File.ReadAllLines(Repository.Absolute(".ci/run")), Has.Exactly(1).EqualTo($"step test {command}"));
        Assert.That(File.ReadAllText(Repository.Absolute(".github/workflows/ci.yml")), Does.Contain("bash .ci/run"));
    }

    [Test]
    public void A_misspelt_option_would_be_noticed()
    {
        Assert.That(Cli.Tool.Root(Silent()).Parse(["bench", "--datasett", "Iris"]).Errors, Is.Not.Empty);
    }

    private static async Task CheckTool(string[] arguments)
    {
        ToolConsole console = Silent();
        ParseResult parsed = Cli.Tool.Root(console).Parse(arguments);
        Assert.That(parsed.Errors.Select(error => error.Message), Is.Empty);

        // Names are resolved when a command runs; the long ones are not run here.
        foreach (string name in ListOf(arguments, "--dataset"))
        {
            Assert.That(() => DatasetCatalogue.Find(name), Throws.Nothing);
        }

        foreach (string name in ListOf(arguments, "--strategy"))
        {
            Assert.That(() => StrategyCatalogue.Find(name), Throws.Nothing);
        }

        foreach (string name in ListOf(arguments, "--start"))
        {
            Assert.That(() => Start.Parse(name), Throws.Nothing);
        }

        foreach (string name in ListOf(arguments, "--model"))
        {
            Assert.That(() => ModelCatalogue.Find(name), Throws.Nothing);
        }

        if (arguments is ["datasets", "fetch" or "verify", .. string[] named])
        {
            // What these do depends on the network and on the machine's cache.
            Assert.That(() => named.Where(name => !name.StartsWith('-')).Select(DatasetCatalogue.Find).ToArray(), Throws.Nothing);
        }
        else if (CheapCommands.Contains(arguments[0]))
        {
            Assert.That(await Cli.Tool.RunAsync(arguments, console), Is.Zero, console.Error.ToString());
        }
    }

    private static string[] ListOf(string[] arguments, string option) =>
        [.. arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == option).SelectMany(pair => pair.Second.Split(','))];

    private static ToolConsole Silent() => new(new StringWriter(), new StringWriter(), false, false, TimeProvider.System);
}
