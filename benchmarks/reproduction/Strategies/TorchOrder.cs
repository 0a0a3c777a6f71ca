namespace PyRelationAL.Reproduction.Strategies;

/// <summary>
/// The position that <c>torch.argsort(scores, descending=True)[0]</c> names. It differs from the first of the largest where there are several, since that
/// sort is not stable: C++'s introsort (Musser, Software: Practice and Experience 27(8), 1997) as GCC's library has it. Among equal scores the paper's numbers
/// depend on it.
/// </summary>
internal static class TorchOrder
{
    private const int InsertionSortUpTo = 16;

    /// <summary>The position that the sort puts first.</summary>
    /// <param name="scores">At least one score.</param>
    public static int First(ReadOnlySpan<double> scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        int end = scores.Length;

        // Only the leftmost part of each partition can hold the first position. The sort's fallback to a heap, after 2 log₂ N partitions that did not shrink,
        // is left out: equal scores halve each part.
        while (end > InsertionSortUpTo)
        {
            int pivot = Median(scores, order, 1, end / 2, end - 1);
            (order[0], order[pivot]) = (order[pivot], order[0]);
            end = Partition(scores, order, end);
        }

        int first = 0;
        for (int i = 1; i < end; i++)
        {
            first = scores[order[i]] > scores[order[first]] ? i : first;
        }

        return order[first];
    }

    private static int Median(ReadOnlySpan<double> scores, int[] order, int a, int b, int c)
    {
        double x = scores[order[a]], y = scores[order[b]], z = scores[order[c]];
        return x > y
            ? (y > z ? b : x > z ? c : a)
            : (x > z ? a : y > z ? c : b);
    }

    private static int Partition(ReadOnlySpan<double> scores, int[] order, int end)
    {
        double pivot = scores[order[0]];
        int left = 1, right = end;
        while (true)
        {
            while (scores[order[left]] > pivot)
            {
                left++;
            }

            do
            {
                right--;
            }
            while (pivot > scores[order[right]]);

            if (left >= right)
            {
                return left;
            }

            (order[left], order[right]) = (order[right], order[left]);
            left++;
        }
    }
}
