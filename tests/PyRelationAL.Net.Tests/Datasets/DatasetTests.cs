using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

public sealed class DatasetTests
{
    [Test]
    public void Labels_hold_one_kind_and_refuse_another()
    {
        Assert.That(Label.OfClass(2).Class, Is.EqualTo(2));
        Assert.That(Label.OfValue(2.5).Value, Is.EqualTo(2.5));
        Assert.That(Label.OfClassSet([true, false, true]).ClassSet, Is.EqualTo([true, false, true]));
        Assert.That(Label.Missing.IsMissing);
        Assert.That(default(Label), Is.EqualTo(Label.Missing));
        Assert.That(() => Label.OfClass(1).Value, Throws.InvalidOperationException.With.Message.Contains("class 1, not a Value"));
        Assert.That(() => Label.Missing.Class, Throws.InvalidOperationException);
        Assert.That(() => Label.OfClass(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Label.OfValue(double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Labels_compare_by_content()
    {
        Assert.That(Label.OfClassSet([true, false]) == Label.OfClassSet([true, false]));
        Assert.That(Label.OfClassSet([true, false]) != Label.OfClassSet([true, true]));
        Assert.That(Label.OfClass(1).Equals(Label.OfValue(1)), Is.False);
        Assert.That(
            new HashSet<Label> { Label.OfClassSet([true, false]), Label.OfClassSet([true, false]), Label.OfValue(0.0), Label.OfValue(-0.0) },
            Has.Count.EqualTo(2));
        Assert.That(
            new[] { Label.OfClass(2), Label.OfValue(3.5), Label.OfClassSet([true, false, true]), Label.Missing }.Select(l => l.ToString()),
            Is.EqualTo(["class 2", "3.5", "{0, 2}", "missing"]));
    }

    [Test]
    public void A_task_refuses_labels_that_do_not_fit_it()
    {
        LearningTask three = LearningTask.Classification(["a", "b", "c"]);
        Assert.That(three.ClassCount, Is.EqualTo(3));
        Assert.That(() => three.Validate(Label.OfClass(3), 7), Throws.ArgumentException.With.Message.Contains("item 7").And.Message.Contains("[0, 3)"));
        Assert.That(() => three.Validate(Label.OfValue(1), 7), Throws.ArgumentException);
        Assert.That(() => three.Validate(Label.Missing, 7), Throws.Nothing);
        Assert.That(
            () => LearningTask.MultiLabel(2).Validate(Label.OfClassSet([true]), 0),
            Throws.ArgumentException.With.Message.Contains("1 flags for 2 classes"));
        Assert.That(() => LearningTask.Classification(["a", "a"]), Throws.ArgumentException);
        Assert.That(() => LearningTask.Classification(Array.Empty<string>()), Throws.ArgumentException);
        Assert.That(() => LearningTask.Classification(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            new[] { three, LearningTask.Regression, LearningTask.MultiLabel(2) }.Select(t => t.ToString()),
            Is.EqualTo(["classification (3 classes)", "regression", "multi-label classification (2 classes)"]));
    }

    [Test]
    public void A_view_copies_features_in_its_own_order_and_checks_its_indices()
    {
        InMemoryDataset dataset = TestData.Regression(TestData.Matrix([0, 1, 2, 3, 4, 5], 2));
        var view = new DatasetView(dataset, new[] { 2, 0 });
        Assert.That(view.Features.Values.ToArray(), Is.EqualTo(new float[] { 4, 5, 0, 1 }));
        Assert.That(view.Values(), Is.EqualTo([13.0, 1.0]));
        Assert.That(view.Slice(1, 1).Features.Values.ToArray(), Is.EqualTo(new float[] { 0, 1 }));
        Assert.That(view.SelectRows([1, 0]).Indices.ToArray(), Is.EqualTo([0, 2]));
        Assert.That(() => new DatasetView(dataset, new[] { 3 }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("items 0 to 2"));
        Assert.That(() => view.ClassLabels(), Throws.InvalidOperationException.With.Message.Contains("regression"));
        dataset.SetLabel(0, Label.Missing);
        Assert.That(() => view.Values(), Throws.InvalidOperationException.With.Message.Contains("Item 0"));
    }

    [Test]
    public void Rows_that_lie_side_by_side_are_shared_and_others_copied()
    {
        var memory = new float[] { 0, 1, 2, 3, 4, 5, 6, 7 };
        InMemoryDataset dataset = TestData.Regression(new FeatureMatrix(memory, 4, 2));
        Assert.That(new DatasetView(dataset, new[] { 1, 2 }).Features.Values.Overlaps(memory));
        Assert.That(new DatasetView(dataset, new[] { 3 }).Features.Values.ToArray(), Is.EqualTo(new float[] { 6, 7 }));
        FeatureMatrix others = new DatasetView(dataset, new[] { 0, 2, 1, 3 }).Features;
        Assert.That(others.Values.Overlaps(memory), Is.False);
        Assert.That(others.Values.ToArray(), Is.EqualTo(new float[] { 0, 1, 4, 5, 2, 3, 6, 7 }));
        Assert.That(new DatasetView(dataset, ReadOnlyMemory<int>.Empty).Features.ColumnCount, Is.EqualTo(2));
        Assert.That(() => dataset.GetFeatures([3, 4]), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Matrices_check_shape_and_values()
    {
        Assert.That(() => new FeatureMatrix(new float[5], 2, 3), Throws.ArgumentException.With.Message.Contains("[2×3]"));
        Assert.That(() => new FeatureMatrix(new[] { 1, 2, 3, float.NaN }, 2, 2), Throws.ArgumentException.With.Message.Contains("row 1, column 1"));
        Assert.That(() => FeatureMatrix.FromRows([[1, 2], [3]]), Throws.ArgumentException.With.Message.Contains("row 1"));
        Assert.That(() => new FeatureMatrix(default, -1, 2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(FeatureMatrix.FromRows([]).RowCount, Is.Zero);
        Assert.That(FeatureMatrix.FromRows([[1, 2], [3, 4]]).SelectRows([1, 1, 0]).Values.ToArray(), Is.EqualTo(new float[] { 3, 4, 3, 4, 1, 2 }));
    }

    [Test]
    public void Standardising_learns_from_the_given_rows_only()
    {
        InMemoryDataset dataset = InMemoryDataset.ForRegression("r", TestData.Matrix([1, 7, 3, 7, 100, 8], 2), [0, 0, 0]);
        InMemoryDataset scaled = dataset.Standardised([0, 1]);
        Assert.That(scaled.Features.Values.ToArray(), Is.EqualTo(new float[] { -1, 0, 1, 0, 98, 1 }), "a constant column is centred only");
        Assert.That(dataset.Features.Values[0], Is.EqualTo(1));
        Assert.That(() => dataset.Standardised([]), Throws.ArgumentException);
    }

    [Test]
    public void Standardising_as_rows_are_read_gives_the_bits_of_the_copy()
    {
        InMemoryDataset dataset = TestData.Classification(TestData.Rows(7), 2);
        var lazy = new StandardisedDataset(dataset, [1, 4, 6]);
        FeatureMatrix copy = dataset.Standardised([1, 4, 6]).Features;
        Assert.That(DatasetView.All(lazy).Features.Values.SequenceEqual(copy.Values), Is.True);
        var row = new float[lazy.FeatureCount];
        lazy.CopyFeatures(5, row);
        Assert.That(row, Is.EqualTo(copy.Row(5).ToArray()));
        Assert.That((lazy.Name, lazy.Count, lazy.Task, lazy.GetLabel(3)), Is.EqualTo((dataset.Name, 7, dataset.Task, dataset.GetLabel(3))));
        lazy.SetLabel(3, Label.Missing);
        Assert.That(dataset.GetLabel(3).IsMissing, Is.True);
        Assert.That(() => new StandardisedDataset(dataset, []), Throws.ArgumentException);
    }

    [Test]
    public void Tasks_are_equal_where_kind_and_classes_are()
    {
        LearningTask task = LearningTask.Classification(["a", "b"]), same = LearningTask.Classification(["a", "b"]);
        Assert.That(task, Is.EqualTo(same));
        Assert.That(task.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(task, Is.Not.EqualTo(LearningTask.Classification(["b", "a"])));
        Assert.That(task, Is.Not.EqualTo(LearningTask.Classification(2)));
        Assert.That(LearningTask.Classification(2), Is.Not.EqualTo(LearningTask.MultiLabel(2)));
    }

    [Test]
    public void Standardising_does_not_take_small_units_for_a_constant()
    {
        InMemoryDataset dataset = InMemoryDataset.ForRegression("farads", TestData.Matrix([1e-14, 3e-14, 5e-14], 1), [0, 0, 0]);
        Assert.That(dataset.Standardised([0, 1]).Features.Values.ToArray(), Is.EqualTo(new[] { -1f, 1f, 3f }).Within(1e-6f));
    }

    [Test]
    public void Own_labels_leave_the_original_alone()
    {
        InMemoryDataset dataset = TestData.Classification(TestData.Rows(5), 2), own = dataset.WithOwnLabels();
        Label before = dataset.GetLabel(1);
        own.SetLabel(1, Label.Missing);
        Assert.That(dataset.GetLabel(1), Is.EqualTo(before));
        Assert.That(own.Features, Is.SameAs(dataset.Features));
    }

    [Test]
    public void Factories_know_missing_labels_and_count_classes()
    {
        InMemoryDataset classes = InMemoryDataset.ForClassification("c", TestData.Rows(3), [0, -1, 2]);
        Assert.That(classes.Task.ClassCount, Is.EqualTo(3));
        Assert.That(classes.GetLabel(1).IsMissing);
        Assert.That(InMemoryDataset.ForRegression("r", TestData.Rows(2), [1, double.NaN]).GetLabel(1).IsMissing);
        Assert.That(() => InMemoryDataset.ForClassification("c", TestData.Rows(3), [0, -2, 2]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => InMemoryDataset.ForClassification("c", TestData.Rows(3), [0, 1, 2], classCount: 2),
            Throws.ArgumentException.With.Message.Contains("item 2"));
        Assert.That(() => InMemoryDataset.ForRegression("r", TestData.Rows(3), [1, 2]), Throws.ArgumentException);
    }

    [Test]
    public void A_delegate_dataset_gives_items_features_and_labels()
    {
        string[] texts = ["a", "bbb"];
        var dataset = new DelegateDataset<string>("texts", 2, LearningTask.Classification(2), i => texts[i], 1,
            (text, row) => row[0] = text.Length, _ => Label.OfClass(1));
        Assert.That(dataset.GetItem(1), Is.EqualTo("bbb"));
        Assert.That(DatasetView.All(dataset).Features.Values.ToArray(), Is.EqualTo(new float[] { 1, 3 }));
        Assert.That(dataset.GetLabel(0), Is.EqualTo(Label.OfClass(1)));
        Assert.That(() => dataset.SetLabel(0, Label.OfClass(2)), Throws.ArgumentException);
        Assert.That(() => dataset.GetItem(2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("items 0 to 1"));
        Assert.That(new DelegateDataset<int>("n", 3, LearningTask.Regression, i => i, 1, (i, row) => row[0] = i).GetLabel(2).IsMissing);
    }
}
