using System.Diagnostics;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

public sealed class DataManagerTests
{
    private static readonly int[] First40 = TestData.Range(0, 40);
    private static readonly int[] Last10 = TestData.Range(40, 10);

    private static InMemoryDataset Fifty => TestData.Regression(TestData.Rows(50));

    [Test]
    public void Missing_test_indices_are_what_is_left()
    {
        var data = new DataManager(Fifty, new DataSplit { Train = First40, Validation = [40, 41] });
        Assert.That(data.TestIndices, Is.EqualTo(TestData.Range(42, 8)));
        Assert.That(data.ValidationIndices, Is.EqualTo([40, 41]));
        Assert.That(data.Warnings, Is.Empty);
    }

    [Test]
    public void Missing_training_indices_are_what_is_left()
    {
        var data = new DataManager(Fifty, new DataSplit { Test = Last10, Validation = [3] });
        Assert.That(data.TrainIndices, Is.EqualTo(First40.Where(i => i != 3)));
        Assert.That(data.ValidationView()!.Count, Is.EqualTo(1));
    }

    [Test]
    public void Indices_in_no_split_are_not_used_and_warned_of()
    {
        var data = new DataManager(Fifty, new DataSplit { Train = First40, Test = [45] });
        Assert.That(data.Warnings.Single(), Does.Contain("9 of the 50 items").And.Contains("item 40"));
        Assert.That(data.ValidationView(), Is.Null);
        Assert.That(() => data.SetLabels([41], [Label.OfValue(1)]), Throws.ArgumentException.With.Message.Contains("in no split"));
    }

    [Test]
    public void The_order_in_which_indices_are_given_does_not_matter()
    {
        var data = new DataManager(Fifty, new DataSplit { Train = [9, 3, 5], Test = [8, 1], Validation = [7, 2], Labelled = [9, 3] });
        Assert.That(data.TrainIndices, Is.EqualTo([3, 5, 9]));
        Assert.That(data.TestIndices, Is.EqualTo([1, 8]));
        Assert.That(data.ValidationIndices, Is.EqualTo([2, 7]));
        Assert.That(data.LabelledIndices, Is.EqualTo([3, 9]));
    }

