using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using static System.FormattableString;

namespace PyRelationAL.Cli.Select;

/// <summary>Writes a selection in the format that the file's name ends with.</summary>
internal static class SelectionFile
{
    // NumPy pads headers so that the numbers begin at a multiple of this.
    private const int Alignment = 64;

    /// <summary>Zip archives hold times; one that is always the same makes equal selections equal files.</summary>
    private static readonly DateTimeOffset ArchiveTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Action<Stream, Suggestion>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = (stream, selection) => WriteText(stream, selection.Indices.Select(index => Invariant($"{index}"))),
        [".csv"] = (stream, selection) => WriteText(stream, CsvLines(selection)),
        [".npy"] = (stream, selection) => WriteArray<long>(stream, "<i8", [.. selection.Indices]),
        [".npz"] = WriteArchive,
    };

    /// <summary>Refuses a file that cannot be written, before hours are spent on what to write.</summary>
    /// <exception cref="UsageException">Its name, its folder or its being an input forbids it.</exception>
    public static void Check(string path, IEnumerable<string> inputs)
    {
        if (!Formats.ContainsKey(Path.GetExtension(path)))
        {
            throw new UsageException($"--out is '{path}'; its name must end with {string.Join(", ", Formats.Keys)}.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder '{folder}' for --out.");
        }

        if (inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(path)))
        {
            throw new UsageException($"--out is '{path}', which is one of the files to read.");
        }
    }

    public static void Write(string path, Suggestion selection)
    {
        using FileStream stream = File.Create(path);
        Formats[Path.GetExtension(path)](stream, selection);
    }

    /// <summary>A line of names and one for each row; without the column of scores where there are none.</summary>
    public static IEnumerable<string> CsvLines(Suggestion selection) => selection.Scores is { } scores
        ? selection.Indices.Select((index, i) => Invariant($"{index},") + scores[i].ToString("R", CultureInfo.InvariantCulture)).Prepend("index,score")
        : selection.Indices.Select(index => Invariant($"{index}")).Prepend("index");

    private static void WriteText(Stream stream, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(stream) { NewLine = "\n" };
        foreach (string line in lines)
        {
            writer.WriteLine(line);
        }
    }

    private static void WriteArray<T>(Stream stream, string type, T[] values)
        where T : unmanaged
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({values.Length.ToString(CultureInfo.InvariantCulture)},), }}";
        byte[] magic = [.. Datasets.NpyHeader.Magic, 1, 0];
        int length = header.Length + 1 + Padding(magic.Length + sizeof(ushort) + header.Length + 1);
        stream.Write(magic);
        stream.Write([(byte)length, (byte)(length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + '\n'));
        stream.Write(MemoryMarshal.AsBytes<T>(values));
    }

    private static void WriteArchive(Stream stream, Suggestion selection)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        Add("index", entry => WriteArray<long>(entry, "<i8", [.. selection.Indices]));
        if (selection.Scores is { } scores)
        {
            Add("score", entry => WriteArray<double>(entry, "<f8", [.. scores]));
        }

        void Add(string name, Action<Stream> write)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = ArchiveTime;
            using Stream content = entry.Open();
            write(content);
        }
    }

    private static int Padding(int length) => (Alignment - (length % Alignment)) % Alignment;
}
