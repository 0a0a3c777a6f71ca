using System.Reflection;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

public class DatasetCatalogueTests
{
    private static IEnumerable<DatasetSource> Sources => DatasetCatalogue.All;

    /// <summary>Those that can be loaded without a network; the others have tests of their own.</summary>
    private static IEnumerable<DatasetSource> AtHand => Sources.Where(source => source.Info.Files.Count == 0);

    [Test]
    public void EveryDatasetOfTheAssemblyIsListedUnderTheNameOfItsClass()
    {
        IEnumerable<Type> datasets = typeof(DatasetCatalogue).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true } && type != typeof(CsvDataset) && type != typeof(TinyImageNet))
            .Where(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method => method.ReturnType.IsAssignableTo(typeof(IDataset))));
        Assert.That(datasets.Select(type => type.Name), Is.EquivalentTo(Sources.Select(source => source.Name)));
    }

    [TestCaseSource(nameof(AtHand))]
    public void InfoAgreesWithTheData(DatasetSource source)
    {
        IDataset dataset = source.Load(seed: 3);
        Assert.That(dataset.Name, Is.EqualTo(source.Name));
        Assert.That(dataset.Count, Is.EqualTo(source.Info.Rows));
        Assert.That(dataset.FeatureCount, Is.EqualTo(source.Info.Features));
        Assert.That(dataset.Task, Is.EqualTo(source.Info.Task));
        Assert.That(source.Info.Classes, Is.EqualTo(dataset.Task.Kind == TaskKinds.Regression ? null : dataset.Task.ClassCount));
        Assert.That(Enumerable.Range(0, dataset.Count).Any(i => dataset.GetLabel(i).IsMissing), Is.False);
        Assert.That(source.Info.Licence, Is.Not.Empty);
        Assert.That(source.Info.Citation, Is.Not.Empty);
        Assert.That(source.Info.Origin, Is.Not.Empty);
    }

    [TestCaseSource(nameof(AtHand))]
    public void TheSeedDecidesGeneratedDataOnly(DatasetSource source)
    {
        ReadOnlySpan<float> Sample(long seed) => ((InMemoryDataset)source.Load(seed)).Features.Values;
        ReadOnlySpan<float> sample = Sample(1);
        Assert.That(sample.SequenceEqual(Sample(1)), Is.True);
        Assert.That(sample.SequenceEqual(Sample(2)), Is.EqualTo(!source.Info.IsGenerated));
    }

    [TestCaseSource(nameof(AtHand))]
    public void EachLoadHasLabelsOfItsOwn(DatasetSource source)
    {
        IDataset first = source.Load(1);
        first.SetLabel(0, Label.Missing);
        Assert.That(source.Load(1).GetLabel(0).IsMissing, Is.False);
    }

    [TestCase("breastcancer", "BreastCancer")]
    [TestCase("BREASTCANCER", "BreastCancer")]
    [TestCase(" Iris ", "Iris")]
    [TestCase("checkerboard2X2", "Checkerboard2x2")]
    public void NamesAreFoundInAnyLetterCase(string name, string expected) =>
        Assert.That(DatasetCatalogue.Find(name).Name, Is.EqualTo(expected));

    [Test]
    public void AnUnknownNameIsRefusedWithTheNearestAndAllNames() =>
        Assert.That(
            () => DatasetCatalogue.Find("brestcancer"),
            Throws.ArgumentException.With.Message.Contains("Did you mean 'BreastCancer'?").And.Message.Contains("WineCultivars"));

    [Test]
    public void AFarFetchedNameGetsNoSuggestion() =>
        Assert.That(() => DatasetCatalogue.Find("zzzzzzzzzzzz"), Throws.ArgumentException.With.Message.Not.Contains("Did you mean"));

    [Test]
    public void ADatasetInMemoryIsASourceWhoseLoadsShareNoLabels()
    {
        InMemoryDataset iris = Iris.Load();
        DatasetSource source = DatasetSource.Of(iris);
        iris.SetLabel(0, Label.Missing);
        source.Load().SetLabel(0, Label.Missing);
        Assert.That(source.Load().GetLabel(0).IsMissing, Is.False);
        Assert.That(source.ToString(), Is.EqualTo("Iris: classification (3 classes), 150 rows, 4 features"));
    }

    [Test]
    public void ADatasetOfAnyKindIsASourceWhoseLoadsShareNoLabels()
    {
        var letters = new DelegateDataset<char>(
            "letters", 26, LearningTask.Classification(2), i => (char)('a' + i), 1, (letter, row) => row[0] = letter, i => Label.OfClass(i % 2));
        DatasetSource source = DatasetSource.Of(letters);
        letters.SetLabel(0, Label.Missing);
        source.Load().SetLabel(0, Label.Missing);
        IDataset loaded = source.Load();
        Assert.That(loaded.GetLabel(0), Is.EqualTo(Label.OfClass(0)));
        Assert.That(DatasetView.All(loaded).Features.Values.ToArray(), Is.EqualTo(Enumerable.Range('a', 26)));
        Assert.That(() => loaded.SetLabel(0, Label.OfClass(2)), Throws.ArgumentException);
        Assert.That(source.ToString(), Is.EqualTo("letters: classification (2 classes), 26 rows, 1 features"));
    }

    [TestCase("BreastCancer", "BreastCancer")]
    [TestCase("diabetes", "DiabetesScaled")]
    [TestCase("Glass", "Glass (paper)")]
    [TestCase("Concrete", "ConcreteUnrounded (paper)")]
    [TestCase("Checkerboard2x2", "LalCheckerboard2x2")]
    [TestCase("Energy", "Energy (paper)")]
    [TestCase("Power", "Power")]
    public void PaperCompatibleDataAreFoundByTheDatasetsName(string name, string expected) =>
        Assert.That(DatasetCatalogue.FindPaperCompatible(name).Name, Is.EqualTo(expected));

    [Test]
    public void EveryDownloadThatPyRelationALHasHasPaperCompatibleData()
    {
        string[] newer = ["AGNews", "CIFAR10", "CIFAR100", "SST5", "SVHN", "TREC6", "YelpReviewFull"];
        Assert.That(
            () => Sources.Where(s => s.Info.Files.Count > 0 && !newer.Contains(s.Name)).Select(s => DatasetCatalogue.FindPaperCompatible(s.Name)).ToArray(),
            Throws.Nothing);
    }

    [TestCase("Iris")]
    [TestCase("SynthReg1")]
    [TestCase("GaussianClouds")]
    [TestCase("CIFAR10")]
    public void WhatPyRelationALDoesNotHaveOrCannotBeReproducedHasNone(string name) => Assert.That(
        () => DatasetCatalogue.FindPaperCompatible(name),
        Throws.ArgumentException.With.Message.Contains($"no paper-compatible '{name}'").And.Message.Contains("Glass, "));

    [Test]
    public void EveryFileOfTheManifestHasAPlaceAnAddressAndALicence()
    {
        DatasetSource[] downloads = [.. Sources.Where(source => source.Info.Files.Count > 0)];
        DatasetFile[] files = [.. downloads.SelectMany(source => source.Info.Files)];
        Assert.That(downloads, Has.Length.EqualTo(21));
        Assert.That(files.Select(file => file.Path), Is.Unique);
        foreach (DatasetSource source in downloads)
        {
            Assert.That(source.Info.Licence, Is.Not.Empty);
            Assert.That(source.Info.Citation, Is.Not.Empty);
            Assert.That(source.Info.Files.Select(file => file.Path), Has.All.StartsWith(source.Name + "/"));
        }

        Assert.That(files.SelectMany(file => file.Addresses).Select(address => address.Scheme), Has.All.Matches("^https?$"));
        Assert.That(files.Select(file => file.Addresses.Count), Has.All.GreaterThan(0));
        Assert.That(
            files.SelectMany(file => file.EqualCopies.Append(file.Sha256)).Where(hash => hash is not null), Has.All.Matches("^[0-9a-f]{64}$"));
        Assert.That(
            files.Where(file => file.Sha256 is null).Select(file => file.Name),
            Is.EqualTo(new[] { "creditcard.Rdata", "striatum_train_features_mini.mat", "striatum_test_features_mini.mat" }));
    }
}
