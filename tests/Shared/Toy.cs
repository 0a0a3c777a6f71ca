using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Tests;

/// <summary>Small made-up datasets.</summary>
internal static class Toy
{
    public static FeatureMatrix Gaussian(int rows, int columns, long seed)
    {
        var random = new RandomStream(seed);
        var values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian();
        }

        return new FeatureMatrix(values, rows, columns);
    }

    /// <summary>Classes that depend on the first two features, without a clear border.</summary>
    public static DatasetView Classification(int rows, int columns = 3, int classes = 3, long seed = 1, int? taskClasses = null)
    {
        FeatureMatrix x = Gaussian(rows, columns, seed);
        var noise = new RandomStream(seed).Child("noise");
        var labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            double angle = Math.Atan2(x.Row(i)[1], x.Row(i)[0]) + (0.5 * noise.NextGaussian()) + Math.PI;
            labels[i] = i < classes ? i : Math.Clamp((int)(angle / (2 * Math.PI) * classes), 0, classes - 1);
        }

        return DatasetView.All(InMemoryDataset.ForClassification("toy", x, labels, taskClasses ?? classes));
    }

    /// <summary>A smooth function of the first feature plus noise.</summary>
    public static DatasetView Regression(int rows, int columns = 2, double noise = 0.1, long seed = 2)
    {
        FeatureMatrix x = Gaussian(rows, columns, seed);
        var random = new RandomStream(seed).Child("noise");
        double[] y = [.. Enumerable.Range(0, rows).Select(i => 3 + (2 * Math.Sin(x.Row(i)[0])) + (noise * random.NextGaussian()))];
        return DatasetView.All(InMemoryDataset.ForRegression("toy", x, y));
    }

    public static DatasetView FromRegression(float[][] rows, params double[] values) =>
        DatasetView.All(InMemoryDataset.ForRegression("toy", FeatureMatrix.FromRows(rows), values));

    public static DatasetView FromClassification(float[][] rows, int[] classes, int classCount) =>
        DatasetView.All(InMemoryDataset.ForClassification("toy", FeatureMatrix.FromRows(rows), classes, classCount));
}
