using System.Numerics.Tensors;

namespace PyRelationAL.Strategies;

/// <summary>
/// Rows in double with the mean and the variance of each column brought to 0 and 1, over the pool and what is known; constant columns become 0.
/// </summary>
internal static class StandardisedRows
{
    /// <summary>The pool's rows, the labelled, and those known to be out of distribution, one behind the other.</summary>
    public static double[] Of(QueryContext context, FeatureSpace space) => Of(SelectionRows.Joined(
        SelectionRows.Joined(context.PoolRows(space), SelectionRows.LabelledOrNone(context, space)), SelectionRows.OutOfDistributionOrNone(context, space)));

    public static double[] Of(FeatureMatrix rows)
    {
        int columns = rows.ColumnCount, count = rows.RowCount;
        var values = new double[rows.Values.Length];
        TensorPrimitives.ConvertChecked<float, double>(rows.Values, values);
        double[] mean = new double[columns], scale = new double[columns];
        for (int i = 0; i < count; i++)
        {
            TensorPrimitives.Add(mean, values.AsSpan(i * columns, columns), mean);
        }

        TensorPrimitives.Divide(mean, Math.Max(1, count), mean);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = values.AsSpan(i * columns, columns);
            TensorPrimitives.Subtract(row, mean, row);
            TensorPrimitives.MultiplyAdd(row, row, scale, scale);
        }

        for (int j = 0; j < columns; j++)
        {
            // What rounding leaves of a constant column is not to be blown up.
            double deviation = Math.Sqrt(scale[j] / Math.Max(1, count));
            scale[j] = deviation > 1e-6 * Math.Abs(mean[j]) && deviation > 0 ? 1 / deviation : 0;
        }

        for (int i = 0; i < count; i++)
        {
            Span<double> row = values.AsSpan(i * columns, columns);
            TensorPrimitives.Multiply(row, scale, row);
        }

        return values;
    }
}
