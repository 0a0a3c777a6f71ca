using System.Numerics.Tensors;
using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// k-means++ seeding (Arthur and Vassilvitskii, SODA 2007): the first row uniformly, each next one with probability in proportion to the squared distance to
/// the nearest chosen row. Where all distances are 0 (duplicates), uniformly among the rows not chosen. O(k·N·D).
/// </summary>
internal static class KMeansPlusPlus
{
    /// <summary>Distinct rows to start from.</summary>
    public static int[] Choose(RowBuffer rows, int count, RandomStream random, CancellationToken cancellationToken = default)
    {
        var chosen = new int[count];
        var isChosen = new bool[rows.Count];
        var nearest = new double[rows.Count];
        var distances = new double[rows.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        int next = random.NextInt32(rows.Count);
        for (int k = 0; ; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chosen[k] = next;
            isChosen[next] = true;
            if (k == count - 1)
            {
                return chosen;
            }

            DistanceMetric.SquaredEuclidean.ToRows(rows[next], rows.Rows(0, rows.Count), distances);
            TensorPrimitives.Min<double>(nearest, distances, nearest);
            double total = 0;
            for (int i = 0; i < nearest.Length; i++)
            {
                total += isChosen[i] ? 0 : nearest[i];
            }

            next = total > 0 ? Draw(nearest, isChosen, random.NextDouble() * total) : AnyLeft(isChosen, rows.Count - k - 1, random);
        }
    }

    private static int Draw(double[] weights, bool[] excluded, double target)
    {
        int last = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            if (excluded[i] || weights[i] == 0)
            {
                continue;
            }

            last = i;
            target -= weights[i];
            if (target < 0)
            {
                break;
            }
        }

        // Rounding may leave a little of the target at the end; the last row with weight takes it.
        return last;
    }

    private static int AnyLeft(bool[] excluded, int left, RandomStream random)
    {
        int skip = random.NextInt32(left);
        for (int i = 0; ; i++)
        {
            if (!excluded[i] && skip-- == 0)
            {
                return i;
            }
        }
    }
}
