using System.Buffers.Binary;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads NumPy's <c>.npy</c> format, with numbers of any type and order, into memory.</summary>
internal static class NpyArray
{
    /// <summary>Reads an array of one or two dimensions; one of a single dimension becomes a single column.</summary>
    /// <param name="stream">The array and nothing behind it.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="DatasetFormatException">It is no such array, or cut off.</exception>
    public static NumericTable Read(Stream stream, string file)
    {
        NumberArray array = ReadAny(stream, file);
        return array.Shape.Count is 1 or 2
            ? new NumericTable(file, array.Values, array.Shape.Count == 1 ? 1 : array.Shape[1])
            : throw new DatasetFormatException(Invariant($"the array has {array.Shape.Count} dimensions; 1 or 2 are allowed."), file);
    }

    /// <summary>Reads an array of any dimensions; column-major ones have at most two.</summary>
    /// <inheritdoc cref="Read"/>
    public static NumberArray ReadAny(Stream stream, string file)
    {
        var reader = new BinarySource(stream, file);
        NpyHeader header = NpyHeader.Read(reader);
        bool isTransposed = header.IsColumnMajor && header.Shape.Length > 1;
        if (isTransposed && header.Shape.Length > 2)
        {
            throw reader.Error(Invariant($"the array is in Fortran order and has {header.Shape.Length} dimensions; save numpy.ascontiguousarray of it."));
        }

        double[] values = Values(reader, header.Type, header.Count);
        reader.RequireEnd();
        return new NumberArray(file, isTransposed ? Transposed(values, header.Shape[0], header.Shape[1]) : values, header.Shape);
    }

    /// <summary>Column-major values in row-major order.</summary>
    public static double[] Transposed(double[] values, int rows, int columns)
    {
        var transposed = new double[values.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                transposed[(i * columns) + j] = values[(j * rows) + i];
            }
        }

        return transposed;
    }

    private static double[] Values(BinarySource reader, string type, long count) => type switch
    {
        "<f8" => reader.Numbers(count, 8, BinaryPrimitives.ReadDoubleLittleEndian),
        ">f8" => reader.Numbers(count, 8, BinaryPrimitives.ReadDoubleBigEndian),
        "<f4" => reader.Numbers(count, 4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        ">f4" => reader.Numbers(count, 4, bytes => BinaryPrimitives.ReadSingleBigEndian(bytes)),
        "<i8" => reader.Numbers(count, 8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        "<i4" => reader.Numbers(count, 4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        "|i1" => reader.Numbers(count, 1, bytes => (sbyte)bytes[0]),
        "|u1" or "|b1" => reader.Numbers(count, 1, bytes => bytes[0]),
        _ => throw reader.Error($"arrays of type '{type}' are not read."),
    };
}
