using CsvHelper;
using PyRelationAL.Benchmarks;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.StrategyBenchmarks;

/// <summary>The datasets: one of small images, one of larger ones, one of texts.</summary>
internal static class Problems
{
    private const int Images = 5000;

    /// <param name="folder">Holds <c>images/mnist</c> with the train part's two files, and <c>text/TREC6_train.csv</c>.</param>
    public static IReadOnlyList<Problem> Load(string folder) =>
    [
        new(DatasetCatalogue.Find("Digits"), 20, true, "1,797 images of 8×8 pixels, ten digits; 20 items a query"),
        new(Mnist(Path.Combine(folder, "images", "mnist")), 40, true, "5,000 random images of the train part, 28×28 pixels, ten digits; 40 items a query"),
        new(Trec(Path.Combine(folder, "text", "TREC6_train.csv")), 40, false, "5,452 questions of six kinds, hashed TF-IDF of 1,024 features; 40 items a query"),
    ];

    private static DatasetSource Mnist(string folder)
    {
        DatasetView all = IdxImages.Load(folder, "train", 60_000);
        int[] chosen = new RandomStream(0).Child("MNIST of 5,000").Sample(all.Count, Images);
        Array.Sort(chosen);
        DatasetView some = all.SelectRows(chosen);
        return DatasetSource.Of(InMemoryDataset.ForClassification("MNIST", some.Features, some.ClassLabels(), 10));
    }

    private static DatasetSource Trec(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var reader = CsvReader.Create(stream, new CsvReaderOptions { HasHeader = true });
        var texts = new List<string>();
        var kinds = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
            kinds.Add(reader.GetString(2));
        }

        string[] classes = [.. kinds.Distinct().Order(StringComparer.Ordinal)];
        Label[] labels = [.. kinds.Select(kind => Label.OfClass(Array.IndexOf(classes, kind)))];
        return DatasetSource.Of(new TextDataset("TREC6", texts, LearningTask.Classification(classes), labels, HashedTfidf.Fit(texts)));
    }
}
