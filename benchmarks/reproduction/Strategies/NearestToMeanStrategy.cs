using PyRelationAL.Strategies;

namespace PyRelationAL.Reproduction.Strategies;

/// <summary>Representative sampling of one item, as the paper's tables have it: the candidate nearest to the mean of the pool, the first of equals.</summary>
internal sealed class NearestToMeanStrategy : Strategy
{
    /// <inheritdoc/>
    public override Requirements Requirements => Requirements.None;

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        FeatureMatrix rows = context.PoolRows(FeatureSpace.Features);
        var mean = new double[rows.ColumnCount];
        for (int i = 0; i < rows.RowCount; i++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += row[j];
            }
        }

        for (int j = 0; j < mean.Length; j++)
        {
            mean[j] /= rows.RowCount;
        }

        return new Batch([.. Enumerable.Range(0, rows.RowCount).OrderBy(i => SquaredDistance(rows.Row(i), mean)).Take(count)]);
    }

    private static double SquaredDistance(ReadOnlySpan<float> row, double[] mean)
    {
        double sum = 0;
        for (int j = 0; j < mean.Length; j++)
        {
            double d = row[j] - mean[j];
            sum += d * d;
        }

        return sum;
    }
}
