using System.Runtime.ExceptionServices;

namespace PyRelationAL.Experiments;

/// <summary>
/// Makes sure, on a thread of its own, that what was written is on the disk: that takes milliseconds, and short runs should not wait for it. What was written
/// and not flushed yet survives the process, since the system has it, but not the system.
/// </summary>
internal sealed class DiskFlusher : IDisposable
{
    private readonly AutoResetEvent _wanted = new(false);
    private readonly Thread _thread;
    private volatile bool _ends;
    private volatile ExceptionDispatchInfo? _failure;

    public DiskFlusher(Action flush)
    {
        _thread = new Thread(() => FlushWhenAsked(flush)) { IsBackground = true, Name = "results" };
        _thread.Start();
    }

    /// <summary>Asks for a flush; throws what an earlier one threw.</summary>
    public void Request()
    {
        _failure?.Throw();
        _wanted.Set();
    }

    /// <summary>Waits until all is flushed; throws what flushing threw.</summary>
    public void Complete()
    {
        End();
        _failure?.Throw();
    }

    /// <summary>Waits until all is flushed, or cannot be.</summary>
    public void Dispose()
    {
        End();
        _wanted.Dispose();
    }

    private void End()
    {
        if (!_ends)
        {
            _ends = true;
            _wanted.Set();
            _thread.Join();
        }
    }

    private void FlushWhenAsked(Action flush)
    {
        while (!_ends)
        {
            _wanted.WaitOne();
            try
            {
                flush();
            }
            catch (Exception exception)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
                return;
            }
        }
    }
}
