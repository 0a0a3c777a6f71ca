using System.Runtime.ExceptionServices;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models;

/// <summary>Runs a few long pieces of independent work, such as the members of a committee, several at once.</summary>
internal static class IndependentWork
{
    /// <summary>
    /// Runs the body for 0, 1, ..., count − 1; each run may only write what is its own. A failure comes through as it was thrown, whatever the number
    /// of threads.
    /// </summary>
    public static void ForEach(int count, int maxDegreeOfParallelism, CancellationToken cancellationToken, Action<int> body)
    {
        try
        {
            Blocks.ForEach(count, maxDegreeOfParallelism, cancellationToken, (i, _) => body(i), blockRows: 1);
        }
        catch (AggregateException several)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
