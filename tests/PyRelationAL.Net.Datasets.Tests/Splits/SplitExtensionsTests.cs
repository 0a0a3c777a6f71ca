using FsCheck;
using FsCheck.Fluent;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests.Splits;

public class SplitExtensionsTests
{
    private static readonly string[][] Golden =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "folds.csv")).Skip(1).Select(line => line.Split(','))];

    // Labels of 6 to 80 items in up to four classes; k from 2 to the size of the largest class.
    private static readonly Arbitrary<(int[] Classes, int Folds, long Seed)> StratifiedCases = Arb.From(
        from count in Gen.Choose(8, 80)
        from classes in Gen.Choose(0, 3).ArrayOf(count)
        from folds in Gen.Choose(2, classes.GroupBy(c => c).Max(g => g.Count()))
        from seed in Gen.Choose(0, 1000)
        select (classes, folds, (long)seed));

    private static readonly Arbitrary<(int Count, int Folds, long Seed)> PlainCases = Arb.From(
        from count in Gen.Choose(2, 120)
        from folds in Gen.Choose(2, count)
        from seed in Gen.Choose(0, 1000)
        select (count, folds, (long)seed));

    private static readonly Func<IDataset, long, IReadOnlyList<Fold>>[] Splitters =
    [
        (dataset, seed) => dataset.KFolds(5, seed),
        (dataset, seed) => dataset.StratifiedFolds(5, seed),
        (dataset, seed) => [new Fold([], []), dataset.TrainTestSplit(0.2, seed)],
        (dataset, seed) => [new Fold([], []), dataset.TrainTestSplit(0.2, seed, stratified: true)],
    ];

    private static IEnumerable<string> GoldenCases => Golden.Select(cells => cells[0]).Distinct();

    [TestCaseSource(nameof(GoldenCases))]
    public void FoldsInOrderEqualScikitLearn(string name)
    {
        string[][] items = [.. Golden.Where(cells => cells[0] == name)];
        InMemoryDataset dataset = TestDatasets.WithClasses([.. items.Select(cells => int.Parse(cells[2]))]);
        int count = int.Parse(items[0][1]);

        Assert.That(TestFolds(dataset.KFoldsInOrder(count), dataset.Count), Is.EqualTo(items.Select(cells => int.Parse(cells[3]))));
        Assert.That(TestFolds(dataset.StratifiedFoldsInOrder(count), dataset.Count), Is.EqualTo(items.Select(cells => int.Parse(cells[4]))));
    }

    [Test]
    public void KFoldsPartitionEvenly() => Prop.ForAll(PlainCases, c =>
    {
        InMemoryDataset dataset = TestDatasets.WithValues(c.Count);
        return IsEvenPartition(dataset.KFolds(c.Folds, c.Seed), c.Count, c.Folds) && IsEvenPartition(dataset.KFoldsInOrder(c.Folds), c.Count, c.Folds);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void StratifiedFoldsPartitionEvenlyAndSpreadEveryClassEvenly() => Prop.ForAll(StratifiedCases, c =>
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(c.Classes);
        IReadOnlyList<Fold> folds = dataset.StratifiedFolds(c.Folds, c.Seed);
        return IsEvenPartition(folds, c.Classes.Length, c.Folds)
            && c.Classes.Distinct().All(k => IsEven(folds.Select(f => f.Test.Count(i => c.Classes[i] == k))));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void AStratifiedSplitGivesEachClassItsShareToWithinOne() => Prop.ForAll(StratifiedCases, c =>
    {
        const double share = 0.3;
        Fold split = TestDatasets.WithClasses(c.Classes).TrainTestSplit(share, c.Seed, stratified: true);
        double exactShare = (double)split.Test.Count / c.Classes.Length;
        return split.Train.Concat(split.Test).Order().SequenceEqual(Enumerable.Range(0, c.Classes.Length))
            && Math.Abs(split.Test.Count - (share * c.Classes.Length)) <= 0.5
            && c.Classes.GroupBy(k => k).All(g => Math.Abs(split.Test.Count(i => c.Classes[i] == g.Key) - (exactShare * g.Count())) < 1);
    }).QuickCheckThrowOnFailure();

    [Test]
    public void TheSeedDecidesTheFolds([ValueSource(nameof(Splitters))] Func<IDataset, long, IReadOnlyList<Fold>> split)
    {
        int[] Drawn(long seed) => TestFolds(split(Iris.Load(), seed), 150);
        int[] first = Drawn(1);
        Assert.That(Drawn(1), Is.EqualTo(first));
        Assert.That(Drawn(2), Is.Not.EqualTo(first));
    }

    [Test]
    public void EachItemIsEquallyLikelyInEachFold()
    {
        InMemoryDataset dataset = TestDatasets.WithValues(10);
        var counts = new int[10, 5];
        const int Seeds = 4000;
        for (int seed = 0; seed < Seeds; seed++)
        {
            int[] folds = TestFolds(dataset.KFolds(5, seed), 10);
            for (int i = 0; i < 10; i++)
            {
                counts[i, folds[i]]++;
            }
        }

        // 800 expected, standard deviation 25: five of them.
        Assert.That(counts.Cast<int>(), Has.All.InRange(675, 925));
    }

    [TestCase(1)]
    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(7)]
    public void TooFewOrTooManyFoldsAreRefused(int count)
    {
        InMemoryDataset dataset = TestDatasets.WithClasses(0, 0, 0, 1, 1, 1);
        Assert.That(() => dataset.KFolds(count, 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("at most 6"));
        Assert.That(() => dataset.KFoldsInOrder(count), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => dataset.StratifiedFolds(count, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void MoreStratifiedFoldsThanTheLargestClassAreRefused() => Assert.That(
        () => TestDatasets.WithClasses(0, 0, 0, 1, 1).StratifiedFolds(4, 0),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("the largest 3"));

    [Test]
    public void AClassSmallerThanTheNumberOfFoldsIsAllowed()
    {
        IReadOnlyList<Fold> folds = TestDatasets.WithClasses(0, 0, 0, 0, 1, 0).StratifiedFolds(5, 0);
        Assert.That(folds.Count(fold => fold.Test.Contains(4)), Is.EqualTo(1));
    }

    [Test]
    public void StratifyingNeedsClassificationAndEveryLabel()
    {
        Assert.That(() => TestDatasets.WithValues(9).StratifiedFolds(3, 0), Throws.ArgumentException.With.Message.Contains("KFolds"));
        Assert.That(() => TestDatasets.WithValues(9).TrainTestSplit(0.3, 0, stratified: true), Throws.ArgumentException);
        Assert.That(() => TestDatasets.WithClasses(0, 1, -1, 0).StratifiedFolds(2, 0), Throws.ArgumentException.With.Message.Contains("Item 2"));
        Assert.That(TestDatasets.WithClasses(0, 1, -1, 0).KFolds(2, 0), Has.Count.EqualTo(2));
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    public void AShareOutsideOfZeroToOneIsRefused(double share) =>
        Assert.That(() => Iris.Load().TrainTestSplit(share, 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("testShare"));

    [TestCase(0.001, 1)]
    [TestCase(0.999, 149)]
    [TestCase(0.25, 38)]
    public void ASplitHasTheRoundedShareAndNoEmptyPart(double share, int expected) =>
        Assert.That(Iris.Load().TrainTestSplit(share, 0).Test, Has.Count.EqualTo(expected));

    [Test]
    public void ASingleItemCannotBeSplit() =>
        Assert.That(() => TestDatasets.WithValues(1).TrainTestSplit(0.5, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static bool IsEvenPartition(IReadOnlyList<Fold> folds, int count, int expectedFolds) =>
        folds.Count == expectedFolds
        && folds.SelectMany(fold => fold.Test).Order().SequenceEqual(Enumerable.Range(0, count))
        && folds.All(fold => fold.Train.SequenceEqual(Enumerable.Range(0, count).Except(fold.Test)))
        && folds.All(fold => fold.Test.SequenceEqual(fold.Test.Order()))
        && IsEven(folds.Select(fold => fold.Test.Count));

    private static bool IsEven(IEnumerable<int> sizes)
    {
        int[] all = [.. sizes];
        return all.Max() - all.Min() <= 1;
    }

    private static int[] TestFolds(IReadOnlyList<Fold> folds, int count)
    {
        var fold = new int[count];
        for (int f = 0; f < folds.Count; f++)
        {
            foreach (int i in folds[f].Test)
            {
                fold[i] = f;
            }
        }

        return fold;
    }
}
