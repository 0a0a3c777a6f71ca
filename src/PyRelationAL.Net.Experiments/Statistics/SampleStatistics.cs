using MathNet.Numerics.Distributions;

namespace PyRelationAL.Experiments;

/// <summary>Mean, spread and 95 % interval of a sample. Immutable.</summary>
/// <param name="Count">The number n of values.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Their sample standard deviation (divisor n − 1); NaN where n is 1.</param>
/// <param name="HalfWidth">
/// Half the width of the 95 % confidence interval of the mean, t(0.975, n − 1) · s / √n (Student's t; it takes the values for independent and about normal);
/// NaN where n is 1.
/// </param>
public readonly record struct SampleStatistics(int Count, double Mean, double StandardDeviation, double HalfWidth)
{
    private const double UpperTail = 0.975;

    /// <summary>The statistics of some values.</summary>
    /// <param name="values">At least one value.</param>
    /// <returns>The statistics.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static SampleStatistics Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("Statistics need at least one value.", nameof(values));
        }

        int n = values.Count;
        double mean = values.Sum() / n;
        if (n == 1)
        {
            return new SampleStatistics(1, mean, double.NaN, double.NaN);
        }

        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (n - 1));
        return new SampleStatistics(n, mean, deviation, StudentT.InvCDF(0, 1, n - 1, UpperTail) * deviation / Math.Sqrt(n));
    }
}
