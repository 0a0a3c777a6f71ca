using System.IO.Compression;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Downloaded;

/// <summary>The parsers on the publishers' files, value for value against the tables of the shared folder. Skipped where that folder is missing.</summary>
public sealed class PublisherFilesTests
{
    private static readonly (string Name, string Csv, int[] Skipped, double[]? Classes, int TargetFromEnd)[] Tables =
    [
        ("Airfoil", "Airfoil.csv", [], null, 1),
        ("ConcreteUnrounded", "Concrete.csv", [], null, 1),
        ("Energy", "Energy.csv", [], null, 2),
        ("LalCheckerboard2x2", "Checkerboard2x2.csv", [], [0, 1], 1),
        ("LalCheckerboard4x4", "Checkerboard4x4.csv", [], [0, 1], 1),
        ("Parkinsons", "Parkinsons.csv", [], [0, 1], 1),
        ("Power", "Power.csv", [], null, 1),
        ("Seeds", "Seeds.csv", [], [1, 2, 3], 1),
        ("WineQualityRed", "WineQualityRed.csv", [], null, 1),
        ("Yacht", "Yacht.csv", [], null, 1),
    ];

    /// <summary>The variants that PyRelationAL's loaders read, and the columns of the table that they take for features and target.</summary>
    private static readonly (string Name, string Csv, int Features, double[]? Classes)[] PaperTables =
    [
        ("Airfoil", "Airfoil", 5, null),
        ("BreastCancer", "BreastCancer", 30, [0, 1]),
        ("Checkerboard2x2", "Checkerboard2x2", 2, [0, 1]),
        ("Checkerboard4x4", "Checkerboard4x4", 2, [0, 1]),
        ("Concrete", "Concrete", 8, null),
        ("Diabetes", "Diabetes_scaled", 10, null),
        ("Digits", "Digits", 64, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("Energy", "Energy", 9, null),
        ("Glass", "Glass", 10, [1, 2, 3, 5, 6, 7]),
        ("Parkinsons", "Parkinsons", 22, [0, 1]),
        ("Power", "Power", 4, null),
        ("Seeds", "Seeds", 7, [1, 2, 3]),
        ("WineQualityRed", "WineQualityRed", 11, null),
        ("Yacht", "Yacht", 6, null),
    ];

    private static IEnumerable<TestCaseData> Plain =>
        Tables.Select(t => new TestCaseData(t.Name, t.Csv, t.Classes, t.TargetFromEnd).SetArgDisplayNames(t.Name));

    private static IEnumerable<TestCaseData> Paper =>
        PaperTables.Select(t => new TestCaseData(t.Name, t.Csv, t.Features, t.Classes).SetArgDisplayNames(t.Name));

    [TestCaseSource(nameof(Plain))]
    public void ThePublishersFileGivesTheTableBitForBit(string name, string csv, double[]? classes, int targetFromEnd)
    {
        string[][] cells = SharedData.Cells(csv);
        InMemoryDataset dataset = SharedCache.Load(DatasetCatalogue.Find(name));
        Assert.That(dataset.Count, Is.EqualTo(cells.Length - 1));
        for (int i = 0; i < dataset.Count; i++)
        {
            RequireRow(dataset, i, cells[i + 1], cells[i + 1].Length - targetFromEnd, classes);
        }
    }

    [TestCaseSource(nameof(Paper))]
    public void PaperCompatibleRowsAndFoldsAreThoseOfPyRelationAL(string name, string csv, int features, double[]? classes)
    {
        string[][] cells = SharedData.Cells(csv + ".csv");
        int[][] split = [.. SharedData.Cells($"splits/{csv.Replace("_scaled", string.Empty)}.csv").Skip(1).Select(row => Array.ConvertAll(row, int.Parse))];
        InMemoryDataset dataset = SharedCache.Load(DatasetCatalogue.FindPaperCompatible(name));
        Assert.That((dataset.Count, dataset.FeatureCount), Is.EqualTo((split.Length, features)));
        for (int i = 0; i < dataset.Count; i++)
        {
            Assert.That(split[i][0], Is.EqualTo(i));
            RequireRow(dataset, i, cells[split[i][1] + 1], features, classes);
        }

        int[] foldOf = new int[dataset.Count];
        foreach ((int k, Fold fold) in dataset.ScikitLearnFolds().Index())
        {
            foreach (int i in fold.Test)
            {
                foldOf[i] = k;
            }
        }

        Assert.That(foldOf, Is.EqualTo(split.Select(row => row[2])));
    }

    [Test]
    public void ThePublishersGlassIsTheShippedOne()
    {
        using FileStream stream = File.OpenRead(SharedData.Path("original/glass.data"));
        NumericTable table = TextTable.Read(stream, "glass.data", 11, ',');
        InMemoryDataset shipped = Glass.Load();
        Assert.That((table.Rows, table.Columns), Is.EqualTo((214, 11)));
        for (int i = 0; i < table.Rows; i++)
        {
            Assert.That(shipped.Features.Row(i).ToArray(), Is.EqualTo(Enumerable.Range(1, 9).Select(j => (float)table[i, j])), $"row {i}");
            Assert.That(shipped.GetLabel(i).Class, Is.EqualTo(Array.IndexOf([1, 2, 3, 5, 6, 7], (int)table[i, 10])), $"row {i}");
        }
    }

    [TestCase("striatum_train_labels_mini.mat", 8785, 1215)]
    [TestCase("striatum_test_labels_mini.mat", 8505, 1495)]
    public void TheLabelsOfStriatumMiniHaveThePublishedCounts(string file, int background, int mitochondria)
    {
        using FileStream stream = File.OpenRead(SharedData.Path("original/" + file));
        NumericTable labels = MatFile.Read(stream, file, "labels");
        double[] values = [.. Enumerable.Range(0, labels.Rows).Select(i => labels[i, 0])];
        Assert.That((labels.Rows, labels.Columns), Is.EqualTo((10000, 1)));
        Assert.That((values.Count(v => v == -1), values.Count(v => v == 1)), Is.EqualTo((background, mitochondria)));
    }

    [Test]
    public void MnistHasItsImagesAndLabels()
    {
        ImageDataset dataset = SharedCache.Load<ImageDataset>(MNIST.Source);
        Assert.That((dataset.Count, dataset.FeatureCount, dataset.Task.ClassCount), Is.EqualTo((70000, 784, 10)));
        Assert.That(Enumerable.Range(0, 5).Select(i => dataset.GetLabel(i).Class), Is.EqualTo(new[] { 5, 0, 4, 1, 9 }));
        Assert.That(Enumerable.Range(60000, 5).Select(i => dataset.GetLabel(i).Class), Is.EqualTo(new[] { 7, 2, 1, 0, 4 }));
        byte[] pixels = Unpacked("images/mnist/t10k-images-idx3-ubyte.gz")[16..];
        FeatureMatrix features = dataset.GetFeatures([.. Enumerable.Range(60000, 10000)]);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (features.Values[i] != pixels[i] / 255f)
            {
                Assert.Fail($"pixel {i}");
            }
        }

        Assert.That((features.Row(0).ToArray().Min(), features.Row(0).ToArray().Max()), Is.EqualTo((0f, 1f)));
        ImageDataset paper = SharedCache.Load<ImageDataset>(DatasetCatalogue.FindPaperCompatible("MNIST"));
        Assert.That(paper.Name, Is.EqualTo("MNIST (paper)"));
        Assert.That(
            paper.GetFeatures([60003]).Values.ToArray(), Is.EqualTo(features.Row(3).ToArray().Select(pixel => (pixel - 0.1307f) / 0.3081f)));
    }

