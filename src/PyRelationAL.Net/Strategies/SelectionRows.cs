using PyRelationAL.Distances;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>What strategies share that look at rows of the pool and of the labelled items.</summary>
internal static class SelectionRows
{
    public static void Check(FeatureMatrix candidates, FeatureMatrix labelled, int count)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(labelled);
        SelectionBounds.Check(count, candidates.RowCount);
        if (labelled.RowCount > 0)
        {
            Guard.SameLength(candidates.ColumnCount, labelled.ColumnCount, "columns of the labelled rows", nameof(labelled));
        }
    }

    /// <summary>The same, and that there is room for no scores or for all.</summary>
    public static void Check(FeatureMatrix candidates, FeatureMatrix labelled, int count, ReadOnlySpan<double> scores)
    {
        Check(candidates, labelled, count);
        if (!scores.IsEmpty)
        {
            Guard.SameLength(count, scores.Length, nameof(scores), nameof(scores));
        }
    }

    /// <summary>The labelled rows, asked for only where there are any: embedding nothing is a request that some models refuse.</summary>
    public static FeatureMatrix LabelledOrNone(QueryContext context, FeatureSpace space) =>
        context.Labelled.Count == 0 ? new FeatureMatrix(ReadOnlyMemory<float>.Empty, 0, 0) : context.LabelledRows(space);

    /// <summary>The same of the items that are known to be out of distribution.</summary>
    public static FeatureMatrix OutOfDistributionOrNone(QueryContext context, FeatureSpace space) =>
        context.OutOfDistribution.Count == 0 ? new FeatureMatrix(ReadOnlyMemory<float>.Empty, 0, 0) : context.OutOfDistributionRows(space);

    /// <summary>The dataset indices of the pool, the labelled items, and those known to be out of distribution, one behind the other.</summary>
    public static int[] JoinedIndices(QueryContext context) => [.. context.Pool.Indices, .. context.Labelled.Indices, .. context.OutOfDistribution.Indices];

    /// <summary>Rows, and behind them others of the same width where there are any.</summary>
    public static FeatureMatrix Joined(FeatureMatrix first, FeatureMatrix second)
    {
        if (second.RowCount == 0)
        {
            return first;
        }

        var values = new float[checked(first.Values.Length + second.Values.Length)];
        first.Values.CopyTo(values);
        second.Values.CopyTo(values.AsSpan(first.Values.Length));
        return new FeatureMatrix(values, first.RowCount + second.RowCount, second.ColumnCount);
    }

    /// <summary>The row nearest to the mean of all, the lowest where several are.</summary>
    public static int NearestToMean(FeatureMatrix rows) =>
        System.Numerics.Tensors.TensorPrimitives.IndexOfMin<double>(SquaredDistancesToMean(rows));

    /// <summary>The squared distance of each row to the mean of all.</summary>
    public static double[] SquaredDistancesToMean(FeatureMatrix rows)
    {
        var mean = new double[rows.ColumnCount];
        for (int i = 0; i < rows.RowCount; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += row[j] / (double)rows.RowCount;
            }
        }

        var distances = new double[rows.RowCount];
        WideRows.SquaredDistances(mean, rows.Values, distances);
        return distances;
    }
}
