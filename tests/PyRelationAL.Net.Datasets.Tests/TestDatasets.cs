using PyRelationAL.Datasets;

namespace PyRelationAL.Tests;

/// <summary>Small datasets made on the spot.</summary>
internal static class TestDatasets
{
    /// <summary>One feature, the row number; the given classes, −1 for a missing label.</summary>
    public static InMemoryDataset WithClasses(params int[] classes) =>
        InMemoryDataset.ForClassification("classes", RowNumbers(classes.Length), classes, classCount: Math.Max(1, classes.Max() + 1));

    /// <summary>The given rows; the value of each is its number.</summary>
    public static InMemoryDataset WithRows(params float[][] rows) =>
        InMemoryDataset.ForRegression("rows", FeatureMatrix.FromRows(rows), [.. Enumerable.Range(0, rows.Length).Select(i => (double)i)]);

    /// <summary>One feature and a value, both the row number.</summary>
    public static InMemoryDataset WithValues(int count) =>
        InMemoryDataset.ForRegression("values", RowNumbers(count), [.. Enumerable.Range(0, count).Select(i => (double)i)]);

    private static FeatureMatrix RowNumbers(int count) => new(Enumerable.Range(0, count).Select(i => (float)i).ToArray(), count, 1);
}
