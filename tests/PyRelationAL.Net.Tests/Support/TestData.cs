using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>Synthetic datasets. Labels follow from the features, so that a model could learn them.</summary>
internal static class TestData
{
    public static FeatureMatrix Rows(int count, int columns = 3, long seed = 1)
    {
        var random = new RandomStream(seed);
        var values = new float[count * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian();
        }

        return new FeatureMatrix(values, count, columns);
    }

    public static FeatureMatrix Matrix(IReadOnlyList<double> values, int columns) =>
        new(values.Select(v => (float)v).ToArray(), values.Count / columns, columns);

    /// <summary>The same row again and again.</summary>
    public static FeatureMatrix Duplicates(int count, int columns = 3) =>
        new(Enumerable.Range(0, count * columns).Select(i => 0.5f + (i % columns)).ToArray(), count, columns);

    public static InMemoryDataset Classification(FeatureMatrix rows, int classCount) => InMemoryDataset.ForClassification(
        "classes", rows, [.. Enumerable.Range(0, rows.RowCount).Select(i => rows.Row(i)[0] < 0 ? 0 : Math.Min(classCount - 1, 1 + (i % 2)))], classCount);

    public static InMemoryDataset Regression(FeatureMatrix rows) => InMemoryDataset.ForRegression(
        "values", rows, [.. Enumerable.Range(0, rows.RowCount).Select(i => (2.0 * rows.Row(i)[0]) + rows.Row(i)[^1])]);

    public static InMemoryDataset For(TaskKinds task, FeatureMatrix rows, int classCount = 3) =>
        task == TaskKinds.Regression ? Regression(rows) : Classification(rows, classCount);

    /// <summary>One class only, or one value for every item.</summary>
    public static InMemoryDataset WithOneLabel(TaskKinds task, int count) => task == TaskKinds.Regression
        ? InMemoryDataset.ForRegression("one value", Rows(count), [.. Enumerable.Repeat(1.5, count)])
        : Classification(Rows(count), 1);

    /// <summary>569 items with 30 features and two classes, the size of the breast cancer data.</summary>
    public static InMemoryDataset BreastCancerSized() => Classification(Rows(569, 30), 2);

    /// <summary>442 items with 10 features and a real value, the size of the diabetes data.</summary>
    public static InMemoryDataset DiabetesSized() => Regression(Rows(442, 10));

    public static int[] Range(int start, int count) => [.. Enumerable.Range(start, count)];

    /// <summary>All rows, one behind the other.</summary>
    public static double[] All(Strategies.StandardisedRows rows)
    {
        var values = new double[rows.Order.Length * rows.Width];
        rows.WriteFrom(0, rows.Order.Length, values);
        return values;
    }

    /// <summary>A random order of 0 … count − 1.</summary>
    public static int[] Permutation(int count, long seed = 5) => new RandomStream(seed).Sample(count, count);
}
