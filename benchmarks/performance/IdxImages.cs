using System.Buffers.Binary;
using System.IO.Compression;
using PyRelationAL.Datasets;

namespace PyRelationAL.Benchmarks;

/// <summary>The first images of a pair of compressed IDX files, pixels in [0, 1].</summary>
internal static class IdxImages
{
    public static DatasetView Load(string folder, string part, int count)
    {
        byte[] images = Unpack(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz")), labels = Unpack(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"));
        int size = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(8)) * BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(12));
        float[] pixels = [.. images.Skip(16).Take(count * size).Select(value => value / 255f)];
        int[] classes = [.. labels.Skip(8).Take(count).Select(value => (int)value)];
        return DatasetView.All(InMemoryDataset.ForClassification(part, new FeatureMatrix(pixels, count, size), classes, 10));
    }

    private static byte[] Unpack(string path)
    {
        using var source = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }
}
