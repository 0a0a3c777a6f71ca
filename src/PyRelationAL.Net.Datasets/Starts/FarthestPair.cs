namespace PyRelationAL.Datasets;

/// <summary>The two rows farthest apart, found exactly and without N×N memory.</summary>
internal static class FarthestPair
{
    /// <summary>
    /// Looks at rows from the outermost inwards and stops where the triangle inequality says that no farther pair can follow:
    /// |x − y| ≤ |x − m| + |y − m|, m the mean. Mostly near O(N log N + N D); O(N² D) where all rows are equally far from the mean.
    /// </summary>
    /// <param name="rows">At least two rows.</param>
    /// <param name="cancellationToken">Checked once for each row.</param>
    /// <returns>The first such pair, ordered by the smaller and then the larger row.</returns>
    public static (int First, int Second) Find(FeatureMatrix rows, CancellationToken cancellationToken = default)
    {
        double[] radius = DistancesFromMean(rows);
        int[] order = [.. Enumerable.Range(0, rows.RowCount).OrderByDescending(i => radius[i])];
        (double square, int first, int second) = (-1, 0, 1);
        for (int a = 0; a < order.Length; a++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double reach = double.PositiveInfinity;
            for (int b = a + 1; b < order.Length; b++)
            {
                // The factor makes room for rounding, so that a pair at exactly the largest distance is never cut off and ties stay exact.
                reach = (radius[order[a]] + radius[order[b]]) * (1 + 1e-9);
                if (reach * reach < square)
                {
                    break;
                }

                int low = Math.Min(order[a], order[b]);
                int high = Math.Max(order[a], order[b]);
                double d = SquaredDistance(rows.Row(low), rows.Row(high));
                if (d > square || (d == square && (low, high).CompareTo((first, second)) < 0))
                {
                    (square, first, second) = (d, low, high);
                }
            }

            // Later rows lie further in: twice this row's radius bounds all that is left.
            if (4 * radius[order[a]] * radius[order[a]] * (1 + 1e-9) < square)
            {
                break;
            }
        }

        return (first, second);
    }

    private static double[] DistancesFromMean(FeatureMatrix rows)
    {
        var mean = new double[rows.ColumnCount];
        for (int i = 0; i < rows.RowCount; i++)
        {
            ReadOnlySpan<float> x = rows.Row(i);
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += x[j];
            }
        }

        for (int j = 0; j < mean.Length; j++)
        {
            mean[j] /= rows.RowCount;
        }

        var radius = new double[rows.RowCount];
        for (int i = 0; i < radius.Length; i++)
        {
            ReadOnlySpan<float> x = rows.Row(i);
            double sum = 0;
            for (int j = 0; j < mean.Length; j++)
            {
                double d = x[j] - mean[j];
                sum += d * d;
            }

            radius[i] = Math.Sqrt(sum);
        }

        return radius;
    }

    private static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            double d = (double)x[j] - y[j];
            sum += d * d;
        }

        return sum;
    }
}
