using System.Buffers.Binary;
using System.IO.Compression;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads the IDX format of MNIST, packed with gzip or not: unsigned bytes of any number of dimensions.</summary>
/// <remarks>
/// Two zero bytes, the type (8 for unsigned bytes), the number of dimensions, the sizes as big-endian 32-bit integers, the data with the last
/// dimension fastest.
/// </remarks>
internal static class IdxFile
{
    private const int UnsignedByte = 8;

    private const byte GzipMagic = 0x1f;

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file; must be seekable.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="shape">What the sizes must be.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="DatasetFormatException">It is no such file, has other sizes, or is cut off.</exception>
    public static byte[] Read(Stream stream, string file, params int[] shape)
    {
        int first = stream.ReadByte();
        stream.Seek(0, SeekOrigin.Begin);
        Stream content = first == GzipMagic ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
        var reader = new BinarySource(content, file);
        byte[] magic = reader.Bytes(4);
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedByte)
        {
            throw reader.Error(Invariant($"the file begins with {Convert.ToHexString(magic)}; an IDX file of bytes begins with 000008."));
        }

        int[] found = new int[magic[3]];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = BinaryPrimitives.ReadInt32BigEndian(reader.Bytes(sizeof(int)));
        }

        if (!found.SequenceEqual(shape))
        {
            throw reader.Error($"the sizes are {Show(found)} instead of {Show(shape)}.");
        }

        byte[] bytes = reader.Bytes(shape.Aggregate(1, (product, size) => checked(product * size)));
        reader.RequireEnd();
        return bytes;
    }

    private static string Show(int[] shape) => string.Join('×', shape.Select(size => Invariant($"{size}")));
}
