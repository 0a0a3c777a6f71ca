using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads NumPy's <c>.npy</c> format (NumPy Enhancement Proposal 1), versions 1 to 3: arrays of numbers of one or two dimensions.</summary>
internal static partial class NpyArray
{
    private const int MaxHeader = 1 << 16;

    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array; one of a single dimension becomes a single column.</summary>
    /// <param name="stream">The array and nothing behind it.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="DatasetFormatException">It is no such array, or cut off.</exception>
    public static NumericTable Read(Stream stream, string file)
    {
        var reader = new BinarySource(stream, file);
        if (!reader.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw reader.Error("the file is no NumPy array.");
        }

        ReadOnlySpan<byte> version = reader.Bytes(2);
        int length = version[0] switch
        {
            1 => BinaryPrimitives.ReadUInt16LittleEndian(reader.Bytes(2)),
            2 or 3 => (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(reader.Bytes(4)), int.MaxValue),
            _ => throw reader.Error(Invariant($"version {version[0]} of the format is not known.")),
        };
        if (length > MaxHeader)
        {
            throw reader.Error(Invariant($"the header has {length} bytes; {MaxHeader} are allowed."));
        }

        string header = Encoding.UTF8.GetString(reader.Bytes(length));
        Match match = Header().Match(header);
        if (!match.Success)
        {
            throw reader.Error($"the header '{header.Trim()}' is not that of an array of numbers.");
        }

        int[] shape = [.. match.Groups["n"].Captures.Select(n => int.Parse(n.Value, CultureInfo.InvariantCulture))];
        if (shape.Length is not (1 or 2))
        {
            throw reader.Error(Invariant($"the array has {shape.Length} dimensions; 1 or 2 are allowed."));
        }

        int columns = shape.Length == 1 ? 1 : shape[1];
        double[] values = Values(reader, match.Groups["type"].Value, (long)shape[0] * columns);
        reader.RequireEnd();
        bool isColumnMajor = shape.Length == 2 && match.Groups["fortran"].Value == "True";
        return new NumericTable(file, isColumnMajor ? Transposed(values, shape[0], columns) : values, columns);
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

    [GeneratedRegex(
        @"^\s*\{\s*'descr':\s*'(?<type>[^']*)',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((\s*(?<n>\d{1,9})\s*,?)*\s*\),?\s*\}\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Header();
}
