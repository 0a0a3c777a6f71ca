using CsvHelper;
using PyRelationAL.Benchmarks;
using PyRelationAL.Datasets;
using PyRelationAL.Numerics;

namespace PyRelationAL.StrategyBenchmarks;

/// <summary>The datasets: one of small images, one of larger ones, one of texts.</summary>
internal static class Problems
{
    /// <summary>Of MNIST and TREC-6: as many as let every strategy be done in minutes.</summary>
    private const int Items = 3000;

    private const int Side = 28, Features = 512;

    /// <param name="folder">Holds <c>images/mnist</c> with the train part's two files, and <c>text/TREC6_train.csv</c>.</param>
    public static IReadOnlyList<Problem> Load(string folder) =>
    [
        new(DatasetCatalogue.Find("Digits"), 20, true, "1,797 images of 8×8 pixels, ten digits; 20 items a query"),
        new(
            Mnist(Path.Combine(folder, "images", "mnist")),
            40,
            true,
            "3,000 random images of the train part, ten digits, four pixels averaged to one, 14×14; 40 items a query"),
        new(
            Trec(Path.Combine(folder, "text", "TREC6_train.csv")),
            40,
            false,
            "3,000 random questions of six kinds, hashed TF-IDF of 512 features; 40 items a query"),
    ];

    private static DatasetSource Mnist(string folder)
    {
        DatasetView all = IdxImages.Load(folder, "train", 60_000);
        DatasetView some = all.SelectRows(Chosen(all.Count));
        float[] pixels = [.. Enumerable.Range(0, some.Count).SelectMany(i => Halved(some.Features.Row(i)))];
        var features = new FeatureMatrix(pixels, some.Count, Side * Side / 4);
        return DatasetSource.Of(InMemoryDataset.ForClassification("MNIST", features, some.ClassLabels(), 10));
    }

    private static int[] Chosen(int count)
    {
        int[] chosen = new RandomStream(0).Child("items").Sample(count, Items);
        Array.Sort(chosen);
        return chosen;
    }

    private static float[] Halved(ReadOnlySpan<float> image)
    {
        var small = new float[Side * Side / 4];
        for (int i = 0; i < image.Length; i++)
        {
            small[(i / Side / 2 * (Side / 2)) + (i % Side / 2)] += image[i] / 4;
        }

        return small;
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

        int[] chosen = Chosen(texts.Count);
        texts = [.. chosen.Select(i => texts[i])];
        kinds = [.. chosen.Select(i => kinds[i])];
        string[] classes = [.. kinds.Distinct().Order(StringComparer.Ordinal)];
        Label[] labels = [.. kinds.Select(kind => Label.OfClass(Array.IndexOf(classes, kind)))];
        HashedTfidf features = HashedTfidf.Fit(texts, new HashedTfidfOptions { FeatureCount = Features });
        return DatasetSource.Of(new TextDataset("TREC6", texts, LearningTask.Classification(classes), labels, features));
    }
}
