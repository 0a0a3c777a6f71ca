using System.Text.Json;
using PyRelationAL.Cli;
using PyRelationAL.Datasets;
using PyRelationAL.Strategies;

namespace PyRelationAL.Tests;

public sealed class ListingTests
{
    [Test]
    public void StrategiesAreOneJsonArrayWithWhatEachNeeds()
    {
        JsonElement[] rows = Array("strategies", "--json");
        Assert.That(Names(rows), Is.EqualTo(StrategyCatalogue.All.Select(s => s.Name)));
        JsonElement committee = rows.Single(row => row.GetProperty("name").GetString() == "QueryByCommittee");
        Assert.That(Strings(committee.GetProperty("needs"), "classification"), Is.EqualTo(new[] { "PosteriorClassSamples" }));
        Assert.That(Strings(committee, "tasks"), Is.EqualTo(new[] { "classification" }));
        Assert.That(Strings(committee, "models"), Does.Contain("Committee").And.Not.Contain("LogisticRegression"));
        Assert.That(committee.GetProperty("reference").GetString(), Does.Contain("1992"));
    }

    [Test]
    public async Task DatasetNamesStayWholeOnATerminal()
    {
        using var output = new StringWriter();
        var console = new ToolConsole(output, TextWriter.Null, IsOutputTerminal: true, IsErrorTerminal: false, TimeProvider.System);
        Assert.That(await Tool.RunAsync(["datasets", "list"], console), Is.Zero);
        string text = output.ToString();
        Assert.That(text.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(81));
        Assert.That(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(DatasetCatalogue.All.Count + 4), "a line for each");
        Assert.That(text, Does.Not.Contain("…").And.Contain("10 classes").And.Contain("regression"));
        Assert.That(DatasetCatalogue.All.Where(source => !text.Contains($"│ {source.Name} ", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void DatasetsAreOneJsonArray()
    {
        JsonElement[] rows = Array("datasets", "list", "--json");
        Assert.That(Names(rows), Is.EqualTo(DatasetCatalogue.All.Select(d => d.Name)));
        JsonElement iris = rows.Single(row => row.GetProperty("name").GetString() == "Iris");
        Assert.That(iris.GetProperty("rows").GetInt32(), Is.EqualTo(150));
        Assert.That(iris.GetProperty("classes").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public void TablesNameEveryStrategyAndDataset()
    {
        string strategies = ToolRun.Of("strategies").Output, datasets = ToolRun.Of("datasets", "list").Output;
        Assert.That(StrategyCatalogue.All.Where(s => !strategies.Contains(s.Name, StringComparison.Ordinal)), Is.Empty);
        Assert.That(DatasetCatalogue.All.Where(d => !datasets.Contains(d.Name, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void InfoTellsSizeLabelsLicenceAndCitation()
    {
        string text = ToolRun.Of("datasets", "info", "breastcancer").Output;
        Assert.That(text, Does.Contain("569").And.Contain("rows of class malignant").And.Contain("212").And.Contain("CC BY 4.0").And.Contain("Wolberg"));
        Assert.That(ToolRun.Of("datasets", "info", "Diabetes").Output, Does.Contain("mean target").And.Contain("152.133"));
    }

    [Test]
    public void AnotherSeedIsAnotherSampleOfGeneratedData()
    {
        string first = ToolRun.Of("datasets", "info", "SynthReg1", "--json").Output;
        Assert.That(ToolRun.Of("datasets", "info", "SynthReg1", "--json", "--seed", "0").Output, Is.EqualTo(first));
        Assert.That(ToolRun.Of("datasets", "info", "SynthReg1", "--json", "--seed", "2").Output, Is.Not.EqualTo(first));
    }

    private static JsonElement[] Array(params string[] args)
    {
        ToolRun run = ToolRun.Of(args);
        Assert.That(run.ExitCode, Is.Zero);
        return [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
    }

    private static string?[] Names(JsonElement[] rows) => [.. rows.Select(row => row.GetProperty("name").GetString())];

    private static string?[] Strings(JsonElement row, string property) => [.. row.GetProperty(property).EnumerateArray().Select(item => item.GetString())];
}
