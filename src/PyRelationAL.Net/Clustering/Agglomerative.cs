using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Clustering;

/// <summary>
/// Agglomerative clustering with average linkage (UPGMA), by the nearest-neighbour chain: merges the two clusters whose members are closest on average until
/// the asked number is left.
/// </summary>
/// <remarks>Murtagh 1983; Müllner 2011. O(N²) time after O(N²·D) distances, and N² / 2 doubles of memory, so it is refused for more than 20,000 rows.</remarks>
public sealed class Agglomerative : IClusterer
{
    /// <summary>The most rows it takes: above it the distances alone would need more than 1.6 GB.</summary>
    public const int LargestRowCount = 20_000;

    private readonly DistanceMetric _metric;

    /// <summary>Creates the clusterer.</summary>
    /// <param name="metric">The distance; Euclidean by default.</param>
    public Agglomerative(DistanceMetric? metric = null)
    {
        _metric = metric ?? DistanceMetric.Euclidean;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are more than <see cref="LargestRowCount"/> rows.</exception>
    public ClusterAssignment Cluster(FeatureMatrix rows, int clusterCount, RandomStream random, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(random);
        int n = rows.RowCount;
        int k = Math.Min(Guard.Positive(clusterCount), n);
        if (n > LargestRowCount)
        {
            throw new ArgumentException(
                Guard.Text($"Agglomerative clustering takes at most {LargestRowCount} rows and was given {n}: use k-means, or a SubPoolStrategy."),
                nameof(rows));
        }

        List<(double Height, int A, int B)> merges = Chain(new TriangularDistances(new RowBuffer(rows), _metric, cancellationToken), n, cancellationToken);
        // The chain finds merges out of order; average linkage is monotone, so sorted by height they are the dendrogram.
        var parent = new int[n];
        for (int i = 0; i < n; i++)
        {
            parent[i] = i;
        }

        foreach ((_, int a, int b) in merges.OrderBy(m => m.Height).Take(n - k))
        {
            parent[Root(parent, b)] = Root(parent, a);
        }

        var numbers = new Dictionary<int, int>();
        var clusters = new int[n];
        for (int i = 0; i < n; i++)
        {
            int root = Root(parent, i);
            if (!numbers.TryGetValue(root, out int number))
            {
                numbers.Add(root, number = numbers.Count);
            }

            clusters[i] = number;
        }

        return new ClusterAssignment(clusters, numbers.Count);
    }

    private static List<(double Height, int A, int B)> Chain(TriangularDistances distances, int n, CancellationToken cancellationToken)
    {
        var sizes = new int[n];
        Array.Fill(sizes, 1);
        var chain = new Stack<int>();
        var merges = new List<(double Height, int A, int B)>(Math.Max(0, n - 1));
        while (merges.Count < n - 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chain.Count == 0)
            {
                chain.Push(Array.FindIndex(sizes, s => s > 0));
            }

            int top = chain.Pop();
            // Ties go to the previous link, or the chain could walk in circles for ever.
            int nearest = chain.Count > 0 ? chain.Peek() : -1;
            double shortest = nearest >= 0 ? distances[top, nearest] : double.PositiveInfinity;
            for (int i = 0; i < n; i++)
            {
                if (sizes[i] > 0 && i != top && distances[top, i] < shortest)
                {
                    shortest = distances[top, i];
                    nearest = i;
                }
            }

            if (chain.Count == 0 || nearest != chain.Peek())
            {
                chain.Push(top);
                chain.Push(nearest);
                continue;
            }

            chain.Pop();
            merges.Add((shortest, top, nearest));
            for (int i = 0; i < n; i++)
            {
                if (sizes[i] > 0 && i != top && i != nearest)
                {
                    distances[top, i] = ((sizes[top] * distances[top, i]) + (sizes[nearest] * distances[nearest, i])) / (sizes[top] + sizes[nearest]);
                }
            }

            sizes[top] += sizes[nearest];
            sizes[nearest] = 0;
        }

        return merges;
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }

        return i;
    }
}
