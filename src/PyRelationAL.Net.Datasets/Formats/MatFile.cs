using System.IO.Compression;
using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>Reads matrices of numbers from MATLAB's MAT-files of level 5, compressed or not (The MathWorks, MAT-File Format).</summary>
/// <remarks>Full real matrices of two dimensions in any numeric class, and arrays of bytes of any dimensions. Everything else in the file is skipped.</remarks>
internal static class MatFile
{
    private const int HeaderText = 124;

    /// <summary>Reads one matrix.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="name">The variable's name.</param>
    /// <exception cref="DatasetFormatException">It is no such file, has no such matrix, or is damaged.</exception>
    public static NumericTable Read(Stream stream, string file, string name) => Find(
        stream, file, name, (content, flags, shape, values) => Matrix(content, flags, shape, values, $"{file}, matrix '{name}'"));

    /// <summary>Reads one array of unsigned bytes, with the first dimension fastest, as the file has it.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <param name="name">The variable's name.</param>
    /// <returns>The bytes and the sizes of the dimensions.</returns>
    /// <exception cref="DatasetFormatException">It is no such file, has no such array, or is damaged.</exception>
    public static (byte[] Bytes, int[] Shape) ReadBytes(Stream stream, string file, string name) => Find(
        stream, file, name, (content, flags, shape, values) => Bytes(content, flags, shape, values, $"{file}, array '{name}'"));

    private static T Find<T>(Stream stream, string file, string name, Func<BinarySource, uint, int[], Func<MatElement>, T> read)
    {
        var reader = new BinarySource(stream, file);
        byte[] header = reader.Bytes(HeaderText + 4);
        string text = Encoding.ASCII.GetString(header, 0, HeaderText);
        if (text.StartsWith("MATLAB 7.3", StringComparison.Ordinal))
        {
            throw reader.Error("the file is a MAT-file of version 7.3, which is HDF5 and is not read; save it with -v7.");
        }

        bool isLittleEndian = header[HeaderText + 2] == 'I' && header[HeaderText + 3] == 'M';
        if (!text.StartsWith("MATLAB 5.0", StringComparison.Ordinal) || !(isLittleEndian || (header[HeaderText + 2] == 'M' && header[HeaderText + 3] == 'I')))
        {
            throw reader.Error("the file is no MAT-file of level 5.");
        }

        var names = new List<string>();
        while (MatElement.ReadNext(reader, isLittleEndian) is { } element)
        {
            if (element.Type == MatElement.Compressed)
            {
                using var unpacked = new ZLibStream(new MemoryStream(element.Data), CompressionMode.Decompress);
                element = MatElement.ReadNext(new BinarySource(unpacked, file), isLittleEndian) ?? throw reader.Error("a compressed element is empty.");
            }

            if (element.Type != MatElement.Matrix)
            {
                continue;
            }

            var content = new BinarySource(new MemoryStream(element.Data), file);
            MatElement Next() => MatElement.ReadNext(content, isLittleEndian) ?? throw reader.Error("a matrix is cut off.");
            MatElement flags = Next();
            int[] shape = [.. Next().Numbers(content).Select(size => (int)size)];
            string found = Encoding.ASCII.GetString(Next().Data);
            names.Add(found);
            if (found == name)
            {
                return read(content, flags.Integer(content), shape, Next);
            }
        }

        throw reader.Error($"there is no matrix '{name}'; there are {string.Join(", ", names)}.");
    }

    private static (byte[] Bytes, int[] Shape) Bytes(BinarySource content, uint flags, int[] shape, Func<MatElement> next, string file)
    {
        const int UnsignedByteClass = 9;
        const int UnsignedByteType = 2;
        MatElement values = next();
        if ((flags & 0xff) != UnsignedByteClass || values.Type != UnsignedByteType)
        {
            throw content.Error(Invariant($"the array '{file}' has class {flags & 0xff} and type {values.Type}; unsigned bytes are read (uint8)."));
        }

        Int128 count = shape.Aggregate(Int128.One, (product, size) => product * size);
        return values.Data.Length == count
            ? (values.Data, shape)
            : throw content.Error(Invariant($"there are {values.Data.Length} bytes for {string.Join('×', shape)}."));
    }

    private static NumericTable Matrix(BinarySource content, uint flags, int[] shape, Func<MatElement> next, string file)
    {
        const int ComplexFlag = 0x800;
        const int FirstNumericClass = 6;
        const int LastNumericClass = 15;
        uint matrixClass = flags & 0xff;
        if (matrixClass is < FirstNumericClass or > LastNumericClass || (flags & ComplexFlag) != 0 || shape.Length != 2)
        {
            throw content.Error(Invariant(
                $"the matrix '{file}' has class {matrixClass} and {shape.Length} dimensions; only full real matrices of two are read."));
        }

        double[] values = next().Numbers(content);
        return values.LongLength == (long)shape[0] * shape[1]
            ? new NumericTable(file, NpyArray.Transposed(values, shape[0], shape[1]), shape[1])
            : throw content.Error(Invariant($"there are {values.Length} values for {shape[0]}×{shape[1]}."));
    }
}
