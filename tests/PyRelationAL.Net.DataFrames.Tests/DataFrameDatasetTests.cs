using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;
using PyRelationAL.Adapters.DataFrames;
using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

public sealed class DataFrameDatasetTests
{
    private static readonly StringDataFrameColumn Colours = new("colour", ["red", "blue", "red"]);

    private static readonly StringDataFrameColumn Kinds = new("kind", ["b", "a", "b"]);

    [Test]
    public void Columns_become_features_by_their_type()
    {
        var frame = new DataFrame(
            new DoubleDataFrameColumn("size", [1.5, 2, 3]), new BooleanDataFrameColumn("old", [true, false, true]), Colours,
            new Int64DataFrameColumn("count", [7L, 8, 9]), Kinds);
        InMemoryDataset data = DataFrameDataset.From(frame);
        Assert.That(data.FeatureCount, Is.EqualTo(5));
        Assert.That(data.Features.Row(0).ToArray(), Is.EqualTo(new[] { 1.5f, 1, 0, 1, 7 }), "size, old, blue, red, count");
        Assert.That(data.Features.Row(1).ToArray(), Is.EqualTo(new[] { 2f, 0, 1, 0, 8 }));
        Assert.That(data.Task, Is.EqualTo(LearningTask.Classification(["a", "b"])));
        Assert.That(DatasetView.All(data).ClassLabels(), Is.EqualTo(new[] { 1, 0, 1 }));
    }

    [Test]
    public void Each_type_of_number_is_read()
    {
        DataFrameColumn[] columns =
        [
            new SingleDataFrameColumn("a", [1f]), new DoubleDataFrameColumn("b", [2.0]), new DecimalDataFrameColumn("c", [3m]),
            new SByteDataFrameColumn("d", [(sbyte)4]), new ByteDataFrameColumn("e", [(byte)5]), new Int16DataFrameColumn("f", [(short)6]),
            new UInt16DataFrameColumn("g", [(ushort)7]),
                new Int32DataFrameColumn("h", [8]),
            new UInt32DataFrameColumn("i", [9u]), new Int64DataFrameColumn("j", [10L]), new UInt64DataFrameColumn("k", [11UL]),
            new DoubleDataFrameColumn("y", [0.25]),
        ];
        InMemoryDataset data = DataFrameDataset.From(new DataFrame(columns));
        Assert.That(data.Features.Values.ToArray(), Is.EqualTo(Enumerable.Range(1, 11)));
        Assert.That(data.GetLabel(0).Value, Is.EqualTo(0.25));
    }

    [Test]
    public void A_frame_and_its_csv_file_give_the_same_dataset()
    {
        const string Csv = "x,colour,n,y\n0.1,red,1,2.5\n-3e3,blue,2,7\n4,green,2,1\n0.30000001,red,1,2\n";
        InMemoryDataset expected = CsvDataset.Load(new MemoryStream(Encoding.UTF8.GetBytes(Csv)), "data.csv", new CsvOptions { CategoricalColumns = ["n"] });
        var frame = DataFrame.LoadCsv(
            new MemoryStream(Encoding.UTF8.GetBytes(Csv)), dataTypes: [typeof(double), typeof(string), typeof(int), typeof(double)],
                cultureInfo: CultureInfo.InvariantCulture);
        InMemoryDataset data = DataFrameDataset.From(frame, new DataFrameOptions { CategoricalColumns = ["n"] });
        Assert.That(data.Features.Values.ToArray(), Is.EqualTo(expected.Features.Values.ToArray()));
        Assert.That(DatasetView.All(data).Values(), Is.EqualTo(DatasetView.All(expected).Values()));
    }

