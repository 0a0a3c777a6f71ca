using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static System.FormattableString;

namespace PyRelationAL.Datasets;

/// <summary>
/// A <c>.npy</c> file of float32 or float64 in C order that stays on the disk: parts are read when they are asked for, and float32 can be mapped into memory.
/// </summary>
internal sealed class NpyFile : NumberFile
{
    /// <summary>Numbers that are read at once: a span of bytes cannot be longer than 2 GiB, and those to be converted should stay in the cache.</summary>
    private const int Block = 1 << 16;

    private readonly SafeFileHandle _handle;
    private readonly long _offset;
    private readonly bool _isSingle;
    private readonly Lock _lock = new();
    private MappedSingles? _mapped;

    private NpyFile(string file, SafeFileHandle handle, long offset, NpyHeader header)
        : base(file, header.Shape)
    {
        _handle = handle;
        _offset = offset;
        _isSingle = header.Type == "<f4";
    }

    private int Size => _isSingle ? sizeof(float) : sizeof(double);

    /// <summary>Opens a file.</summary>
    /// <exception cref="DatasetFormatException">It holds other numbers or another order, or its length is not what its header says.</exception>
    public static NpyFile Open(string path)
    {
        SafeFileHandle handle = System.IO.File.OpenHandle(path);
        try
        {
            return Of(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override void Read(long start, Span<double> destination)
    {
        Span<float> narrow = _isSingle ? new float[Math.Min(destination.Length, Block)] : default;
        for (int done = 0; done < destination.Length; done += Block)
        {
            Span<double> part = destination.Slice(done, Math.Min(Block, destination.Length - done));
            if (_isSingle)
            {
                Fill(start + done, MemoryMarshal.AsBytes(narrow[..part.Length]));
                TensorPrimitives.ConvertTruncating<float, double>(narrow[..part.Length], part);
            }
            else
            {
                Fill(start + done, MemoryMarshal.AsBytes(part));
            }
        }
    }

    public override void Read(long start, Span<float> destination)
    {
        Span<double> wide = _isSingle ? default : new double[Math.Min(destination.Length, Block)];
        for (int done = 0; done < destination.Length; done += Block)
        {
            Span<float> part = destination.Slice(done, Math.Min(Block, destination.Length - done));
            if (_isSingle)
            {
                Fill(start + done, MemoryMarshal.AsBytes(part));
            }
            else
            {
                Fill(start + done, MemoryMarshal.AsBytes(wide[..part.Length]));
                TensorPrimitives.ConvertTruncating<double, float>(wide[..part.Length], part);
            }
        }
    }

    public override ReadOnlyMemory<float>? TryMap(long start, int count)
    {
        if (!_isSingle || !BitConverter.IsLittleEndian)
        {
            return null;
        }

        lock (_lock)
        {
            _mapped ??= new MappedSingles(_handle, _offset);
        }

        return _mapped.Part(start, count);
    }

    public override void Dispose()
    {
        _mapped?.Dispose();
        _handle.Dispose();
    }

    private static NpyFile Of(string path, SafeFileHandle handle)
    {
        long offset;
        NpyHeader header;
        using (var stream = new FileStream(new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read))
        {
            header = NpyHeader.Read(new BinarySource(stream, path));
            offset = stream.Position;
        }

        string? problem = header switch
        {
            { Type: ">f4" or ">f8" } => $"the numbers are big-endian ('{header.Type}'); save array.astype('{header.Type.Replace('>', '<')}').",
            { Type: not ("<f4" or "<f8") } => $"the numbers are of type '{header.Type}'; float32 and float64 are read. Save array.astype('float32').",
            { IsColumnMajor: true, Shape.Length: > 1 } => "the array is in Fortran order; save numpy.ascontiguousarray of it.",
            { Shape.Length: 0 } => "there is one number without dimensions; an array is needed.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new DatasetFormatException(problem, path);
        }

        Int128 announced = (Int128)header.Count * (header.Type == "<f4" ? sizeof(float) : sizeof(double)), found = RandomAccess.GetLength(handle) - offset;
        return announced.CompareTo(found) switch
        {
            > 0 => throw new DatasetFormatException(
                Invariant($"the file is cut off: {header.ShapeText} numbers take {announced} bytes, and there are {found}."), path),
            < 0 => throw new DatasetFormatException(
                Invariant($"there is more data than the header says: {header.ShapeText} numbers take {announced} bytes, and there are {found}."), path),
            _ => new NpyFile(path, handle, offset, header),
        };
    }

    private void Fill(long start, Span<byte> bytes)
    {
        long at = _offset + (start * Size);
        for (int done = 0; done < bytes.Length;)
        {
            int count = RandomAccess.Read(_handle, bytes[done..], at + done);
            done += count > 0 ? count : throw Error("the file has become shorter while it was read.");
        }
    }
}
