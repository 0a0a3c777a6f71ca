using System.Buffers.Binary;
using System.Numerics;

namespace PyRelationAL.Datasets;

/// <summary>MurmurHash3, the variant of 32 bits for x86 (A. Appleby, 2011), with seed 0.</summary>
internal static class MurmurHash3
{
    private const uint FirstFactor = 0xcc9e2d51;

    private const uint SecondFactor = 0x1b873593;

    public static int Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0;
        int blocks = bytes.Length & ~3;
        for (int i = 0; i < blocks; i += 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ Mixed(BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..])), 13) * 5) + 0xe6546b64;
        }

        uint tail = 0;
        for (int i = bytes.Length - 1; i >= blocks; i--)
        {
            tail = (tail << 8) | bytes[i];
        }

        hash ^= Mixed(tail) ^ (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return (int)(hash ^ (hash >> 16));
    }

    private static uint Mixed(uint block) => BitOperations.RotateLeft(block * FirstFactor, 15) * SecondFactor;
}
