using System.Runtime.ExceptionServices;

namespace PyRelationAL.Numerics;

/// <summary>
/// Runs independent blocks of rows, in parallel where that pays. Each block writes only its own rows, so the number of threads never changes a bit of the
/// result.
/// </summary>
internal static class Blocks
{
    /// <summary>Rows per block: small enough to balance, large enough that a block outweighs scheduling it.</summary>
    public const int DefaultRows = 2048;

    /// <summary>Runs all blocks. With blocks of one row it runs independent pieces of work, such as the members of a committee.</summary>
    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="maxDegreeOfParallelism">The most threads to use.</param>
    /// <param name="cancellationToken">Checked before each block.</param>
    /// <param name="body">Gets the first row of a block and its number of rows.</param>
    /// <param name="blockRows">Rows per block.</param>
    public static void ForEach(
        int rowCount, int maxDegreeOfParallelism, CancellationToken cancellationToken, Action<int, int> body, int blockRows = DefaultRows)
    {
        int blocks = (rowCount + blockRows - 1) / blockRows;
        if (blocks <= 1 || maxDegreeOfParallelism == 1)
        {
            for (int b = 0; b < blocks; b++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int start = b * blockRows;
                body(start, Math.Min(blockRows, rowCount - start));
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, blocks, options, b =>
            {
                int start = b * blockRows;
                body(start, Math.Min(blockRows, rowCount - start));
            });
        }
        catch (AggregateException e)
        {
            // A cancelled run is cancelled, whatever else broke on the way. Else a user's score or model that throws looks the same on one thread and on many.
            cancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
