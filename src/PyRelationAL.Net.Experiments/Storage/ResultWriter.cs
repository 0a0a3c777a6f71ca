using System.Text;

namespace PyRelationAL.Experiments;

/// <summary>
/// Appends results to a file of JSON Lines. Each result is one whole line, written at once and flushed to the disk before <see cref="Append(RunResult)"/>
/// returns: what is killed in the middle loses the last line at most.
/// </summary>
/// <remarks>Safe for concurrent use within one process.</remarks>
public sealed class ResultWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream;
    private readonly IDisposable? _right;

    /// <summary>Creates the file, or empties it.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public ResultWriter(string path)
        : this(Open(path, FileMode.Create, FileAccess.Write))
    {
    }

    private ResultWriter(FileStream stream, IDisposable? right = null)
    {
        _stream = stream;
        _right = right;
    }

    /// <summary>Appends a result.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="IOException">The line could not be written, for example since the disk is full.</exception>
    public void Append(RunResult result) => Append(result, Flush);

    /// <summary>Appends a result and leaves it to the system when the disk gets it.</summary>
    internal void Write(RunResult result) => Append(result, static () => { });

    /// <summary>Returns when the disk has all that was written before. Others may write meanwhile.</summary>
    internal void Flush() => RandomAccess.FlushToDisk(_stream.SafeFileHandle);

    private void Append(RunResult result, Action flush)
    {
        ArgumentNullException.ThrowIfNull(result);
        byte[] line = Encoding.UTF8.GetBytes(ResultJson.Line(result) + "\n");
        lock (_lock)
        {
            long start = _stream.Position;
            try
            {
                _stream.Write(line);
                flush();
            }
            catch (Exception exception)
            {
                // A run that finishes later may find room for its line: it must not stand behind half of this one.
                _stream.SetLength(start);
                if (exception is ArgumentOutOfRangeException)
                {
                    // That is what .NET throws where a file is as large as it may be.
                    throw new IOException(exception.Message, exception);
                }

                throw;
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _right?.Dispose();
    }

    /// <summary>Opens a file behind its last whole line, or creates it. The right to write it is given back when the writer is disposed of.</summary>
    internal static ResultWriter AppendingTo(string path, FolderLock right)
    {
        FileStream stream = Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        long end = stream.Length;
        for (; end > 0; end--)
        {
            stream.Position = end - 1;
            if (stream.ReadByte() == '\n')
            {
                break;
            }
        }

        stream.SetLength(end);
        stream.Position = end;
        return new ResultWriter(stream, right);
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new FileStream(path, mode, access, FileShare.Read, bufferSize: 0);
    }
}
