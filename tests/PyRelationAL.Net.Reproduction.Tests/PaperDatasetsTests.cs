using PyRelationAL.Datasets;
using PyRelationAL.Reproduction;
using PyRelationAL.Reproduction.Data;

namespace PyRelationAL.Tests;

/// <summary>The library's loaders against tables that were made independently. Skipped where those are missing.</summary>
public sealed class PaperDatasetsTests
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("PYRELATIONAL_DATA") ?? Path.Combine(RepositoryFolder.Find(), "..", "shared", "datasets");

    [TestCase("UCIParkinsons", "Parkinsons", 0, true)]
    [TestCase("UCISeeds", "Seeds", 1, true)]
    [TestCase("Checkerboard2x2", "Checkerboard2x2", 0, false)]
    [TestCase("Checkerboard4x4", "Checkerboard4x4", 0, false)]
    [TestCase("UCIConcrete", "Concrete", 0, true)]
    [TestCase("UCIEnergy", "Energy", 0, true)]
    [TestCase("UCIPower", "Power", 0, true)]
    [TestCase("WineQuality", "WineQualityRed", 1, true)]
    [TestCase("UCIYacht", "Yacht", 2, true)]
    [TestCase("UCIAirfoil", "Airfoil", 1, true)]
    public void AsPublishedRowsAreTheTablesWithoutWhatWasLost(string name, string table, int lostRows, bool permuted)
    {
        DatasetSource? source = PaperDatasets.AsPublished(new DataFolder(Folder)).SingleOrDefault(s => s.Name == name);
        string csv = Path.Combine(Folder, table + ".csv");
        if (source is null || !File.Exists(csv))
        {
            Assert.Ignore($"{name} is missing.");
        }

        TaskKinds task = source.Info.Task.Kind;
        RequireSame(source.Load(7), CsvDataset.Load(csv, new CsvOptions { Task = task }), rows => Rows.Order(rows, lostRows, permuted ? 7 : null));
    }

    [TestCase("UCIEnergy", "Energy", "Y1_heating_load")]
    [TestCase("UCIYacht", "Yacht", null)]
    [TestCase("WineQuality", "WineQualityRed", null)]
    public void AsTheyShouldBeRowsAreTheTables(string name, string table, string? ignored)
    {
        DatasetSource? source = PaperDatasets.AsItShouldBe(new DataFolder(Folder)).SingleOrDefault(s => s.Name == name);
        string csv = Path.Combine(Folder, table + ".csv");
        if (source is null || !File.Exists(csv))
        {
            Assert.Ignore($"{name} is missing.");
        }

        var options = new CsvOptions { Task = TaskKinds.Regression, IgnoredColumns = ignored is null ? [] : [ignored] };
        RequireSame(source.Load(7), CsvDataset.Load(csv, options), rows => Rows.Order(rows, 0, null));
    }

    private static void RequireSame(IDataset loaded, InMemoryDataset table, Func<int, int[]> orderOf)
    {
        int[] order = orderOf(table.Count);
        FeatureMatrix features = DatasetView.All(loaded).Features;
        Assert.That((loaded.Count, loaded.FeatureCount), Is.EqualTo((order.Length, table.FeatureCount)));
        for (int i = 0; i < order.Length; i++)
        {
            Assert.That(features.Row(i).SequenceEqual(table.Features.Row(order[i])), Is.True, $"row {i}");
            Label expected = table.GetLabel(order[i]);
            Assert.That(
                loaded.GetLabel(i), Is.EqualTo(loaded.Task.Kind == TaskKinds.Regression ? Rounded(expected, loaded.GetLabel(i)) : expected), $"row {i}");
        }
    }

    // As published, targets are in single precision.
    private static Label Rounded(Label exact, Label given) => Label.OfValue(given.Value == (float)given.Value ? (float)exact.Value : exact.Value);
}
