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

    [Test]
    public void WithoutACommandTheHelpIsShown() => Assert.That(ToolRun.Of().Output, Is.EqualTo(ToolRun.Of("--help").Output));
}
