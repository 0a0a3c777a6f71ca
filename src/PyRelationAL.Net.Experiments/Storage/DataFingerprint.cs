using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PyRelationAL.Experiments;

/// <summary>Tells data apart that have the same name: a hash of all features and labels.</summary>
internal static class DataFingerprint
{
    /// <summary>Enough that two files never share it by accident, short enough for a message.</summary>
    private const int HexDigits = 32;

    /// <summary>The hash of the task, the sizes, the features by rows (float32) and the labels; one pass over the data.</summary>
    public static string Of(IDataset dataset)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, [(double)dataset.Task.Kind, dataset.Task.ClassCount, dataset.Count, dataset.FeatureCount]);
        float[] row = new float[dataset.FeatureCount];
        for (int i = 0; i < dataset.Count; i++)
        {
            dataset.CopyFeatures(i, row);
            if (!BitConverter.IsLittleEndian)
            {
                Span<int> bits = MemoryMarshal.Cast<float, int>(row.AsSpan());
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }

            hash.AppendData(MemoryMarshal.AsBytes(row.AsSpan()));
            Append(hash, Numbers(dataset.GetLabel(i)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HexDigits];
    }

    private static double[] Numbers(Label label) => label.Kind switch
    {
        LabelKind.Class => [(double)label.Kind, label.Class],
        LabelKind.Value => [(double)label.Kind, label.Value],
        LabelKind.ClassSet => [(double)label.Kind, .. label.ClassSet.Select(flag => flag ? 1.0 : 0)],
        _ => [(double)label.Kind],
    };

    private static void Append(IncrementalHash hash, double[] numbers)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (double number in numbers)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
