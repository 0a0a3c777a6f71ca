using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// k-means++ seeding (Arthur and Vassilvitskii, SODA 2007): after the first point each next one with probability in proportion to the squared distance to the
/// nearest chosen one. Where all distances are 0 (duplicates), uniformly among the points not chosen. O(k·N·D) at most, in parallel.
/// </summary>
internal static class KMeansPlusPlus
{
    /// <summary>Distinct points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="first">The first to choose.</param>
    /// <param name="count">How many, at least 1 and at most as many as there are.</param>
    /// <param name="random">Draws all but the first.</param>
    /// <param name="threads">The most threads; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static int[] Choose(IPoints points, int first, int count, RandomStream random, int threads, CancellationToken cancellationToken)
    {
        var nearest = new NearestSelected(points, points.Count, threads, cancellationToken);
        var chosen = new int[count];
        for (int k = 0, next = first; ; k++)
        {
            chosen[k] = next < 0 ? nearest.AnyLeft(random) : next;
            if (k == count - 1)
            {
                return chosen;
            }

            nearest.Select(chosen[k]);
            next = nearest.Draw(random);
        }
    }

    /// <summary>Distinct rows, the first drawn uniformly.</summary>
    public static int[] Choose(FeatureMatrix rows, int count, RandomStream random, int threads, CancellationToken cancellationToken) =>
        Choose(new RowPoints(rows), random.NextInt32(rows.RowCount), count, random, threads, cancellationToken);

    /// <summary>The same as centres [k×D] to start from.</summary>
    public static double[] Seeds(FeatureMatrix rows, int k, RandomStream random, int threads, CancellationToken cancellationToken)
    {
        var seeds = new double[k * rows.ColumnCount];
        int[] chosen = Choose(rows, k, random, threads, cancellationToken);
        for (int c = 0; c < k; c++)
        {
            WideRows.Widen(rows.Row(chosen[c]), seeds.AsSpan(c * rows.ColumnCount, rows.ColumnCount));
        }

        return seeds;
    }
}