    [Test]
    public void TheTestPartOfFashionMnistIsReadAndHasThePublishersHash()
    {
        Dictionary<string, DatasetFile> files = FashionMNIST.Source.Info.Files.ToDictionary(file => file.Name);
        foreach (string name in new[] { "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", "train-labels-idx1-ubyte.gz" })
        {
            string path = SharedData.Path("images/fashion-mnist/" + name);
            Assert.That(FileHash.Check(files[name], path, path).State, Is.EqualTo(CachedFileState.Verified), name);
        }

        using FileStream labels = File.OpenRead(SharedData.Path("images/fashion-mnist/t10k-labels-idx1-ubyte.gz"));
        byte[] classes = IdxFile.Read(labels, "labels", 10000);
        Assert.That(classes[..5], Is.EqualTo(new byte[] { 9, 2, 1, 1, 6 }));
        Assert.That(classes.CountBy(c => c).Select(pair => pair.Value), Is.All.EqualTo(1000));
        using FileStream images = File.OpenRead(SharedData.Path("images/fashion-mnist/t10k-images-idx3-ubyte.gz"));
        Assert.That(IdxFile.Read(images, "images", 10000, 28, 28), Is.EqualTo(Unpacked("images/fashion-mnist/t10k-images-idx3-ubyte.gz")[16..]));
    }

    private static byte[] Unpacked(string file)
    {
        using var stream = new GZipStream(File.OpenRead(SharedData.Path(file)), CompressionMode.Decompress);
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static void RequireRow(InMemoryDataset dataset, int row, string[] cells, int features, double[]? classes)
    {
        float[] expected = [.. cells[..features].Select(SharedData.Single)];
        Assert.That(dataset.Features.Row(row).SequenceEqual(expected), Is.True, $"row {row}");
        double target = SharedData.Double(cells[features]);
        Label label = classes is null ? Label.OfValue(target) : Label.OfClass(Array.IndexOf(classes, target));
        Assert.That(dataset.GetLabel(row), Is.EqualTo(label), $"row {row}");
    }
}
