using System.Globalization;
using System.Text.Json;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests.Starts;

public class StartTests
{
    private static readonly Start[] Starts = [new ColdStart(), new WarmStart(), new WarmStart(0.25), new KPerClassStart(3), new RandomStart(20)];

    private static readonly string[] RegressionSets = ["Diabetes", "Airfoil", "Concrete", "Energy", "Power", "WineQualityRed", "Yacht", "SynthReg1"];

    [TestCaseSource(nameof(RegressionSets))]
    public void RegressionColdStartsAreThoseOfPyRelational(string name)
    {
        (FeatureMatrix features, int[] testFold) = Published(name);
        InMemoryDataset dataset = InMemoryDataset.ForRegression(name, features, new double[features.RowCount]);
        using JsonDocument starts = JsonDocument.Parse(File.ReadAllText(SharedData.Path("splits/starts.json")));
        JsonElement expected = starts.RootElement.GetProperty("data").GetProperty(name).GetProperty("cold_regression");
        for (int f = 0; f < 5; f++)
        {
            var fold = new Fold([.. Positions(i => testFold[i] != f)], [.. Positions(i => testFold[i] == f)]);
            IReadOnlyList<int> pair = new ColdStart().ChooseLabelled(dataset, fold, seed: 0);
            double distance = expected[f].GetProperty("distance").GetDouble();
            Assert.That(Distance(features, pair[0], pair[1]), Is.EqualTo(distance).Within(1e-6 * distance), $"fold {f}");

            // Elsewhere several pairs are equally far apart and rounding decides there, not the definition.
            if (expected[f].GetProperty("pairs_within_1e-6").GetInt32() == 1)
            {
                Assert.That(pair, Is.EqualTo(expected[f].GetProperty("pair").EnumerateArray().Select(e => e.GetInt32())), $"fold {f}");
            }
        }

        IEnumerable<int> Positions(Predicate<int> where) => Enumerable.Range(0, testFold.Length).Where(i => where(i));
    }

