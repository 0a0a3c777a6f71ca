using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PyRelationAL.Experiments;

/// <summary>
/// Stores results on a thread of its own, since a disk takes milliseconds to have a line, and short runs should not wait for it. At most two finished results
/// are on their way: who brings the next one waits.
/// </summary>
internal sealed class ResultQueue : IDisposable
{
    private readonly BlockingCollection<RunResult> _waiting = new(boundedCapacity: 1);
    private readonly Thread _thread;
    private volatile ExceptionDispatchInfo? _failure;

    public ResultQueue(Action<RunResult> store)
    {
        _thread = new Thread(() => StoreAll(store)) { IsBackground = true, Name = "results" };
        _thread.Start();
    }

    /// <summary>Hands a result over; throws what storing an earlier one threw.</summary>
    public void Add(RunResult result)
    {
        _failure?.Throw();
        _waiting.Add(result);
    }

    /// <summary>Waits until all is stored; throws what storing threw.</summary>
    public void Complete()
    {
        Dispose();
        _failure?.Throw();
    }

    /// <summary>Waits until all is stored, or cannot be.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
    }

    private void StoreAll(Action<RunResult> store)
    {
        // After a failure the rest is taken and dropped, so that nobody waits for room: it would stand behind a gap, and is done again.
        foreach (RunResult result in _waiting.GetConsumingEnumerable())
        {
            if (_failure is not null)
            {
                continue;
            }

            try
            {
                store(result);
            }
            catch (Exception exception)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }
}
