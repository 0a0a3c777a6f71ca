using System.Buffers.Binary;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>One data element of a MAT-file of level 5: a type and its bytes.</summary>
internal sealed record MatElement(int Type, byte[] Data, bool IsLittleEndian)
{
    public const int Matrix = 14;

    public const int Compressed = 15;

    private const int Alignment = 8;

    /// <summary>Reads the next element, or null at the end.</summary>
    public static MatElement? ReadNext(BinarySource reader, bool isLittleEndian)
    {
        if (reader.NextOrEnd() is not { } first)
        {
            return null;
        }

        byte[] tag = [(byte)first, .. reader.Bytes(3)];
        uint word = isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(tag) : BinaryPrimitives.ReadUInt32BigEndian(tag);

        // Up to four bytes may stand in the tag itself, which then holds their number in its upper half.
        if (word >> 16 is var small and > 0)
        {
            return small <= 4
                ? new MatElement((int)(word & 0xffff), reader.Bytes(4)[..(int)small], isLittleEndian)
                : throw reader.Error(Invariant($"a small element claims {small} bytes; it can have 4."));
        }

        byte[] size = reader.Bytes(4);
        uint length = isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(size) : BinaryPrimitives.ReadUInt32BigEndian(size);
        if (length > int.MaxValue)
        {
            throw reader.Error(Invariant($"an element claims {length} bytes; {int.MaxValue} are allowed."));
        }

        byte[] data = reader.Bytes((int)length);
        if (word is not (Matrix or Compressed) && length % Alignment != 0)
        {
            reader.Bytes(Alignment - (int)(length % Alignment));
        }

        return new MatElement((int)word, data, isLittleEndian);
    }

    /// <summary>The first 32-bit integer.</summary>
    public uint Integer(BinarySource reader) => Data.Length < sizeof(uint)
        ? throw reader.Error("an element is cut off.")
        : IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(Data) : BinaryPrimitives.ReadUInt32BigEndian(Data);

    /// <summary>All numbers, whatever their type: a matrix of doubles may be stored as small integers.</summary>
    public double[] Numbers(BinarySource reader) => (Type, IsLittleEndian) switch
    {
        (1, _) => Each(reader, 1, bytes => (sbyte)bytes[0]),
        (2, _) => Each(reader, 1, bytes => bytes[0]),
        (3, true) => Each(reader, 2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        (3, false) => Each(reader, 2, bytes => BinaryPrimitives.ReadInt16BigEndian(bytes)),
        (4, true) => Each(reader, 2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        (4, false) => Each(reader, 2, bytes => BinaryPrimitives.ReadUInt16BigEndian(bytes)),
        (5, true) => Each(reader, 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        (5, false) => Each(reader, 4, bytes => BinaryPrimitives.ReadInt32BigEndian(bytes)),
        (6, true) => Each(reader, 4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        (6, false) => Each(reader, 4, bytes => BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        (7, true) => Each(reader, 4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        (7, false) => Each(reader, 4, bytes => BinaryPrimitives.ReadSingleBigEndian(bytes)),
        (9, true) => Each(reader, 8, BinaryPrimitives.ReadDoubleLittleEndian),
        (9, false) => Each(reader, 8, BinaryPrimitives.ReadDoubleBigEndian),
        (12, true) => Each(reader, 8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        (12, false) => Each(reader, 8, bytes => BinaryPrimitives.ReadInt64BigEndian(bytes)),
        (13, true) => Each(reader, 8, bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        (13, false) => Each(reader, 8, bytes => BinaryPrimitives.ReadUInt64BigEndian(bytes)),
        _ => throw reader.Error(Invariant($"an element has type {Type}, which is none of numbers.")),
    };

    private double[] Each(BinarySource reader, int size, BinarySource.ReadNumber read)
    {
        if (Data.Length % size != 0)
        {
            throw reader.Error("an element is cut off.");
        }

        var values = new double[Data.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(Data.AsSpan(i * size, size));
        }

        return values;
    }
}
