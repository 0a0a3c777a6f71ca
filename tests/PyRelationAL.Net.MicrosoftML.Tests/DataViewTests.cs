using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using PyRelationAL.Adapters.MicrosoftML;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

/// <summary>Datasets as data views, and data views as datasets.</summary>
public sealed class DataViewTests
{
    private static readonly MLContext ML = new(seed: 1);

    [Test]
    public void Features_are_a_vector_of_fixed_size_and_keys_are_one_based()
    {
        DatasetView items = Toy.FromClassification([[1, 2], [3, 4], [5, 6]], [2, -1, 0], 3);
        IDataView data = MLDataset.ToDataView(items);
        Assert.That(data.Schema["Features"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 2)));
        Assert.That(((KeyDataViewType)data.Schema["Label"].Type).Count, Is.EqualTo(3));
        Assert.That(data.GetColumn<float[]>("Features"), Is.EqualTo(new float[][] { [1, 2], [3, 4], [5, 6] }));
        Assert.That(data.GetColumn<uint>("Label"), Is.EqualTo(new uint[] { 3, 0, 1 }));
        Assert.That(data.GetRowCount(), Is.EqualTo(3));
    }

    [Test]
    public void Booleans_and_numbers_are_written()
    {
        DatasetView two = Toy.FromClassification([[1], [2]], [1, 0], 2);
        Assert.That(MLDataset.ToDataView(two, LabelEncoding.Boolean).GetColumn<bool>("Label"), Is.EqualTo(new[] { true, false }));
        Assert.That(MLDataset.ToDataView(Toy.FromRegression([[1], [2]], 1.5, double.NaN)).GetColumn<float>("Label"), Is.EqualTo(new[] { 1.5f, float.NaN }));
        Assert.That(MLDataset.ToDataView(two, LabelEncoding.None).Schema, Has.Count.EqualTo(1));
    }

    [Test]
    public void Labels_that_an_encoding_cannot_hold_are_refused()
    {
        Assert.That(() => MLDataset.ToDataView(Toy.Classification(5), LabelEncoding.Boolean), Throws.ArgumentException.With.Message.Contains("3 classes"));
        Assert.That(() => MLDataset.ToDataView(Toy.Regression(5), LabelEncoding.Key), Throws.ArgumentException.With.Message.Contains("regression"));
        Assert.That(
            () => MLDataset.ToDataView(Toy.FromClassification([[1], [2]], [1, -1], 2), LabelEncoding.Boolean),
            Throws.InvalidOperationException.With.Message.Contains("Item 1"));
        Assert.That(() => MLDataset.ToDataView(Toy.FromRegression([[1]], 1e300)), Throws.ArgumentException.With.Message.Contains("float32"));
    }

    [Test]
    public void NaN_features_are_refused_before_a_trainer_sees_them()
    {
        var items = DatasetView.All(new DelegateDataset<int>(
            "holes", 3, LearningTask.Classification(2), i => i, 1, (i, x) => x[0] = i == 1 ? float.NaN : i, i => Label.OfClass(i % 2)));
        using var model = new MLMulticlassClassifier(Estimators.MaximumEntropy);
        Assert.That(() => model.Train(items, null, new Numerics.RandomStream(1)), Throws.ArgumentException.With.Message.Contains("Item 1")
            .And.Message.Contains("NaN"));
        Assert.That(() => MLDataset.ToDataView(items), Throws.ArgumentException);
    }

    [Test]
    public void A_shuffled_cursor_has_each_row_once_and_its_own_label()
    {
        DatasetView items = Toy.FromRegression([.. Enumerable.Range(0, 50).Select(i => new float[] { i })],
            [.. Enumerable.Range(0, 50).Select(i => (double)i)]);
        IDataView shuffled = ML.Data.ShuffleRows(MLDataset.ToDataView(items), seed: 5, shuffleSource: true);
        float[] labels = [.. shuffled.GetColumn<float>("Label")];
        Assert.That(shuffled.GetColumn<float[]>("Features").Select(x => x[0]), Is.EqualTo(labels));
        Assert.That(labels, Is.EquivalentTo(Enumerable.Range(0, 50)).And.Not.Ordered);
    }

    [Test]
    public void A_key_with_its_absent_classes_is_a_task_and_back_again()
    {
        DatasetView items = Toy.FromClassification([[1, 2], [3, 4], [5, 6]], [2, 0, 0], 4);
        InMemoryDataset read = MLDataset.FromDataView(MLDataset.ToDataView(items));
        Assert.That(read.Task, Is.EqualTo(LearningTask.Classification(["0", "1", "2", "3"])));
        Assert.That(DatasetView.All(read).ClassLabels(), Is.EqualTo(new[] { 2, 0, 0 }));
        Assert.That(read.Features.Values.ToArray(), Is.EqualTo(items.Features.Values.ToArray()));
    }

    [Test]
    public void A_key_property_is_zero_based_on_input_and_read_as_what_was_meant()
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1);
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), 3);
        Row[] rows = [.. new uint[] { 0, 2, 1 }.Select(k => new Row { Features = [k], Label = k })];
        InMemoryDataset read = MLDataset.FromDataView(ML.Data.LoadFromEnumerable(rows, schema));
        Assert.That(read.Task, Is.EqualTo(LearningTask.Classification(3)));
        Assert.That(DatasetView.All(read).ClassLabels(), Is.EqualTo(new[] { 0, 2, 1 }));
    }

    [Test]
    public void A_value_outside_of_the_dictionary_is_no_silent_missing_label()
    {
        IDataView dictionary = ML.Data.LoadFromEnumerable(new[] { new Name { Text = "a" }, new Name { Text = "b" }, new Name { Text = "c" } });
        IDataView texts = ML.Data.LoadFromEnumerable(new[] { new Named { X = 1, Text = "b" }, new Named { X = 2, Text = "z" } });
        IDataView keyed = ML.Transforms.Conversion.MapValueToKey("Label", "Text", keyData: dictionary).Fit(texts).Transform(texts);
        var options = new MLDatasetOptions { FeatureColumns = ["X"] };
        Assert.That(
            () => MLDataset.FromDataView(keyed, options),
            Throws.ArgumentException.With.Message.Contains("Row 1").And.Message.Contains("dictionary").And.Message.Contains("AllowMissingLabels"));
        InMemoryDataset read = MLDataset.FromDataView(keyed, options with { AllowMissingLabels = true });
        Assert.That(read.Task.ClassNames, Is.EqualTo(new[] { "a", "b", "c" }), "absent classes keep their place");
        Assert.That((read.GetLabel(0), read.GetLabel(1)), Is.EqualTo((Label.OfClass(1), Label.Missing)));
    }

    [Test]
    public void Keys_by_occurrence_and_by_value_keep_their_names()
    {
        IDataView texts = ML.Data.LoadFromEnumerable(new[] { new Named { X = 1, Text = "b" }, new Named { X = 2, Text = "a" } });
        foreach (ValueToKeyMappingEstimator.KeyOrdinality order in Enum.GetValues<ValueToKeyMappingEstimator.KeyOrdinality>())
        {
            IDataView keyed = ML.Transforms.Conversion.MapValueToKey("Label", "Text", keyOrdinality: order).Fit(texts).Transform(texts);
            InMemoryDataset read = MLDataset.FromDataView(keyed, new MLDatasetOptions { FeatureColumns = ["X"] });
            Assert.That(Enumerable.Range(0, 2).Select(i => read.Task.ClassNames![read.GetLabel(i).Class]), Is.EqualTo(new[] { "b", "a" }));
        }
    }

    [Test]
    public void Text_is_classes_in_ordinal_order_or_those_of_the_task()
    {
        IDataView texts = ML.Data.LoadFromEnumerable(
            new[] { new Named { X = 1, Text = "b" }, new Named { X = 2, Text = "a" }, new Named { X = 3, Text = "B" } });
        var options = new MLDatasetOptions { FeatureColumns = ["X"], LabelColumn = "Text" };
        Assert.That(MLDataset.FromDataView(texts, options).Task.ClassNames, Is.EqualTo(new[] { "B", "a", "b" }));
        Assert.That(
            () => MLDataset.FromDataView(texts, options with { Task = LearningTask.Classification(["b", "a"]) }),
            Throws.ArgumentException.With.Message.Contains("Row 2").And.Message.Contains("B"));
    }

    [Test]
    public void Scalars_of_any_kind_become_features()
    {
        IDataView data = ML.Data.LoadFromEnumerable(new[] { new Mixed { A = 1.5, B = 7, C = true, D = 4, Y = 0.1 }, new Mixed { A = 2, B = -1, C = false,
            D = 5, Y = 2 } });
        InMemoryDataset read = MLDataset.FromDataView(data, new MLDatasetOptions { LabelColumn = "Y", FeatureColumns = ["C", "A", "B", "D"], Name = "mixed" });
        Assert.That(read.Task, Is.EqualTo(LearningTask.Regression));
        Assert.That(read.Features.Values.ToArray(), Is.EqualTo(new[] { 1, 1.5f, 7, 4, 0, 2, -1, 5 }));
        Assert.That(read.GetLabel(0).Value, Is.EqualTo(0.1), "float64 labels keep their digits");
        Assert.That(read.Name, Is.EqualTo("mixed"));
    }

    [Test]
    public void Whole_numbers_need_a_task()
    {
        IDataView data = ML.Data.LoadFromEnumerable(new[] { new Mixed { D = 1 }, new Mixed { D = 2 } });
        var options = new MLDatasetOptions { LabelColumn = "D", FeatureColumns = ["A"] };
        Assert.That(() => MLDataset.FromDataView(data, options), Throws.ArgumentException.With.Message.Contains("Task"));
        Assert.That(
            DatasetView.All(MLDataset.FromDataView(data, options with { Task = LearningTask.Classification(3) })).ClassLabels(), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(DatasetView.All(MLDataset.FromDataView(data, options with { Task = LearningTask.Regression })).Values(), Is.EqualTo(new[] { 1.0, 2 }));
        Assert.That(
            () => MLDataset.FromDataView(data, options with { Task = LearningTask.Classification(2) }),
            Throws.ArgumentException.With.Message.Contains("Row 1").And.Message.Contains("2 classes"));
    }

    [Test]
    public void Text_goes_through_a_featurising_estimator()
    {
        IDataView texts = ML.Data.LoadFromEnumerable(new[]
        {
            new Named { X = 1, Text = "cheap watches" }, new Named { X = 0, Text = "see you at noon" }, new Named { X = 1, Text = "cheap pills" },
        });
        var options = new MLDatasetOptions { LabelColumn = "X", Task = LearningTask.Classification(2) };
        Assert.That(
            () => MLDataset.FromDataView(texts, options with { FeatureColumns = ["Text"] }), Throws.ArgumentException.With.Message.Contains("FeaturizeText"));
        InMemoryDataset read = MLDataset.FromDataView(texts, options with { Featuriser = ml => ml.Transforms.Text.FeaturizeText("Features", "Text") });
        Assert.That(read.FeatureCount, Is.GreaterThan(5));
        Assert.That(DatasetView.All(read).ClassLabels(), Is.EqualTo(new[] { 1, 0, 1 }));
    }

    [Test]
    public void A_vector_without_a_fixed_size_or_with_rows_of_another_length_is_refused()
    {
        Row[] rows = [new() { Features = [1, 2], Label = 0 }, new() { Features = [3], Label = 0 }];
        var options = new MLDatasetOptions { Task = LearningTask.Classification(2) };
        Assert.That(
            () => MLDataset.FromDataView(ML.Data.LoadFromEnumerable(rows), options), Throws.ArgumentException.With.Message.Contains("fixed size"));
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        Assert.That(
            () => MLDataset.FromDataView(ML.Data.LoadFromEnumerable(rows, schema), options),
            Throws.ArgumentException.With.Message.Contains("Row 1").And.Message.Contains("1 values").And.Message.Contains("says 2"));
    }

    [Test]
    public void Missing_features_and_columns_are_refused_with_their_place()
    {
        IDataView data = ML.Data.LoadFromEnumerable(new[] { new Mixed { A = 1 }, new Mixed { A = double.NaN } });
        var options = new MLDatasetOptions { LabelColumn = "Y", FeatureColumns = ["B", "A"] };
        Assert.That(
            () => MLDataset.FromDataView(data, options), Throws.ArgumentException.With.Message.Contains("Row 1").And.Message.Contains("'A'")
                .And.Message.Contains("NaN"));
        Assert.That(
            () => MLDataset.FromDataView(data, options with { FeatureColumns = ["Z"] }), Throws.ArgumentException.With.Message.Contains("'Z'")
                .And.Message.Contains("A (Double)"));
        Assert.That(
            () => MLDataset.FromDataView(MLDataset.ToDataView(Toy.Classification(5)), new MLDatasetOptions { FeatureColumns = ["Label"] }),
            Throws.ArgumentException.With.Message.Contains("MapKeyToVector"));
    }

    [Test]
    public void A_pool_without_a_label_column_has_missing_labels()
    {
        IDataView data = ML.Data.LoadFromEnumerable(new[] { new Mixed { A = 1 }, new Mixed { A = 2 } });
        InMemoryDataset read = MLDataset.FromDataView(
            data, new MLDatasetOptions { LabelColumn = null, Task = LearningTask.Classification(2), FeatureColumns = ["A"] });
        Assert.That((read.Count, read.GetLabel(0)), Is.EqualTo((2, Label.Missing)));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }

    private sealed class Name
    {
        public string Text { get; set; } = string.Empty;
    }

    private sealed class Named
    {
        public float X { get; set; }

        public string Text { get; set; } = string.Empty;
    }

    private sealed class Mixed
    {
        public double A { get; set; }

        public int B { get; set; }

        public bool C { get; set; }

        public uint D { get; set; }

        public double Y { get; set; }
    }
}
