using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Shipped;

public class ShippedDatasetTests
{
    private static readonly (string Name, string File)[] Tables =
    [
        ("BreastCancer", "BreastCancer.csv"),
        ("Digits", "Digits.csv"),
        ("Diabetes", "Diabetes.csv"),
        ("Concrete", "Concrete_debian.csv"),
        ("Iris", "small/Iris.csv"),
        ("WineCultivars", "small/WineCultivars.csv"),
        ("Glass", "Glass.csv"),
    ];

    private static IEnumerable<TestCaseData> AllTables => Tables.Select(t => new TestCaseData(t.Name, t.File));

    [TestCaseSource(nameof(AllTables))]
    public void FeaturesAndTargetsEqualTheSharedFileBitForBit(string name, string file)
    {
        string[][] cells = SharedData.Cells(file);
        var dataset = (InMemoryDataset)DatasetCatalogue.Find(name).Load();
        int skipped = name == "Glass" ? 1 : 0;

        Assert.That(dataset.Count, Is.EqualTo(cells.Length - 1));
        Assert.That(dataset.FeatureCount, Is.EqualTo(cells[0].Length - 1 - skipped));
        for (int i = 0; i < dataset.Count; i++)
        {
            string[] row = cells[i + 1];
            float[] expected = [.. row[skipped..^1].Select(SharedData.Single)];
            Assert.That(dataset.Features.Row(i).SequenceEqual(expected), Is.True, $"row {i}");
            Label label = dataset.GetLabel(i);
            if (dataset.Task.Kind == TaskKinds.Regression)
            {
                Assert.That(label.Value, Is.EqualTo(SharedData.Double(row[^1])), $"row {i}");
            }
            else
            {
                int number = int.Parse(row[^1]);
                Assert.That(label.Class, Is.EqualTo(name == "Glass" ? Array.IndexOf([1, 2, 3, 5, 6, 7], number) : number), $"row {i}");
            }
        }
    }

    [Test]
    public void DiabetesScaledEqualsTheSharedFileInFloat32()
    {
        string[][] cells = SharedData.Cells("Diabetes_scaled.csv");
        InMemoryDataset dataset = DiabetesScaled.Load();
        for (int i = 0; i < dataset.Count; i++)
        {
            Assert.That(dataset.Features.Row(i).SequenceEqual([.. cells[i + 1][..^1].Select(SharedData.Single)]), Is.True, $"row {i}");
            Assert.That(dataset.GetLabel(i).Value, Is.EqualTo(SharedData.Double(cells[i + 1][^1])));
        }
    }

    [Test]
    public void DiabetesScaledHasColumnsThatSumToZeroAndSquareToOne()
    {
        InMemoryDataset dataset = DiabetesScaled.Load();
        for (int j = 0; j < dataset.FeatureCount; j++)
        {
            double[] column = [.. Enumerable.Range(0, dataset.Count).Select(i => (double)dataset.Features.Row(i)[j])];
            Assert.That(column.Sum(), Is.EqualTo(0).Within(1e-6));
            Assert.That(column.Sum(x => x * x), Is.EqualTo(1).Within(1e-6));
        }
    }

    [Test]
    public void OnlyTablesThatMayBeShippedAreShippedAndEachIsTheOneInTheLicences()
    {
        string licences = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "LICENCES.md"));
        string[] resources = [.. typeof(BreastCancer).Assembly.GetManifestResourceNames().Where(name => name != "alscope-classes.txt").Order()];
        Assert.That(resources, Is.EqualTo(Tables.Select(t => t.Name + ".csv.gz").Order()));
        foreach (string resource in resources)
        {
            using Stream packed = typeof(BreastCancer).Assembly.GetManifestResourceStream(resource)!;
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            Assert.That(licences, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(unpacked))), resource);
        }
    }

    [Test]
    public void EveryShippedTableIsOneTheManifestAllowsToShip()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(SharedData.Path("manifest.json")));
        foreach ((string name, string file) in Tables)
        {
            JsonElement entry = manifest.RootElement.GetProperty("datasets").EnumerateArray()
                .Single(e => e.TryGetProperty("file", out JsonElement f) && f.GetString() == file);
            Assert.That(entry.GetProperty("source_kind").GetString(), Is.EqualTo("debian"), name);
            DatasetInfo info = DatasetCatalogue.Find(name).Info;
            Assert.That(info.Rows, Is.EqualTo(entry.GetProperty("rows").GetInt32()), name);
            Assert.That(info.Features, Is.EqualTo(entry.GetProperty("features").GetInt32()), name);
        }
    }

    [TestCase("BreastCancer", new[] { 212, 357 })]
    [TestCase("Digits", new[] { 178, 182, 177, 183, 181, 182, 181, 179, 174, 180 })]
    [TestCase("Iris", new[] { 50, 50, 50 })]
    [TestCase("WineCultivars", new[] { 59, 71, 48 })]
    [TestCase("Glass", new[] { 70, 76, 17, 13, 9, 29 })]
    public void ClassCountsAreThePublishedOnes(string name, int[] counts)
    {
        var dataset = (InMemoryDataset)DatasetCatalogue.Find(name).Load();
        Assert.That(Enumerable.Range(0, counts.Length).Select(c => DatasetView.All(dataset).ClassLabels().Count(l => l == c)), Is.EqualTo(counts));
    }

    [Test]
    public void GlassHasNoRowNumberUnlessPaperCompatible()
    {
        InMemoryDataset plain = Glass.Load();
        InMemoryDataset paper = Glass.Load(paperCompatible: true);

        Assert.That(plain.Features.Row(0)[0], Is.EqualTo(1.52101f));
        Assert.That((paper.Name, paper.Count, paper.FeatureCount), Is.EqualTo(("Glass (paper)", 213, 10)));
        int[] rows = [.. Enumerable.Range(0, paper.Count).Select(i => (int)paper.Features.Row(i)[0] - 1)];
        Assert.That(rows[..4], Is.EqualTo(new[] { 7, 73, 119, 75 }), "NumPy's permutation of the rows behind the first");
        Assert.That(rows.Order(), Is.EqualTo(Enumerable.Range(1, 213)), "the first record is lost");
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.That(paper.Features.Row(i)[1..].SequenceEqual(plain.Features.Row(rows[i])), Is.True, $"row {i}");
            Assert.That(paper.GetLabel(i), Is.EqualTo(plain.GetLabel(rows[i])), $"row {i}");
        }
    }

    [Test]
    public void LoadsShareFeaturesAndOwnTheirLabels()
    {
        InMemoryDataset first = Iris.Load();
        InMemoryDataset second = Iris.Load();
        first.SetLabel(0, Label.OfClass(2));

        Assert.That(second.Features, Is.SameAs(first.Features));
        Assert.That(second.GetLabel(0).Class, Is.Zero);
        Assert.That(Iris.Load().GetLabel(0).Class, Is.Zero);
    }
}
