using PyRelationAL.Numerics;

namespace PyRelationAL.Evaluation;

/// <summary>Metrics of regression, from predicted and true values.</summary>
public static class RegressionMetrics
{
    /// <summary>
    /// Computes MSE, RMSE, MAE and R² (see <see cref="MetricNames"/>). R² of a constant target is 1 where every error is 0, else 0, as in scikit-learn.
    /// </summary>
    /// <param name="predicted">N finite predictions.</param>
    /// <param name="actual">N finite true values.</param>
    /// <returns>Metrics by name.</returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, or a value is NaN or infinite.</exception>
    public static IReadOnlyDictionary<string, double> Compute(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        Guard.SameLength(predicted.Length, actual.Length, "true values", nameof(actual));
        Guard.AllFinite(predicted, 1, "predicted values", nameof(predicted));
        Guard.AllFinite(actual, 1, "true values", nameof(actual));
        if (actual.IsEmpty)
        {
            throw new ArgumentException("Metrics need at least one item.", nameof(actual));
        }

        double mean = 0;
        foreach (double y in actual)
        {
            mean += y / actual.Length;
        }

        double squares = 0, absolutes = 0, total = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double error = predicted[i] - actual[i];
            squares += error * error;
            absolutes += Math.Abs(error);
            total += (actual[i] - mean) * (actual[i] - mean);
        }

        double mse = squares / actual.Length;
        return new Dictionary<string, double>
        {
            [MetricNames.MeanSquaredError] = mse,
            [MetricNames.RootMeanSquaredError] = Math.Sqrt(mse),
            [MetricNames.MeanAbsoluteError] = absolutes / actual.Length,
            // Not by the total alone: rounding of the mean gives equal targets a tiny one.
            [MetricNames.RSquared] = total > 0 && actual.ContainsAnyExcept(actual[0]) ? 1 - (squares / total) : squares == 0 ? 1 : 0,
        };
    }
}
