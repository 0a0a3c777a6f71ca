using System.Buffers.Binary;
using System.IO.Compression;
using PyRelationAL.Datasets;

namespace PyRelationAL.NetworkBenchmarks;

/// <summary>The datasets of the comparison.</summary>
internal static class NetworkTasks
{
    private static string Folder => Environment.GetEnvironmentVariable("PYRELATIONAL_DATA") ?? "../shared/datasets";

    public static NetworkTask DigitsTask()
    {
        DatasetView data = DatasetView.All(Digits.Load());
        return new("Digits", data, Standardise: true, HiddenWidth: 64, BatchSize: 32, Epochs: 30, NetworkTask.Fifths(data.Count));
    }

    public static NetworkTask Mnist()
    {
        (float[] Pixels, int[] Classes) train = Images("train", 60_000), test = Images("t10k", 10_000);
        float[] pixels = [.. train.Pixels, .. test.Pixels];
        int[] classes = [.. train.Classes, .. test.Classes];
        InMemoryDataset all = InMemoryDataset.ForClassification("MNIST", new FeatureMatrix(pixels, classes.Length, 784), classes, 10);
        return new(
            "MNIST, 5,000 labels",
            DatasetView.All(all),
            Standardise: false,
            HiddenWidth: 128,
            BatchSize: 64,
            Epochs: 20,
            NetworkTask.Subsets(60_000, 70_000, 5_000));
    }

    public static IEnumerable<NetworkTask> Regressions()
    {
        (string Name, InMemoryDataset Data, int Epochs)[] sets =
        [
            ("Diabetes", Diabetes.Load(), 50),
            ("Concrete", Concrete.Load(), 200),
            ("Energy (heating)", CsvDataset.Load(
                Path.Combine(Folder, "Energy.csv"),
                new CsvOptions { Target = "Y1_heating_load", IgnoredColumns = ["Y2_cooling_load"], Task = TaskKinds.Regression }), 200),
        ];
        return sets.Select(s => new NetworkTask(s.Name, DatasetView.All(s.Data), Standardise: true, 64, 32, s.Epochs, NetworkTask.Fifths(s.Data.Count)));
    }

    private static (float[] Pixels, int[] Classes) Images(string part, int count)
    {
        byte[] pixels = Unzipped($"{part}-images-idx3-ubyte.gz"), classes = Unzipped($"{part}-labels-idx1-ubyte.gz");
        if (BinaryPrimitives.ReadInt32BigEndian(pixels.AsSpan(4)) != count || pixels.Length != 16 + (count * 784) || classes.Length != 8 + count)
        {
            throw new InvalidDataException($"The images of '{part}' are not MNIST's {count}.");
        }

        return ([.. pixels.Skip(16).Select(p => p / 255f)], [.. classes.Skip(8).Select(c => (int)c)]);
    }

    private static byte[] Unzipped(string file)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(Folder, "images", "mnist", file)), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
