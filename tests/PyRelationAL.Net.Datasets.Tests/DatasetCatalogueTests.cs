using System.Reflection;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

public class DatasetCatalogueTests
{
    private static IEnumerable<DatasetSource> Sources => DatasetCatalogue.All;

    [Test]
    public void EveryDatasetOfTheAssemblyIsListedUnderTheNameOfItsClass()
    {
        IEnumerable<Type> datasets = typeof(DatasetCatalogue).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true } && type != typeof(CsvDataset))
            .Where(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method => method.ReturnType == typeof(InMemoryDataset)));
        Assert.That(datasets.Select(type => type.Name), Is.EquivalentTo(Sources.Select(source => source.Name)));
    }

    [TestCaseSource(nameof(Sources))]
    public void InfoAgreesWithTheData(DatasetSource source)
    {
        InMemoryDataset dataset = source.Load(seed: 3);
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

    [TestCaseSource(nameof(Sources))]
    public void TheSeedDecidesGeneratedDataOnly(DatasetSource source)
    {
        ReadOnlySpan<float> sample = source.Load(seed: 1).Features.Values;
        Assert.That(sample.SequenceEqual(source.Load(seed: 1).Features.Values), Is.True);
        Assert.That(sample.SequenceEqual(source.Load(seed: 2).Features.Values), Is.EqualTo(!source.Info.IsGenerated));
    }

    [TestCaseSource(nameof(Sources))]
    public void EachLoadHasLabelsOfItsOwn(DatasetSource source)
    {
        InMemoryDataset first = source.Load(1);
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
}
