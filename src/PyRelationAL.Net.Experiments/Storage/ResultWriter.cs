using System.Text;

namespace PyRelationAL.Experiments;

/// <summary>
/// Appends results to a file of JSON Lines. Each result is one whole line, written at once and flushed to the disk before <see cref="Append"/> returns: what is
/// killed in the middle loses the last line at most.
/// </summary>
/// <remarks>Safe for concurrent use within one process.</remarks>
public sealed class ResultWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream;

    /// <summary>Creates the file, or empties it.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public ResultWriter(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Appends a result.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="IOException">The line could not be written, for example since the disk is full.</exception>
    public void Append(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        byte[] line = Encoding.UTF8.GetBytes(ResultJson.Line(result) + "\n");
        lock (_lock)
        {
            long start = _stream.Position;
            try
            {
                _stream.Write(line);
                _stream.Flush(flushToDisk: true);
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
    public void Dispose() => _stream.Dispose();
}
