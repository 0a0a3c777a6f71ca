using System.Numerics.Tensors;
using PyRelationAL.Distances;

namespace PyRelationAL.Clustering;

/// <summary>The two steps of Lloyd's algorithm.</summary>
internal static class Centroids
{
    /// <summary>Assigns each row to its nearest centre (ties: lowest); returns the sum of squared distances.</summary>
    public static double Assign(RowBuffer rows, double[][] centres, int[] clusters, double[] distances)
    {
        double inertia = 0;
        double[] flat = [.. centres.SelectMany(centre => centre)];
        var toCentres = new double[centres.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            DistanceMetric.SquaredEuclidean.ToRows(rows[i], flat, toCentres);
            int best = TensorPrimitives.IndexOfMin<double>(toCentres);
            clusters[i] = best;
            distances[i] = toCentres[best];
            inertia += toCentres[best];
        }

        return inertia;
    }

    /// <summary>The mean of each cluster. An empty cluster takes over the row farthest from its centre, each such row once.</summary>
    public static double[][] Means(RowBuffer rows, int columns, int[] clusters, double[] distances, int k)
    {
        var sizes = new int[k];
        foreach (int c in clusters)
        {
            sizes[c]++;
        }

        for (int c = 0; c < k; c++)
        {
            if (sizes[c] > 0)
            {
                continue;
            }

            int farthest = -1;
            for (int i = 0; i < rows.Count; i++)
            {
                if (sizes[clusters[i]] > 1 && (farthest < 0 || distances[i] > distances[farthest]))
                {
                    farthest = i;
                }
            }

            sizes[clusters[farthest]]--;
            clusters[farthest] = c;
            distances[farthest] = 0;
            sizes[c] = 1;
        }

        double[][] means = [.. Enumerable.Range(0, k).Select(_ => new double[columns])];
        for (int i = 0; i < rows.Count; i++)
        {
            TensorPrimitives.Add(means[clusters[i]], rows[i], means[clusters[i]]);
        }

        for (int c = 0; c < k; c++)
        {
            TensorPrimitives.Divide(means[c], sizes[c], means[c]);
        }

        return means;
    }

    /// <summary>The variance of each column, averaged over the columns: the scale for tolerances.</summary>
    public static double MeanVariance(RowBuffer rows, int columns)
    {
        double[] mean = Means(rows, columns, new int[rows.Count], new double[rows.Count], 1)[0];
        double sum = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            sum += DistanceMetric.SquaredEuclidean.Between(rows[i], mean);
        }

        return columns == 0 ? 0 : sum / rows.Count / columns;
    }
}
