using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Scenarios;

public sealed class ScenarioTests
{
    private static readonly string[][] Golden =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "scenarios.csv")).Skip(1).Select(line => line.Split(','))];

    // At least 40 items of each of three to six classes, of which the first few are known.
    private static readonly Arbitrary<(int[] Classes, int Known, double Factor, double Rate, long Seed)> Cases = Arb.From(
        from count in Gen.Choose(3, 6)
        from sizes in Gen.Choose(40, 60).ArrayOf(count)
        from order in Gen.Shuffle(sizes.SelectMany((size, c) => Enumerable.Repeat(c, size)).ToArray())
        from known in Gen.Choose(1, count - 1)
        from factor in Gen.Elements(0.3, 0.5, 1)
        from rate in Gen.Elements(0.1, 0.3, 0.5)
        from seed in Gen.Choose(0, 1000)
        select (order, known, factor, rate, (long)seed));

    [Test]
    public void CountsEqualAnIndependentProgram()
    {
        foreach (string[] cells in Golden)
        {
            int[] sizes = Numbers(cells[0]);
            int unknown = int.Parse(cells[1]);
            InMemoryDataset dataset = TestDatasets.WithClasses(
                [.. sizes.SelectMany((size, c) => Enumerable.Repeat(c, size)), .. Enumerable.Repeat(sizes.Length, unknown)]);
            var fold = new Fold([.. Enumerable.Range(0, dataset.Count)], []);
            string[] known = [.. Enumerable.Range(0, sizes.Length).Select(c => $"{c}")];
            Scenario? openSet = unknown == 0 ? null : Scenario.OpenSet(known, cells[3] == "-" ? null : SharedData.Double(cells[3]));
            Scenario? imbalance = cells[2] == "-" ? null : Scenario.Imbalanced(SharedData.Double(cells[2]));
            Scenario scenario = openSet is null ? imbalance! : imbalance is null ? openSet : openSet.And(imbalance);

            ScenarioFold result = scenario.Apply(dataset, fold, seed: 3);

            int[] original = [.. result.Fold.Train.Select(i => dataset.GetLabel(i).Class)];
            Assert.That(Enumerable.Range(0, sizes.Length).Select(c => original.Count(k => k == c)), Is.EqualTo(Numbers(cells[4])), string.Join(',', cells));
            Assert.That(original.Count(k => k == sizes.Length), Is.EqualTo(int.Parse(cells[5])), string.Join(',', cells));
        }
    }

    [Test]
    public void TheProfileWorkedOutByHand()
    {
        // C = 3 and f = 0.25: shares 1, 0.25^(1/2) = 0.5, 0.25 of 12, 9 and 10 items: 12, 4.5, 2.5.
        Assert.That(LongTail.Counts([12, 9, 10], 0.25), Is.EqualTo(new[] { 12, 4, 2 }));
        Assert.That(LongTail.Counts([5000, 5000, 5000], 0.01), Is.EqualTo(new[] { 5000, 500, 50 }));
        // EX-IMB
        int[] ten = [.. Enumerable.Repeat(5000, 10)];
        Assert.That(LongTail.Counts(ten, 0.2), Is.EqualTo(new[] { 5000, 4181, 3496, 2924, 2445, 2044, 1709, 1429, 1195, 1000 }));
        Assert.That(LongTail.Counts(ten, 0.1), Is.EqualTo(new[] { 5000, 3871, 2997, 2320, 1796, 1391, 1077, 834, 645, 500 }));
        Assert.That(LongTail.Counts(ten, 0.01), Is.EqualTo(new[] { 5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50 }));
        Assert.That(LongTail.Counts([30000, 30000, 30000, 30000], 0.2), Is.EqualTo(new[] { 30000, 17544, 10259, 6000 }));
    }

    [Test]
    public void WhatIsScoredIsWhatIsLabelled()
    {
        // Each row holds its own number: training and candidates must mean the same item by an index, whatever was taken away.
        InMemoryDataset numbers = InMemoryDataset.ForClassification(
            "numbers",
            FeatureMatrix.FromRows([.. Enumerable.Range(0, 240).Select(i => new[] { (float)i })]),
            [.. Enumerable.Range(0, 240).Select(i => i * 7 % 4)],
            4);
        var task = new BenchmarkTask(DatasetSource.Of(numbers), new ColdStart(), 1) { Scenario = Both(2, 0.2, 0.3), Standardise = false };
        DataManager data = task.CreateDataManager(5);
        Assert.That(Numbers(data.UnlabelledView()), Is.EqualTo(data.UnlabelledIndices));
        int[] known = [.. data.UnlabelledIndices.Where(i => i * 7 % 4 < 2).Take(20)];
        data.SetLabels(known, [.. known.Select(data.Dataset.GetLabel)]);
        Assert.That(Numbers(data.LabelledView()), Is.EqualTo(data.LabelledIndices).And.SupersetOf(known));
        Assert.That(data.LabelledView().ClassLabels(), Is.EqualTo(data.LabelledIndices.Select(i => i * 7 % 4)));

        static IEnumerable<int> Numbers(DatasetView view) => Enumerable.Range(0, view.Count).Select(i => (int)view.Features.Row(i)[0]);
    }

    [Test]
    public void ItOnlyTakesItemsAwayAndOnlyFromTheTrainingPart() => Prop.ForAll(Cases, c =>
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(c.Classes);
        Fold fold = dataset.StratifiedFolds(4, c.Seed)[1];
        ScenarioFold result = Both(c.Known, c.Factor, c.Rate).Apply(dataset, fold, c.Seed);
        int[] outside = [.. result.Fold.Train.Where(i => result.Dataset.GetLabel(i).IsOutOfDistribution)];
        double share = (double)outside.Length / result.Fold.Train.Count;
        return result.Fold.Train.All(fold.Train.Contains)
            && result.Fold.Train.Zip(result.Fold.Train.Skip(1)).All(pair => pair.First < pair.Second)
            && result.Fold.Test.SequenceEqual(fold.Test.Where(i => c.Classes[i] < c.Known))
            && result.Dataset.Task == LearningTask.Classification(c.Known)
            && Enumerable.Range(0, dataset.Count).All(i =>
                result.Dataset.GetLabel(i) == (c.Classes[i] < c.Known ? Label.OfClass(c.Classes[i]) : Label.OutOfDistribution))
            && Enumerable.Range(0, dataset.Count).All(i => dataset.GetLabel(i).Class == c.Classes[i])
            && Math.Abs(share - c.Rate) <= 1.0 / result.Fold.Train.Count;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AStartAndADataManagerTakeItAndLabelNoUnknownItem() => Prop.ForAll(Cases, c =>
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(c.Classes);
        return new Start[] { new ColdStart(), new WarmStart(), new KPerClassStart(2) }.All(start =>
        {
            var task = new BenchmarkTask(DatasetSource.Of(dataset), start, 2) { FoldCount = 4, Scenario = Both(c.Known, c.Factor, c.Rate) };
            DataManager data = task.CreateDataManager(c.Seed);
            return data.OutOfDistributionIndices.Count == 0
                && data.LabelledCount > 0
                && data.LabelledIndices.Concat(data.TestIndices).All(i => data.Dataset.GetLabel(i).Kind == LabelKind.Class)
                && data.UnlabelledIndices.Any(i => data.Dataset.GetLabel(i).IsOutOfDistribution);
        });
    }).QuickCheckThrowOnFailure();

    [Test]
    public void TheSameItemsStayForAllSeedsAndAMilderImbalanceKeepsThem() => Prop.ForAll(Cases, c =>
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(c.Classes);
        Fold fold = dataset.StratifiedFolds(4, 0)[1];
        IReadOnlyList<int> Kept(double factor, long seed, long thinning = 0) =>
            (Scenario.Imbalanced(factor) with { Seed = thinning }).Apply(dataset, fold, seed).Fold.Train;
        return Kept(0.3, c.Seed).SequenceEqual(Kept(0.3, c.Seed + 1))
            && Kept(0.3, c.Seed).All(Kept(0.5, c.Seed).Contains)
            && !Kept(0.3, c.Seed).SequenceEqual(Kept(0.3, c.Seed, thinning: 1))
            && Kept(1, c.Seed).SequenceEqual(fold.Train);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void ClassesAreFoundByNameAndByNumberAndKeepTheirOrder()
    {
        InMemoryDataset iris = Iris.Load();
        Fold fold = iris.StratifiedFolds(5, 0)[0];
        ScenarioFold byName = Scenario.OpenSet(["VIRGINICA", "setosa"]).Apply(iris, fold, 0);
        Assert.That(byName.KnownClasses, Is.EqualTo(new[] { 0, 2 }));
        Assert.That(byName.Dataset.Task.ClassNames, Is.EqualTo(new[] { "setosa", "virginica" }));
        Assert.That(Scenario.OpenSet(["2", "0"]).Apply(iris, fold, 0).KnownClasses, Is.EqualTo(byName.KnownClasses));
        Assert.That(byName.Dataset.GetLabel(149), Is.EqualTo(Label.OfClass(1)));
        Assert.That(byName.Fold.Train, Is.EqualTo(fold.Train), "without a rate all items stay");
    }

    [Test]
    public void ClassesAreDrawnForEachSeed()
    {
        InMemoryDataset digits = Digits.Load();
        Fold fold = digits.StratifiedFolds(5, 0)[0];
        int[][] drawn = [.. Enumerable.Range(0, 8).Select(seed => Scenario.OpenSet(0.4).Apply(digits, fold, seed).KnownClasses.ToArray())];
        Assert.That(drawn, Is.All.Length.EqualTo(6));
        Assert.That(drawn, Is.All.Ordered.And.All.Unique);
        Assert.That(drawn.Select(d => string.Join(' ', d)).Distinct().Count(), Is.GreaterThan(4));
        Assert.That(Scenario.OpenSet(0.4).Apply(digits, digits.StratifiedFolds(5, 9)[3], 5).KnownClasses, Is.EqualTo(drawn[5]), "whatever the fold");
    }

    [Test]
    public void ADatasetThatIsNotInMemoryStaysWhereItIs()
    {
        var numbers = new DelegateDataset<int>(
            "numbers", 60, LearningTask.Classification(3), i => i, 1, (number, row) => row[0] = number, i => Label.OfClass(i % 3));
        var task = new BenchmarkTask(DatasetSource.Of(numbers), new ColdStart(), 0) { Scenario = Both(2, 0.5, 0.3), Standardise = false };
        DataManager data = task.CreateDataManager(1);
        Assert.That(data.Dataset, Is.Not.InstanceOf<InMemoryDataset>());
        Assert.That(data.Dataset.Task, Is.EqualTo(LearningTask.Classification(2)));
        Assert.That(DatasetView.All(data.Dataset).Features.Row(59)[0], Is.EqualTo(59));
    }

    [Test]
    public void FeaturesAreStandardisedOnTheItemsThatStay()
    {
        BenchmarkTask task = new(Iris.Source, new ColdStart(), 0) { Scenario = Scenario.Imbalanced(0.2) };
        FeatureMatrix train = task.CreateDataManager(4).TrainView().Features;
        Assert.That(train.RowCount, Is.EqualTo(40 + 17 + 8));
        Assert.That(Enumerable.Range(0, train.RowCount).Average(i => (double)train.Row(i)[2]), Is.EqualTo(0).Within(1e-6));
    }

    [Test]
    public void EqualNamesAreEqualScenarios()
    {
        Scenario both = Scenario.Imbalanced(0.2).And(Scenario.OpenSet(0.4));
        Assert.That(both, Is.EqualTo(Scenario.OpenSet(0.4).And(Scenario.Imbalanced(0.2))));
        Assert.That(both.ToString(), Is.EqualTo("open-set 0.4, imbalance 0.2"));
        Assert.That((both with { Seed = 3 }).Name, Is.EqualTo("open-set 0.4, imbalance 0.2, seed 3"));
        Assert.That(Scenario.OpenSet(["a", "b"], 0.5).Name, Is.EqualTo("open-set 0.5 (known: a, b)"));
        Scenario named = Scenario.OpenSet(["a"]);
        Assert.That(Scenario.OpenSet(["a"]), Is.EqualTo(named));
        Assert.That(Scenario.OpenSet(["b"]), Is.Not.EqualTo(named));
        Assert.That(Scenario.ALScopeOpenSet(0.4), Is.Not.EqualTo(Scenario.OpenSet(0.4)));
        BenchmarkTask task = new(Iris.Source, new ColdStart(), 1) { Scenario = both };
        Assert.That(task.Name, Is.EqualTo("Iris/cold/open-set 0.4, imbalance 0.2/fold 2 of 5"));
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    public void ARateOutsideItsRangeIsRefused(double rate)
    {
        Assert.That(() => Scenario.OpenSet(rate), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("strictly between 0 and 1"));
        Assert.That(() => Scenario.OpenSet(["0"], rate), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(0.0)]
    [TestCase(1.01)]
    [TestCase(double.NaN)]
    public void AFactorOutsideItsRangeIsRefused(double factor) =>
        Assert.That(() => Scenario.Imbalanced(factor), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("(0, 1]"));

    [Test]
    public void WhatCannotBeIsRefused()
    {
        InMemoryDataset iris = Iris.Load();
        Fold fold = iris.StratifiedFolds(5, 0)[0];
        void Refused(Scenario scenario, string message) =>
            Assert.That(() => scenario.Apply(iris, fold, 0), Throws.ArgumentException.With.Message.Contains(message));

        Assert.That(() => Scenario.OpenSet([]), Throws.ArgumentException.With.Message.StartsWith("Every class is unknown"));
        Refused(Scenario.OpenSet(["0", "1", "2"]), "All 3 classes of dataset 'iris' are known".Replace("iris", iris.Name));
        Refused(Scenario.OpenSet(["0", "setosa"]), "twice");
        Refused(Scenario.OpenSet(["rose"]), "rose");
        Refused(Scenario.OpenSet(0.8), "1 of the 3 classes");
        Refused(Scenario.OpenSet(0.1), "3 of the 3 classes");
        Refused(Scenario.OpenSet(["0"], 0.001), "none of the 80 training items of unknown classes");
        Refused(Scenario.OpenSet(["0", "1"], 0.99), "class 'setosa'");
        Refused(Scenario.Imbalanced(0.01), "none of the 40 training items of class 'virginica'");
        InMemoryDataset diabetes = Diabetes.Load();
        Assert.That(
            () => Scenario.Imbalanced(0.5).Apply(diabetes, diabetes.KFolds(5, 0)[0], 0), Throws.ArgumentException.With.Message.Contains("regression"));
        Assert.That(() => Scenario.Imbalanced(0.5).And(Scenario.Imbalanced(0.5)), Throws.ArgumentException);
        Assert.That(() => Scenario.Imbalanced(0.5).And(Scenario.OpenSet(0.5) with { Seed = 1 }), Throws.ArgumentException);
    }

    private static Scenario Both(int known, double factor, double rate) =>
        Scenario.OpenSet([.. Enumerable.Range(0, known).Select(c => $"{c}")], rate).And(Scenario.Imbalanced(factor));

    private static int[] Numbers(string text) => [.. text.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
}
