using System.Globalization;
using System.IO.Compression;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads data frames from R's <c>.RData</c> files: what <c>save</c> writes by default, XDR of version 2 or 3, packed with gzip or not.</summary>
internal static class RDataFile
{
    private const int MagicLength = 7;

    private const byte GzipMagic = 0x1f;

    private static readonly (string Start, string What)[] OtherFormats =
        [("425A68", "packed with bzip2"), ("FD377A", "packed with xz"), ("524441", "an ASCII one"), ("524442", "of the machine's own format")];

    /// <summary>Reads a data frame of numbers. A factor becomes the numbers that its levels name.</summary>
    /// <param name="stream">The file; must be seekable.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="name">The data frame's name.</param>
    /// <exception cref="DatasetFormatException">It is no such file, has no such data frame, or is damaged.</exception>
    public static NumericTable Read(Stream stream, string file, string name)
    {
        int first = stream.ReadByte();
        stream.Seek(0, SeekOrigin.Begin);
        Stream content = first == GzipMagic ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
        var source = new BinarySource(content, file);
        byte[] magic = source.Bytes(MagicLength);
        if (magic is not [(byte)'R', (byte)'D', (byte)'X', (byte)'2' or (byte)'3', (byte)'\n', (byte)'X', (byte)'\n'])
        {
            string start = Convert.ToHexString(magic, 0, 3);
            string what = Array.Find(OtherFormats, format => format.Start == start).What is { } known ? $"; it is {known}" : string.Empty;
            throw source.Error($"the file is no .RData file of XDR{what}. R writes one with save(..., compress = \"gzip\").");
        }

        var reader = new RReader(source);
        reader.ReadHeader();
        List<(string Name, RValue Value)> variables = reader.ReadPairs();
        RValue frame = variables.Find(variable => variable.Name == name).Value
            ?? throw source.Error($"there is no variable '{name}'; there are {string.Join(", ", variables.Select(v => v.Name))}.");
        if (frame.Data is not RValue[] columns || frame.Attribute("names")?.Data is not string[] names || names.Length != columns.Length || columns.Length == 0)
        {
            throw source.Error($"'{name}' is no data frame.");
        }

        double[][] numbers = [.. columns.Select((column, j) => Numbers(column) ?? throw source.Error($"column '{names[j]}' of '{name}' holds no numbers."))];
        int rows = numbers[0].Length;
        if (Array.FindIndex(numbers, column => column.Length != rows) is var odd and >= 0)
        {
            throw source.Error(Invariant($"column '{names[odd]}' has {numbers[odd].Length} values and column '{names[0]}' {rows}."));
        }

        var values = new double[rows * numbers.Length];
        for (int j = 0; j < numbers.Length; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                values[(i * numbers.Length) + j] = numbers[j][i];
            }
        }

        return new NumericTable(file, values, numbers.Length);
    }

    private static double[]? Numbers(RValue column) => (column.Data, column.Attribute("levels")?.Data) switch
    {
        (double[] values, null) => values,
        (int[] values, null) => Array.ConvertAll(values, Number),
        (int[] codes, string[] levels) => Levels(codes, levels),
        _ => null,
    };

    // R's missing integer.
    private static double Number(int value) => value == int.MinValue ? double.NaN : value;

    private static double[]? Levels(int[] codes, string[] levels)
    {
        var numbers = new double[levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            if (!double.TryParse(levels[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return Array.ConvertAll(codes, code => code >= 1 && code <= levels.Length ? numbers[code - 1] : double.NaN);
    }
}