    [TestCase("x", 1)]
    [TestCase("n", 2)]
    [TestCase("t", 0)]
    [TestCase("b", 1)]
    public void A_missing_feature_is_refused_with_row_and_column_and_never_0(string column, int row)
    {
        // Through IDataView the missing whole number would be 0, and the missing float NaN.
        DataFrameColumn[] columns =
        [
            new DoubleDataFrameColumn("x", [1, null, 3]), new Int32DataFrameColumn("n", [1, 2, null]), new StringDataFrameColumn("t", [null!, "a", "b"]),
            new BooleanDataFrameColumn("b", [true, null, false]), Kinds,
        ];
        var options = new DataFrameOptions { IgnoredColumns = [.. new[] { "x", "n", "t", "b" }.Where(c => c != column)] };
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(columns), options),
            Throws.ArgumentException.With.Message.Contains($"Row {row}").And.Message.Contains($"'{column}'").And.Message.Contains("FillNulls")
                .And.Message.Contains("DropNulls"));
    }

    [Test]
    public void NaN_is_missing_and_infinity_is_refused()
    {
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(new SingleDataFrameColumn("x", [1, float.NaN, 2]), Kinds)),
            Throws.ArgumentException.With.Message.Contains("Row 1").And.Message.Contains("missing"));
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(new DoubleDataFrameColumn("x", [1, 2, 1e300]), Kinds)),
            Throws.ArgumentException.With.Message.Contains("Row 2").And.Message.Contains("1E+300"));
    }

    [Test]
    public void Missing_targets_are_missing_labels_where_that_is_allowed()
    {
        var frame = new DataFrame(new DoubleDataFrameColumn("x", [1, 2, 3]), new StringDataFrameColumn("kind", ["b", null!, "a"]));
        Assert.That(() => DataFrameDataset.From(frame), Throws.ArgumentException.With.Message.Contains("Row 1").And.Message.Contains("AllowMissingTargets"));
        InMemoryDataset data = DataFrameDataset.From(frame, new DataFrameOptions { AllowMissingTargets = true });
        Assert.That(Enumerable.Range(0, 3).Select(data.GetLabel), Is.EqualTo(new[] { Label.OfClass(1), Label.Missing, Label.OfClass(0) }));
    }

    [Test]
    public void Few_whole_numbers_are_classes_and_others_are_values()
    {
        var x = new DoubleDataFrameColumn("x", [1, 2, 3, 4]);
        Assert.That(
            DataFrameDataset.From(new DataFrame(x, new Int32DataFrameColumn("y", [10, 9, 10, 9]))).Task, Is.EqualTo(LearningTask.Classification(["9", "10"])));
        Assert.That(DataFrameDataset.From(new DataFrame(x, new DoubleDataFrameColumn("y", [1, 2, 1, 2.5]))).Task, Is.EqualTo(LearningTask.Regression));
        Assert.That(DataFrameDataset.From(new DataFrame(x, new Int32DataFrameColumn("y", [1, 2, 3, 4]))).Task, Is.EqualTo(LearningTask.Regression));
        var asked = new DataFrameOptions { Task = TaskKinds.Classification };
        Assert.That(DataFrameDataset.From(new DataFrame(x, new Int32DataFrameColumn("y", [1, 2, 3, 4])), asked).Task.ClassCount, Is.EqualTo(4));
        Assert.That(
            DataFrameDataset.From(new DataFrame(x, new BooleanDataFrameColumn("y", [true, false, true, true]))).Task,
            Is.EqualTo(LearningTask.Classification(["False", "True"])));
    }

    [Test]
    public void Class_names_that_are_given_decide()
    {
        var frame = new DataFrame(new DoubleDataFrameColumn("x", [1, 2, 3]), Kinds);
        InMemoryDataset data = DataFrameDataset.From(frame, new DataFrameOptions { ClassNames = ["b", "c", "a"] });
        Assert.That(DatasetView.All(data).ClassLabels(), Is.EqualTo(new[] { 0, 2, 0 }));
        Assert.That(
            () => DataFrameDataset.From(frame, new DataFrameOptions { ClassNames = ["b", "c"] }), Throws.ArgumentException.With.Message.Contains("Row 1")
                .And.Message.Contains("'a'"));
    }

    [Test]
    public void Whole_numbers_above_2_to_the_24_keep_their_digits_as_targets()
    {
        const string Csv = "x,id\n1,16777217\n2,16777219\n3,16777221\n";
        var frame = DataFrame.LoadCsv(
            new MemoryStream(Encoding.UTF8.GetBytes(Csv)), dataTypes: [typeof(double), typeof(long)], cultureInfo: CultureInfo.InvariantCulture);
        Assert.That(DatasetView.All(DataFrameDataset.From(frame)).Values(), Is.EqualTo(new double[] { 16777217, 16777219, 16777221 }));
    }

    [Test]
    public void A_file_that_is_open_for_reading_only_is_loaded_as_a_stream()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "x,kind\n0.5,a\n1.5,b\n");
            using FileStream stream = File.OpenRead(path);
            var frame = DataFrame.LoadCsv(stream, dataTypes: [typeof(double), typeof(string)], cultureInfo: CultureInfo.InvariantCulture);
            Assert.That(DataFrameDataset.From(frame).Features.Values.ToArray(), Is.EqualTo(new[] { 0.5f, 1.5f }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Text_of_Arrow_is_text()
    {
        byte[] offsets = [.. new[] { 0, 1, 3 }.SelectMany(BitConverter.GetBytes)];
        var arrow = new ArrowStringDataFrameColumn("t", "abb"u8.ToArray(), offsets, new byte[] { 3 }, 2, 0);
        InMemoryDataset data = DataFrameDataset.From(new DataFrame(arrow, new DoubleDataFrameColumn("y", [0.5, 1])));
        Assert.That(data.Features.Values.ToArray(), Is.EqualTo(new[] { 1f, 0, 0, 1 }));
    }

    [Test]
    public void What_cannot_be_read_is_refused_by_name()
    {
        var x = new DoubleDataFrameColumn("x", [1, 2, 3]);
        Assert.That(() => DataFrameDataset.From(new DataFrame(x)), Throws.ArgumentException.With.Message.Contains("no feature column"));
        Assert.That(() => DataFrameDataset.From(new DataFrame()), Throws.ArgumentException.With.Message.Contains("no rows"));
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(new DateTimeDataFrameColumn("when", 3), Kinds)),
            Throws.ArgumentException.With.Message.Contains("'when'").And.Message.Contains("DateTime"));
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(x, Kinds), new DataFrameOptions { Target = "sort" }),
            Throws.ArgumentException.With.Message.Contains("x, kind"));
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(x, Colours, Kinds), new DataFrameOptions { MaxCategories = 1 }),
            Throws.ArgumentException.With.Message.Contains("'colour'").And.Message.Contains("MaxCategories"));
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(x, Kinds), new DataFrameOptions { Task = TaskKinds.Regression }),
                Throws.ArgumentException.With.Message.Contains("text"));
        Assert.That(
            () => DataFrameDataset.From(new DataFrame(x, new StringDataFrameColumn("kind", ["a", "a", "a"]))),
                Throws.ArgumentException.With.Message.Contains("only one class"));
    }
}
