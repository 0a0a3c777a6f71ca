namespace PyRelationAL.Numerics;

/// <summary>Partial selection of the largest keys, stable: among equal keys the lowest position first.</summary>
internal static class TopPositions
{
    /// <summary>The positions of the <paramref name="count"/> largest keys, largest first. O(N log count) time, O(count) memory.</summary>
    /// <param name="keys">No NaN; negative infinity is allowed and comes last.</param>
    /// <param name="count">In [0, keys.Length].</param>
    public static int[] Of(ReadOnlySpan<double> keys, int count)
    {
        if (count == 0)
        {
            return [];
        }

        // A heap of the best so far with the worst of them on top: lowest key, and among equals the highest position.
        var heap = new PriorityQueue<int, (double Key, int Position)>(count, Worst);
        for (int i = 0; i < keys.Length; i++)
        {
            if (heap.Count < count)
            {
                heap.Enqueue(i, (keys[i], i));
            }
            else if (heap.TryPeek(out _, out (double Key, int Position) worst) && keys[i] > worst.Key)
            {
                heap.DequeueEnqueue(i, (keys[i], i));
            }
        }

        var top = new int[count];
        for (int k = count - 1; k >= 0; k--)
        {
            top[k] = heap.Dequeue();
        }

        return top;
    }

    /// <summary>The position of the largest value that is not taken, the lowest of equals; −1 where all are taken.</summary>
    public static int LargestLeft(ReadOnlySpan<double> values, ReadOnlySpan<bool> taken)
    {
        int best = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!taken[i] && (best < 0 || values[i] > values[best]))
            {
                best = i;
            }
        }

        return best;
    }

    private static readonly Comparer<(double Key, int Position)> Worst = Comparer<(double Key, int Position)>.Create(
        (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : b.Position.CompareTo(a.Position));
}