    [Test]
    public void TheFarthestPairEqualsAllPairsSearch()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            // A coarse grid, so that many pairs are at the same distance.
            FeatureMatrix rows = FeatureMatrix.FromRows(
                [.. Enumerable.Range(0, 40).Select(i => GridPoint(new RandomStream(seed).Child(i), 1 + (seed % 3)))]);
            Assert.That(FarthestPair.Find(rows), Is.EqualTo(AllPairs(rows)), $"seed {seed}");
        }
    }

    [Test]
    public void OfEquallyFarPairsTheFirstIsTaken()
    {
        InMemoryDataset square = TestDatasets.WithRows([0, 0], [1, 1], [0, 1], [1, 0], [9, 9]);
        Assert.That(new ColdStart().ChooseLabelled(square, new Fold([0, 1, 2, 3], [4]), 0), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void ItemsThatAreAllAlikeGiveTheFirstTwo()
    {
        InMemoryDataset same = TestDatasets.WithRows([5], [5], [5], [5]);
        Assert.That(new ColdStart().ChooseLabelled(same, new Fold([1, 2, 3], [0]), 0), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void TestItemsNeverStart()
    {
        InMemoryDataset dataset = TestDatasets.WithRows([-100], [0], [1], [2], [100]);
        Assert.That(new ColdStart().ChooseLabelled(dataset, new Fold([1, 2, 3], [0, 4]), 0), Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public void ARegressionColdStartNeedsTwoTrainingItems() => Assert.That(
        () => ColdStart.Create(TestDatasets.WithValues(3), new Fold([0], [1, 2]), 0), Throws.ArgumentException.With.Message.Contains("at least 2"));

    [Test]
    public void AClassificationColdStartHasOneItemOfEachClassOfTheTrainingPart()
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(0, 0, 1, 1, 2, 3, 0, 1);
        DataManager data = ColdStart.Create(dataset, new Fold([0, 1, 2, 3, 5], [4, 6, 7]), seed: 4);
        Assert.That(data.LabelledIndices.Select(i => dataset.GetLabel(i).Class), Is.EquivalentTo(new[] { 0, 1, 3 }), "class 2 is only in the test part");
        Assert.That(data.ValidationIndices, Is.Empty);
    }

    [Test]
    public void AClassificationColdStartIsUniformWithinAClass()
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(0, 0, 0, 0, 1, 1);
        var fold = new Fold([0, 1, 2, 3, 4], [5]);
        int[] counts = new int[5];
        for (int seed = 0; seed < 4000; seed++)
        {
            foreach (int i in new ColdStart().ChooseLabelled(dataset, fold, seed))
            {
                counts[i]++;
            }
        }

        // 1000 expected, standard deviation 27: five of them.
        Assert.That(counts[..4], Has.All.InRange(863, 1137));
        Assert.That(counts[4], Is.EqualTo(4000));
    }

    [Test]
    public void AWarmStartLabelsItsShareOfTheTrainingPartRoundedDown()
    {
        InMemoryDataset dataset = Iris.Load();
        Fold fold = dataset.StratifiedFolds(5, seed: 1)[0];
        Assert.That(WarmStart.Create(dataset, fold, 1).LabelledCount, Is.EqualTo(12));
        Assert.That(WarmStart.Create(dataset, fold, 1, 0.249).LabelledCount, Is.EqualTo(29));
        Assert.That(WarmStart.Create(TestDatasets.WithClasses(0, 1, 0), new Fold([0, 1], [2]), 1).LabelledCount, Is.EqualTo(1), "at least one");
    }

    [Test]
    public void ItemsWithoutALabelAreNotDrawn()
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(-1, 0, -1, 1, 0, 1);
        var fold = new Fold([0, 1, 2, 3], [4, 5]);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.That(ColdStart.Create(dataset, fold, seed).LabelledIndices, Is.EqualTo(new[] { 1, 3 }));
            Assert.That(WarmStart.Create(dataset, fold, seed, 0.5).LabelledIndices, Is.EqualTo(new[] { 1, 3 }));
        }

        Assert.That(() => WarmStart.Create(dataset, fold, 0, 0.75), Throws.ArgumentException.With.Message.Contains("2 training items"));
        Assert.That(() => ColdStart.Create(dataset, new Fold([0, 2], [4]), 0), Throws.ArgumentException.With.Message.Contains("has a class"));
    }

    [Test]
    public void KPerClassTakesKOrAllOfAClass()
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(0, 0, 0, 0, 1, 2, 2, 2, 0);
        var fold = new Fold([0, 1, 2, 3, 4, 5, 6, 7], [8]);
        IReadOnlyList<int> labelled = KPerClassStart.Create(dataset, fold, seed: 2, k: 2).LabelledIndices;
        Assert.That(labelled.Select(i => dataset.GetLabel(i).Class), Is.EqualTo(new[] { 0, 0, 1, 2, 2 }));
    }

    [TestCase(30000, 20000, 0.4, 500, 200, Description = "EX-OPEN")]
    [TestCase(40000, 10000, 0.2, 100, 20)]
    [TestCase(3000, 4500, 0.6, 10, 6)]
    [TestCase(67, 45, 0.4, 5, 2, Description = "2.009 items, of a pool whose share is rounded")]
    [TestCase(68, 45, 0.4, 5, 2, Description = "1.991")]
    [TestCase(90, 10, 0.1, 9, 0)]
    [TestCase(50, 0, 0.0, 7, 0)]
    public void ARandomStartKeepsTheRateOfAnOpenSetPool(int known, int unknown, double rate, int count, int labelledUnknown)
    {
        Label[] labels =
        [
            .. Enumerable.Range(0, known).Select(i => Label.OfClass(i % 2)), .. Enumerable.Repeat(Label.OutOfDistribution, unknown), Label.OfClass(0),
        ];
        var rows = new FeatureMatrix(new float[labels.Length], labels.Length, 1);
        var dataset = new InMemoryDataset("open", rows, LearningTask.Classification(2), labels);
        var fold = new Fold([.. Enumerable.Range(0, known + unknown)], [known + unknown]);
        DataManager data = RandomStart.Create(dataset, fold, seed: 3, count);
        Assert.That(labelledUnknown, Is.EqualTo((int)(count * rate)), "what ALScope takes");
        Assert.That(data.OutOfDistributionIndices, Has.Count.EqualTo(labelledUnknown));
        Assert.That(data.LabelledCount, Is.EqualTo(count - labelledUnknown));
        Assert.That(data.UnlabelledIndices, Has.Count.EqualTo(known + unknown - count));
        Assert.That(RandomStart.Create(dataset, fold, seed: 4, count).LabelledIndices, Is.Not.EqualTo(data.LabelledIndices));
    }

    [Test]
    public void ARandomStartNeedsThatManyLabelsAndServesRegressionToo()
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(-1, 0, -1, 1, 0, 1);
        var fold = new Fold([0, 1, 2, 3], [4, 5]);
        Assert.That(RandomStart.Create(dataset, fold, 0, 2).LabelledIndices, Is.EquivalentTo(new[] { 1, 3 }));
        Assert.That(() => RandomStart.Create(dataset, fold, 0, 3), Throws.ArgumentException.With.Message.Contains("2 training items"));
        Assert.That(RandomStart.Create(TestDatasets.WithValues(9), new Fold([0, 1, 2, 3, 4], [5]), 0, 4).LabelledCount, Is.EqualTo(4));
        Assert.That(() => new RandomStart(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ASmallerKTakesASubset()
    {
        InMemoryDataset dataset = Iris.Load();
        Fold fold = dataset.StratifiedFolds(5, seed: 1)[0];
        IReadOnlyList<int> five = new KPerClassStart(5).ChooseLabelled(dataset, fold, 9);
        Assert.That(new KPerClassStart(2).ChooseLabelled(dataset, fold, 9), Is.SubsetOf(five));
        Assert.That(five, Is.Unique.And.Count.EqualTo(15));
    }

    [Test]
    public void KPerClassNeedsClassification() =>
        Assert.That(() => KPerClassStart.Create(TestDatasets.WithValues(4), new Fold([0, 1], [2, 3]), 0, 1), Throws.ArgumentException);

    [TestCaseSource(nameof(Starts))]
    public void TheSeedDecidesTheStart(Start start)
    {
        InMemoryDataset dataset = Iris.Load();
        Fold fold = dataset.StratifiedFolds(5, seed: 1)[0];
        IReadOnlyList<int> first = start.ChooseLabelled(dataset, fold, 1);
        Assert.That(start.ChooseLabelled(dataset, fold, 1), Is.EqualTo(first));
        Assert.That(start.ChooseLabelled(dataset, fold, 2), Is.Not.EqualTo(first));
        Assert.That(first, Is.SubsetOf(fold.Train));
    }

    [TestCaseSource(nameof(Starts))]
    public void ANameReadsBackAsItsStart(Start start)
    {
        Assert.That(Start.Parse(start.Name), Is.EqualTo(start));
        Assert.That(Start.Parse(start.Name.ToUpperInvariant()), Is.EqualTo(start));
    }

    [TestCase("luke")]
    [TestCase("warm:x")]
    [TestCase("kperclass")]
    [TestCase("cold:1")]
    [TestCase("")]
    public void AnUnknownNameIsRefused(string name) =>
        Assert.That(() => Start.Parse(name), Throws.ArgumentException.With.Message.Contains("kperclass:K"));

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(double.NaN)]
    public void AShareOutsideOfZeroToOneIsRefused(double share) =>
        Assert.That(() => new WarmStart(share), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void KBelowOneIsRefused() => Assert.That(() => new KPerClassStart(0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void TheSearchForTheFarthestPairCanBeStopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.That(
            () => new ColdStart().ChooseLabelled(TestDatasets.WithValues(5), new Fold([0, 1, 2], [3, 4]), 0, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    // The rows of a published dataset in the order in which PyRelationAL holds them, and the fold in which each is a test row.
    private static (FeatureMatrix Features, int[] TestFold) Published(string name)
    {
        string file = name == "Diabetes" ? "Diabetes_scaled.csv" : name + ".csv";
        string[][] cells = [.. SharedData.Cells(file).Skip(1)];
        int[][] splits = [.. SharedData.Cells($"splits/{name}.csv").Skip(1).Select(row => Array.ConvertAll(row, int.Parse)).OrderBy(row => row[0])];

        // Energy's first target counts as a feature in PyRelationAL, so all columns but the last are features everywhere.
        FeatureMatrix features = FeatureMatrix.FromRows(
            [.. splits.Select(row => cells[row[1]][..^1].Select(text => (float)double.Parse(text, CultureInfo.InvariantCulture)).ToArray())]);
        return (features, [.. splits.Select(row => row[2])]);
    }

    private static (int First, int Second) AllPairs(FeatureMatrix rows)
    {
        (double largest, int first, int second) = (-1, 0, 0);
        for (int i = 0; i < rows.RowCount; i++)
        {
            for (int j = i + 1; j < rows.RowCount; j++)
            {
                double d = Distance(rows, i, j);
                if (d > largest)
                {
                    (largest, first, second) = (d, i, j);
                }
            }
        }

        return (first, second);
    }

    private static double Distance(FeatureMatrix rows, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < rows.ColumnCount; k++)
        {
            double d = (double)rows.Row(i)[k] - rows.Row(j)[k];
            sum += d * d;
        }

        return Math.Sqrt(sum);
    }

    private static float[] GridPoint(RandomStream random, int dimensions) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => (float)random.NextInt32(4))];
}
