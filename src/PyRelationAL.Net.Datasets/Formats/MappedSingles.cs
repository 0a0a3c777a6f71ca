using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace PyRelationAL.Datasets;

/// <summary>The float32 of a file as memory: the operating system reads pages as they are touched, and may drop them again.</summary>
internal sealed unsafe class MappedSingles : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly float* _first;

    /// <param name="handle">The file; stays the caller's.</param>
    /// <param name="offset">The position of the first number in bytes.</param>
    public MappedSingles(SafeFileHandle handle, long offset)
    {
        _file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _first = (float*)(start + _view.PointerOffset + offset);
    }

    /// <summary>Consecutive numbers; the memory is valid until this is disposed.</summary>
    public ReadOnlyMemory<float> Part(long start, int count) => new Manager(_first + start, count).Memory;

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private sealed class Manager(float* first, int count) : MemoryManager<float>
    {
        private readonly float* _first = first;

        public override Span<float> GetSpan() => new(_first, count);

        // Mapped pages do not move.
        public override MemoryHandle Pin(int elementIndex = 0) => new(_first + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