    [TestCase(new[] { 0, 1 }, null, new[] { 1, 2 }, "overlaps: item 1 is in the training set and among the test indices")]
    [TestCase(new[] { 0, 1 }, new[] { 1 }, new[] { 2 }, "item 1 is in the training set and among the validation indices")]
    [TestCase(new[] { 0 }, new[] { 1 }, new[] { 2, 1 }, "item 1 is in the validation set and among the test indices")]
    [TestCase(new[] { 0, 1, 0 }, null, new[] { 2 }, "training indices repeat item 0")]
    [TestCase(new[] { 0 }, new[] { 4, 4 }, new[] { 2 }, "validation indices repeat item 4")]
    [TestCase(new[] { 0 }, null, new[] { 2, 2 }, "test indices repeat item 2")]
    [TestCase(new[] { 0, 50 }, null, new[] { 2 }, "Index 50 is unknown: dataset 'values' has items 0 to 49")]
    [TestCase(new[] { 0 }, new[] { -1 }, new[] { 2 }, "Index -1 is unknown")]
    [TestCase(new int[0], null, new[] { 2 }, "training set is empty")]
    [TestCase(new[] { 1 }, null, new int[0], "test set is empty")]
    public void A_wrong_split_is_refused_with_the_item(int[]? train, int[]? validation, int[]? test, string message) => Assert.That(
        () => new DataManager(Fifty, new DataSplit { Train = train, Validation = validation, Test = test }),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    [Test]
    public void A_derived_set_that_would_be_empty_is_refused_and_explained()
    {
        Assert.That(
            () => new DataManager(Fifty, new DataSplit { Train = First40, Validation = Last10 }),
            Throws.ArgumentException.With.Message.Contains("test set is empty: the other sets take every item"));
        Assert.That(
            () => new DataManager(Fifty, new DataSplit { Test = First40, Validation = Last10 }), Throws.ArgumentException
                .With.Message.Contains("training set is empty"));
    }

    [Test]
    public void Neither_training_nor_test_indices_are_refused() => Assert.That(
        () => new DataManager(Fifty, new DataSplit { Validation = Last10 }), Throws.ArgumentException.With.Message.Contains("Neither training nor test"));

    [TestCase(new[] { 0, 45 }, null, "labelled indices leak: item 45 is in the test set")]
    [TestCase(null, new[] { 45 }, "unlabelled indices leak: item 45 is in the test set")]
    [TestCase(new[] { 0, 0 }, null, "labelled indices repeat item 0")]
    [TestCase(new[] { 0, 1 }, new[] { 1, 2 }, "Item 1 is both labelled and unlabelled")]
    [TestCase(new[] { 0, 1 }, new[] { 2, 3 }, "item 4 is in neither")]
    [TestCase(new[] { 77 }, null, "Index 77 is unknown")]
    public void A_wrong_labelled_set_is_refused(int[]? labelled, int[]? unlabelled, string message) => Assert.That(
        () => new DataManager(Fifty, new DataSplit { Train = First40, Test = Last10, Labelled = labelled, Unlabelled = unlabelled }),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    [Test]
    public void Labelled_or_unlabelled_alone_gives_the_other()
    {
        var labelled = new DataManager(Fifty, new DataSplit { Test = Last10, Labelled = [7, 2] });
        Assert.That(labelled.LabelledIndices, Is.EqualTo([2, 7]));
        Assert.That(labelled.UnlabelledIndices, Is.EqualTo(First40.Except([2, 7])));
        var unlabelled = new DataManager(Fifty, new DataSplit { Test = Last10, Unlabelled = TestData.Range(1, 39) });
        Assert.That(unlabelled.LabelledIndices, Is.EqualTo([0]));
        Assert.That(new DataManager(Fifty, new DataSplit { Test = Last10, Unlabelled = [] }).UnlabelledCount, Is.Zero);
        Assert.That(new DataManager(Fifty, new DataSplit { Test = Last10, Labelled = [] }).LabelledCount, Is.Zero);
    }

    [Test]
    public void The_random_initial_set_has_the_asked_size_and_follows_the_seed()
    {
        DataManager Make(InitialSize size, long seed) => new(Fifty, new DataSplit { Test = Last10, InitialSize = size, Seed = seed });
        Assert.That(Make(InitialSize.OfCount(7), 1).LabelledCount, Is.EqualTo(7));
        Assert.That(Make(InitialSize.OfShare(0.25), 1).LabelledCount, Is.EqualTo(10));
        Assert.That(Make(InitialSize.OfCount(0), 1).LabelledCount, Is.Zero);
        Assert.That(Make(InitialSize.OfCount(40), 1).UnlabelledCount, Is.Zero);
        Assert.That(new DataManager(Fifty, new DataSplit { Test = Last10 }).LabelledCount, Is.EqualTo(4), "a tenth by default");
        int[] first = [.. Make(InitialSize.OfCount(7), 1).LabelledIndices];
        Assert.That(first, Is.Ordered.And.Unique.And.All.LessThan(40));
        Assert.That(Make(InitialSize.OfCount(7), 1).LabelledIndices, Is.EqualTo(first));
        Assert.That(Make(InitialSize.OfCount(7), 2).LabelledIndices, Is.Not.EqualTo(first));
    }

    [Test]
    public void Initial_sizes_out_of_range_are_refused()
    {
        Assert.That(() => InitialSize.OfCount(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        foreach (double share in new[] { 0, 1, -0.5, 1.5, double.NaN })
        {
            Assert.That(() => InitialSize.OfShare(share), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("between 0 and 1"));
        }

        Assert.That(
            () => new DataManager(Fifty, new DataSplit { Test = Last10, InitialSize = InitialSize.OfCount(41) }),
            Throws.ArgumentException.With.Message.Contains("41 initial labels").And.Message.Contains("40 training items"));
    }

    [TestCase(0.29, 100, 29)]
    [TestCase(0.57, 100, 57)]
    [TestCase(0.1, 39, 3)]
    [TestCase(0.999, 10, 9)]
    [TestCase(0.1, 5, 0)]
    public void A_share_is_rounded_down_but_not_below_a_whole_number(double share, int count, int expected) =>
        Assert.That(InitialSize.OfShare(share).Resolve(count), Is.EqualTo(expected));

    [TestCase(5, "labelled")]
    [TestCase(41, "validation")]
    [TestCase(45, "test")]
    public void Labels_are_needed_where_they_are_used(int missing, string set)
    {
        InMemoryDataset dataset = Fifty;
        dataset.SetLabel(missing, Label.Missing);
        Assert.That(
            () => new DataManager(dataset, new DataSplit { Train = First40, Validation = [40, 41], Labelled = [5, 6] }),
            Throws.ArgumentException.With.Message.Contains($"Item {missing} is a {set} item and has no label"));
    }

    [Test]
    public void Unlabelled_items_need_no_label()
    {
        InMemoryDataset dataset = Fifty;
        dataset.SetLabel(9, Label.Missing);
        var data = new DataManager(dataset, new DataSplit { Train = First40, Labelled = [5, 6] });
        data.SetLabels([9], [Label.OfValue(2.5)]);
        Assert.That(dataset.GetLabel(9), Is.EqualTo(Label.OfValue(2.5)));
        Assert.That(data.IsLabelled(9));
    }

    [Test]
    public void Labelling_moves_items_in_the_order_of_labelling()
    {
        var data = new DataManager(Fifty, new DataSplit { Train = First40, Labelled = [5, 6] });
        data.SetLabels([30, 2], [Label.OfValue(1), Label.OfValue(2)]);
        data.SetLabels([11], [Label.OfValue(3)]);
        Assert.That(data.LabelledIndices, Is.EqualTo([5, 6, 30, 2, 11]));
        Assert.That(data.LabelledView().Indices.ToArray(), Is.EqualTo([5, 6, 30, 2, 11]));
        Assert.That(data.UnlabelledIndices, Is.EqualTo(First40.Except([5, 6, 30, 2, 11])));
        Assert.That(data.UnlabelledView().Indices.ToArray(), Is.EqualTo(data.UnlabelledIndices));
        Assert.That(data.UnlabelledCount + data.LabelledCount, Is.EqualTo(40));
        Assert.That(data.LabelledShare, Is.EqualTo(0.125));
    }

    [Test]
    public void Views_are_snapshots()
    {
        var data = new DataManager(Fifty, new DataSplit { Train = First40, Labelled = [5, 6] });
        DatasetView labelled = data.LabelledView(), unlabelled = data.UnlabelledView();
        data.SetLabels([7], [Label.OfValue(1)]);
        Assert.That(labelled.Count, Is.EqualTo(2));
        Assert.That(unlabelled.Count, Is.EqualTo(38));
        Assert.That(unlabelled.Indices.ToArray(), Does.Contain(7));
    }

    [TestCase(new[] { 7, 5 }, "Item 5 cannot be labelled: it is labelled")]
    [TestCase(new[] { 7, 45 }, "it is in the test set")]
    [TestCase(new[] { 7, 40 }, "it is in the validation set")]
    [TestCase(new[] { 7, 7 }, "Item 7 is given twice")]
    [TestCase(new[] { 7, 99 }, "Index 99 is unknown")]
    [TestCase(new[] { 7 }, "expected 1 elements, got 2")]
    public void A_refused_labelling_changes_nothing(int[] indices, string message) =>
        CheckRefused(indices, [Label.OfValue(100), Label.OfValue(100)], message);

    [Test]
    public void Labels_that_do_not_fit_change_nothing()
    {
        CheckRefused([7, 8], [Label.OfValue(100), Label.Missing], "The label of item 8 is missing");
        CheckRefused([7, 8], [Label.OfValue(100), Label.OfClass(1)], "The label of item 8 is class 1: it is a Class and the task is regression");
    }

    [Test]
    public void Hits_are_the_largest_absolute_labels_of_the_initial_pool()
    {
        InMemoryDataset dataset = InMemoryDataset.ForRegression("v", TestData.Rows(12), [9, -8, 7, -6, 5, 4, 3, 2, 1, 0, 99, 99]);
        var data = new DataManager(dataset, new DataSplit { Test = [10, 11], Labelled = [0, 9], HitRatioAt = 0.5 });
        Assert.That(data.Hits, Is.EquivalentTo([1, 2, 3, 4]));
        Assert.That(data.HitRatio([1, 4, 8]), Is.EqualTo(0.5));
        Assert.That(data.HitRatio([]), Is.EqualTo(0));
        data.SetLabels([1], [Label.OfValue(0)]);
        Assert.That(data.Hits, Is.EquivalentTo([1, 2, 3, 4]), "fixed at the start");
        Assert.That(new DataManager(dataset, new DataSplit { Test = [10, 11] }).HitRatio([1]), Is.Null);
    }

    [Test]
    public void Equal_labels_at_the_threshold_all_count_as_hits()
    {
        InMemoryDataset dataset = InMemoryDataset.ForRegression("v", TestData.Rows(6), [1, 2, 2, 2, 0, 0]);
        Assert.That(new DataManager(dataset, new DataSplit { Test = [5], Labelled = [4], HitRatioAt = 0.25 }).Hits, Is.EquivalentTo([1, 2, 3]));
    }

    [Test]
    public void A_wrong_hit_ratio_is_refused()
    {
        foreach (double share in new[] { 0, 1, -0.1, double.NaN })
        {
            Assert.That(
                () => new DataManager(Fifty, new DataSplit { Test = Last10, HitRatioAt = share }),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("strictly between 0 and 1"));
        }

        Assert.That(
            () => new DataManager(Fifty, new DataSplit { Test = Last10, HitRatioAt = 0.01 }),
            Throws.ArgumentException.With.Message.Contains("less than one"));
        InMemoryDataset dataset = Fifty;
        dataset.SetLabel(9, Label.Missing);
        Assert.That(
            () => new DataManager(dataset, new DataSplit { Test = Last10, Labelled = [1], HitRatioAt = 0.1 }),
            Throws.ArgumentException.With.Message.Contains("Item 9").And.Message.Contains("hit-ratio"));
        Label[] sets = [.. Enumerable.Range(0, 5).Select(_ => Label.OfClassSet([true, false]))];
        Assert.That(
            () => new DataManager(
                new InMemoryDataset("sets", TestData.Rows(5), LearningTask.MultiLabel(2), sets),
                new DataSplit { Test = [4], Labelled = [0], HitRatioAt = 0.5 }),
            Throws.ArgumentException.With.Message.Contains("'sets' is for multi-label"));
    }

    [Test]
    public void A_hundred_thousand_moves_are_cheap()
    {
        const int Count = 100_000;
        InMemoryDataset dataset = InMemoryDataset.ForRegression("v", TestData.Rows(Count + 2, 1), new double[Count + 2]);
        var data = new DataManager(dataset, new DataSplit { Test = [Count + 1], Labelled = [Count] });
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < Count; i++)
        {
            data.SetLabels([i], [Label.OfValue(i)]);
        }

        // O(N) for each move would be 10¹⁰ steps; this takes some 30 ms.
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
        Assert.That(data.UnlabelledCount, Is.Zero);
    }

    [Test]
    public void Null_arguments_are_refused()
    {
        Assert.That(() => new DataManager(null!, new DataSplit()), Throws.ArgumentNullException);
        Assert.That(() => new DataManager(Fifty, null!), Throws.ArgumentNullException);
    }

    private static void CheckRefused(int[] indices, Label[] labels, string message)
    {
        InMemoryDataset dataset = Fifty;
        var data = new DataManager(dataset, new DataSplit { Train = First40, Validation = [40], Labelled = [5, 6] });
        Label before = dataset.GetLabel(7);
        Assert.That(() => data.SetLabels(indices, labels), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));
        Assert.That(data.LabelledIndices, Is.EqualTo([5, 6]));
        Assert.That(data.UnlabelledIndices, Has.Count.EqualTo(38).And.Contains(7));
        Assert.That(dataset.GetLabel(7), Is.EqualTo(before));
    }
}
