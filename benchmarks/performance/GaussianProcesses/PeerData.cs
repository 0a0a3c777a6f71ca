using System.Globalization;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.Benchmarks.GaussianProcesses;

/// <summary>The files that both sides of <see cref="PeerComparison"/> read.</summary>
internal static class PeerData
{
    public static void WriteWhereMissing(string folder)
    {
        Directory.CreateDirectory(folder);
        var board = (InMemoryDataset)Checkerboard2x2.Source.Load();
        Write(folder, "checkerboard_train500.csv", board, [.. Enumerable.Range(0, 500)]);
        Write(folder, "checkerboard_test1000.csv", board, [.. Enumerable.Range(1000, 1000)]);
        InMemoryDataset diabetes = Diabetes.Load();
        int[] order = new RandomStream(1).Sample(diabetes.Count, diabetes.Count);
        Write(folder, "diabetes_train400.csv", diabetes, order[..400]);
        Write(folder, "diabetes_test42.csv", diabetes, order[400..]);
    }

    /// <summary>A training and a test file as one data set, training rows first.</summary>
    public static (InMemoryDataset Dataset, int TrainCount) Read(string folder, string train, string test, bool classes)
    {
        double[][] first = Rows(Path.Combine(folder, train)), all = [.. first, .. Rows(Path.Combine(folder, test))];
        FeatureMatrix features = FeatureMatrix.FromRows([.. all.Select(row => row[..^1].Select(v => (float)v).ToArray())]);
        double[] targets = [.. all.Select(row => row[^1])];
        return (classes
            ? InMemoryDataset.ForClassification(train, features, [.. targets.Select(t => (int)t)])
            : InMemoryDataset.ForRegression(train, features, targets), first.Length);
    }

    private static double[][] Rows(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())];

    private static void Write(string folder, string name, InMemoryDataset dataset, int[] indices)
    {
        string path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            return;
        }

        var view = new DatasetView(dataset, indices);
        double[] targets = dataset.Task.Kind == TaskKinds.Regression ? view.Values() : [.. view.ClassLabels().Select(c => (double)c)];
        string header = string.Join(',', [.. Enumerable.Range(0, dataset.FeatureCount).Select(j => FormattableString.Invariant($"x{j}")), "y"]);
        File.WriteAllLines(path, [header, .. targets.Select((y, i) => string.Join(
            ',',
            [.. view.Features.Row(i).ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)), y.ToString("R", CultureInfo.InvariantCulture)]))]);
    }
}
