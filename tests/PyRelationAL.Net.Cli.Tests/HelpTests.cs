using PyRelationAL.Experiments;

namespace PyRelationAL.Tests;

public sealed class HelpTests
{
    [TestCase]
    [TestCase("compare")]
    [TestCase("bench")]
    [TestCase("select")]
    [TestCase("datasets")]
    [TestCase("datasets", "list")]
    [TestCase("datasets", "info")]
    [TestCase("strategies")]
    [TestCase("report")]
    [TestCase("merge")]
    public void EveryCommandHasHelpWithExamplesAndTheCommonOptions(params string[] command)
    {
        ToolRun run = ToolRun.Of([.. command, "--help"]);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output, Does.Contain("--seed").And.Contain("--threads").And.Contain("--json"));
        Assert.That(run.Output, Does.Contain("Examples:").And.Contain("    " + string.Join(' ', command.Prepend("pyrelational"))));
    }

    [TestCase]
    [TestCase("datasets")]
    public void WithoutACommandTheHelpIsShown(params string[] command) =>
        Assert.That(ToolRun.Of(command), Is.EqualTo(ToolRun.Of([.. command, "--help"])).And.Property(nameof(ToolRun.ExitCode)).Zero);

    [Test]
    public void ListsOfCommandsSayWhatEachIsForAndTheirOwnHelpTheRest()
    {
        Assert.That(ToolRun.Of("--help").Output, Does.Contain("how sure is that?").And.Not.Contain("Simulates"));
        Assert.That(ToolRun.Of("compare", "--help").Output, Does.Contain("how sure is that? Simulates every suitable strategy"));
    }

    [Test]
    public void TheModelsAreThoseThatThereAre() => Assert.That(
        ModelCatalogue.All.Where(model => !ToolRun.Of("bench", "--help").Output.Contains(model.Name, StringComparison.Ordinal)), Is.Empty);
}
