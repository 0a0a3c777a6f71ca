using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>What stands before the numbers of NumPy's <c>.npy</c> format (NumPy Enhancement Proposal 1), versions 1 to 3.</summary>
/// <param name="Type">The numbers' type as NumPy writes it, such as <c>&lt;f4</c>.</param>
/// <param name="IsColumnMajor">Whether the first dimension is the fastest (Fortran order).</param>
/// <param name="Shape">The sizes of the dimensions.</param>
internal sealed partial record NpyHeader(string Type, bool IsColumnMajor, int[] Shape)
{
    private const int MaxHeader = 1 << 16;

    public static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>How many numbers there are; at most <see cref="long.MaxValue"/>.</summary>
    public long Count => Shape.Contains(0) ? 0 : (long)Shape.Aggregate(Int128.One, (product, size) => Int128.Min(product * size, long.MaxValue));

    /// <summary>The sizes, for messages.</summary>
    public string ShapeText => string.Join('×', Shape.Select(size => Invariant($"{size}")));

    /// <summary>Reads a header and leaves the reader at the first number.</summary>
    /// <exception cref="DatasetFormatException">It is no such header, or cut off.</exception>
    public static NpyHeader Read(BinarySource reader)
    {
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
        return match.Success
            ? new NpyHeader(
                match.Groups["type"].Value,
                match.Groups["fortran"].Value == "True",
                [.. match.Groups["n"].Captures.Select(n => int.Parse(n.Value, CultureInfo.InvariantCulture))])
            : throw reader.Error($"the header '{header.Trim()}' is not that of an array of numbers.");
    }

    [GeneratedRegex(
        @"^\s*\{\s*'descr':\s*'(?<type>[^']*)',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((\s*(?<n>\d{1,9})\s*,?)*\s*\),?\s*\}\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Header();
}
