using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

public class BenchmarkTaskTests
{
    private static readonly BenchmarkTask Task = new(Iris.Source, new WarmStart(), FoldIndex: 2);

    [Test]
    public void TheSameSeedGivesTheSameProblem()
    {
        DataManager first = Task.CreateDataManager(seed: 7);
        DataManager second = Task.CreateDataManager(seed: 7);
        DataManager other = Task.CreateDataManager(seed: 8);
        Assert.That(second.LabelledIndices, Is.EqualTo(first.LabelledIndices));
        Assert.That(second.TestIndices, Is.EqualTo(first.TestIndices));
        Assert.That(other.TestIndices, Is.Not.EqualTo(first.TestIndices));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void RunsShareNoLabels(bool standardise)
    {
        BenchmarkTask task = Task with { Standardise = standardise };
        DataManager first = task.CreateDataManager(1);
        DataManager second = task.CreateDataManager(1);
        int index = first.UnlabelledIndices[0];
        Label before = second.Dataset.GetLabel(index);
        first.SetLabels([index], [Label.OfClass((before.Class + 1) % 3)]);
        Assert.That(second.Dataset.GetLabel(index), Is.EqualTo(before));
        Assert.That(Iris.Load().GetLabel(index), Is.EqualTo(before));
    }

    [Test]
    public void FeaturesAreStandardisedByTheTrainingPart()
    {
        DataManager data = Task.CreateDataManager(1);
        FeatureMatrix train = data.TrainView().Features;
        for (int j = 0; j < train.ColumnCount; j++)
        {
            double[] column = [.. Enumerable.Range(0, train.RowCount).Select(i => (double)train.Row(i)[j])];
            Assert.That(column.Average(), Is.EqualTo(0).Within(1e-6));
            Assert.That(column.Average(x => x * x), Is.EqualTo(1).Within(1e-6));
        }

        InMemoryDataset raw = Iris.Load();
        var plain = (InMemoryDataset)(Task with { Standardise = false }).CreateDataManager(1).Dataset;
        Assert.That(plain.Features.Values.SequenceEqual(raw.Features.Values), Is.True);
    }

    [Test]
    public void TheStartIsChosenOnFeaturesAsTheyAre()
    {
        var task = new BenchmarkTask(Diabetes.Source, new ColdStart(), FoldIndex: 0);
        DataManager standardised = task.CreateDataManager(3);
        InMemoryDataset raw = Diabetes.Load();
        IReadOnlyList<int> onRaw = new ColdStart().ChooseLabelled(raw, raw.KFolds(5, 3)[0], 3);
        IReadOnlyList<int> onStandardised = new ColdStart().ChooseLabelled(standardised.Dataset, raw.KFolds(5, 3)[0], 3);
        Assert.That(standardised.LabelledIndices, Is.EqualTo(onRaw));
        Assert.That(onStandardised, Is.Not.EqualTo(onRaw), "the test would show nothing");
    }

    [Test]
    public void TheFoldsOfOneSeedPartitionTheData()
    {
        IEnumerable<int> tested = BenchmarkTask.ForAllFolds(GaussianClouds.Source, new ColdStart(), 3).SelectMany(t => t.CreateDataManager(5).TestIndices);
        Assert.That(tested.Order(), Is.EqualTo(Enumerable.Range(0, 11000)));
    }

    [Test]
    public void UnshuffledFoldsAreThoseOfThePaper()
    {
        BenchmarkTask task = Task with { Shuffle = false };
        Assert.That(task.CreateDataManager(1).TestIndices, Is.EqualTo(Iris.Load().StratifiedFoldsInOrder(5)[2].Test));
        BenchmarkTask regression = new(Diabetes.Source, new ColdStart(), 1) { Shuffle = false };
        Assert.That(regression.CreateDataManager(1).TestIndices, Is.EqualTo(Diabetes.Load().KFoldsInOrder(5)[1].Test));
    }

    [TestCase(-1)]
    [TestCase(5)]
    public void AFoldThatDoesNotExistIsRefused(int fold) => Assert.That(
        () => (Task with { FoldIndex = fold }).CreateDataManager(1),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("[0, 5)"));

    [Test]
    public void TheNameTellsDatasetStartAndFold() => Assert.That(Task.ToString(), Is.EqualTo("Iris/warm/fold 3 of 5"));

    [Test]
    public void EveryDatasetOfTheCatalogueGivesAColdAndAWarmStart([ValueSource(nameof(Sources))] DatasetSource source)
    {
        DataManager cold = new BenchmarkTask(source, new ColdStart(), 0).CreateDataManager(1);
        DataManager warm = new BenchmarkTask(source, new WarmStart(), 0).CreateDataManager(1);
        Assert.That(cold.LabelledCount, Is.EqualTo(source.Info.Classes ?? 2));
        Assert.That(warm.LabelledCount, Is.EqualTo(warm.TrainIndices.Count / 10));
    }

    private static IEnumerable<DatasetSource> Sources => DatasetCatalogue.All.Where(source => source.Info.Files.Count == 0);

    [Test]
    public void ADatasetThatIsNotInMemoryIsUsedAsItIsOrStandardisedInMemory()
    {
        var numbers = new DelegateDataset<int>(
            "numbers", 40, LearningTask.Regression, i => i, 1, (number, row) => row[0] = 3 * number, i => Label.OfValue(i));
        var task = new BenchmarkTask(DatasetSource.Of(numbers), new WarmStart(), FoldIndex: 0);
        DataManager raw = (task with { Standardise = false }).CreateDataManager(1), standardised = task.CreateDataManager(1);
        Assert.That(DatasetView.All(raw.Dataset).Features.Values.ToArray(), Is.EqualTo(Enumerable.Range(0, 40).Select(i => 3f * i)));
        Assert.That(standardised.TrainView().Features.Values.ToArray().Average(), Is.EqualTo(0).Within(1e-6));
        Assert.That(standardised.LabelledIndices, Is.EqualTo(raw.LabelledIndices));
        Assert.That(standardised.Dataset.GetLabel(7), Is.EqualTo(Label.OfValue(7)));
    }
}
