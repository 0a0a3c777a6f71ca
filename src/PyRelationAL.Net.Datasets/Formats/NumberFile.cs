using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>An array of numbers in a file, of which any part can be read. Numbers are counted with the last dimension fastest.</summary>
/// <remarks>Safe for reading from several threads at once.</remarks>
internal abstract class NumberFile(string file, int[] shape) : IDisposable
{
    private const string NpyEnding = ".npy";
    private const string NpzEnding = ".npz";

    /// <summary>The file, for messages.</summary>
    public string File { get; } = file;

    /// <summary>The sizes of the dimensions.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>
    /// Opens a file by the ending of its name: <c>.npy</c>, which stays on the disk, <c>.npz</c>, or else text. An <c>.npz</c> may be followed by a colon and
    /// the array's name.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="name">Which array of an archive to take where there are several and none is named.</param>
    /// <exception cref="DatasetFormatException">It does not hold an array of numbers.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static NumberFile Open(string path, string name) => path.EndsWith(NpyEnding, StringComparison.OrdinalIgnoreCase)
        ? NpyFile.Open(Existing(path))
        : ReadAll(path, name);

    /// <summary>Reads a file into memory; an <c>.npy</c> may then hold numbers of any type and order.</summary>
    /// <inheritdoc cref="Open"/>
    public static NumberArray ReadAll(string path, string name)
    {
        int colon = path.LastIndexOf(NpzEnding + ":", StringComparison.OrdinalIgnoreCase);
        string? member = colon < 0 ? null : path[(colon + NpzEnding.Length + 1)..];
        string onDisk = Existing(colon < 0 ? path : path[..(colon + NpzEnding.Length)]);
        using FileStream stream = System.IO.File.OpenRead(onDisk);
        if (onDisk.EndsWith(NpzEnding, StringComparison.OrdinalIgnoreCase))
        {
            return NpzArchive.ReadAny(stream, onDisk, member, name);
        }

        return onDisk.EndsWith(NpyEnding, StringComparison.OrdinalIgnoreCase) ? NpyArray.ReadAny(stream, onDisk) : NumberText.Read(stream, onDisk);
    }

    /// <summary>Reads consecutive numbers as doubles.</summary>
    /// <param name="start">The first one.</param>
    /// <param name="destination">As many as are wanted.</param>
    public abstract void Read(long start, Span<double> destination);

    /// <summary>Reads consecutive numbers as float32.</summary>
    /// <inheritdoc cref="Read(long, Span{double})"/>
    public abstract void Read(long start, Span<float> destination);

    /// <summary>Consecutive numbers as memory that is not copied, valid until this is disposed; null where that cannot be had.</summary>
    public virtual ReadOnlyMemory<float>? TryMap(long start, int count) => null;

    /// <summary>An error in this file.</summary>
    public DatasetFormatException Error(string problem) => new(problem, File);

    /// <summary>The error for a number that is none.</summary>
    /// <param name="value">NaN or an infinity.</param>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    public DatasetFormatException NotFinite(double value, int row, int column) => Error(Invariant($"row {row}, column {column}: {value} is no finite number."));

    public virtual void Dispose()
    {
    }

    private static string Existing(string path) =>
        System.IO.File.Exists(path) ? path : throw new FileNotFoundException($"There is no file '{path}'.", path);
}
