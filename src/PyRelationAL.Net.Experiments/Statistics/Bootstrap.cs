using PyRelationAL.Numerics;
using Normal = MathNet.Numerics.Distributions.Normal;

namespace PyRelationAL.Experiments;

/// <summary>
/// Confidence intervals by resampling with replacement (Efron and Tibshirani, 1993, An Introduction to the Bootstrap): no assumption about the form of the
/// distribution, but the values must be independent.
/// </summary>
/// <remarks>
/// <para>
/// The resamples come from a child of the given stream, so equal streams and equal numbers of values give equal resamples, and the caller's stream does not
/// advance. With n values no replicate knows more than they do: below about n = 10 the intervals are too narrow (the mean's standard error is too small by
/// √((n − 1)/n)), and Student's t in <see cref="SampleStatistics"/> is the safer one.
/// </para>
/// <para>Cost: O(resamples · n) evaluations and a sort.</para>
/// </remarks>
public static class Bootstrap
{
    /// <summary>How many resamples are drawn unless told otherwise.</summary>
    public const int DefaultResamples = 10_000;

    /// <summary>An interval for the mean.</summary>
    /// <param name="values">At least one value, all finite; with one the ends are NaN.</param>
    /// <param name="random">Where the resamples come from; it does not advance.</param>
    /// <param name="method">How the interval is made.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <returns>The mean and its interval.</returns>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ConfidenceInterval MeanInterval(
        ReadOnlySpan<double> values,
        RandomStream random,
        BootstrapMethod method = BootstrapMethod.BiasCorrectedAccelerated,
        int resamples = DefaultResamples,
        double level = 0.95) => Interval(values, Mean, random, method, resamples, level);

    /// <summary>An interval for the mean difference of paired values, first − second: two strategies on the same folds and seeds.</summary>
    /// <param name="first">At least one value, all finite.</param>
    /// <param name="second">The values that they are paired with, in the same order.</param>
    /// <param name="random">Where the resamples come from; it does not advance.</param>
    /// <param name="method">How the interval is made.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <returns>The mean difference and its interval.</returns>
    /// <remarks>Pairs are resampled, so what both strategies owe to a start or a fold cancels; unpaired intervals would be much wider.</remarks>
    /// <exception cref="ArgumentException">There are no values, their numbers differ, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ConfidenceInterval PairedDifferenceInterval(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        RandomStream random,
        BootstrapMethod method = BootstrapMethod.BiasCorrectedAccelerated,
        int resamples = DefaultResamples,
        double level = 0.95) => Interval(Paired.Differences(first, second), Mean, random, method, resamples, level);

    /// <summary>An interval for any statistic of independent values.</summary>
    /// <param name="values">At least one value, all finite; with one the ends are NaN.</param>
    /// <param name="statistic">The statistic, finite for every resample and, for BCa, for all values but one.</param>
    /// <param name="random">Where the resamples come from; it does not advance.</param>
    /// <param name="method">How the interval is made.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <returns>The statistic and its interval.</returns>
    /// <remarks>
    /// BCa takes the quantiles Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))) for z = ±Φ⁻¹(1 − α/2), with z₀ = Φ⁻¹(share of replicates below the estimate, equal ones
    /// counted half) and a = Σ dᵢ³ / (6 (Σ dᵢ²)^1.5), where dᵢ is the mean of the jackknife values less the one without value i.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no values, or one, or a replicate, is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static ConfidenceInterval Interval(
        ReadOnlySpan<double> values,
        Func<ReadOnlySpan<double>, double> statistic,
        RandomStream random,
        BootstrapMethod method = BootstrapMethod.BiasCorrectedAccelerated,
        int resamples = DefaultResamples,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(random);
        Guard.Positive(resamples);
        ConfidenceInterval.CheckLevel(level);
        Paired.CheckValues(values, nameof(values));
        double estimate = Guard.Finite(statistic(values));
        if (values.Length == 1)
        {
            return new ConfidenceInterval(estimate, double.NaN, double.NaN, level);
        }

        double[] replicates = Replicates(values, statistic, random, resamples);
        Guard.AllFinite(replicates, 1, "The statistic of the resamples", nameof(statistic));
        Array.Sort(replicates);
        double low = (1 - level) / 2, high = 1 - low;
        if (method == BootstrapMethod.BiasCorrectedAccelerated)
        {
            double bias = Bias(replicates, estimate), acceleration = Acceleration(values, statistic);
            (low, high) = (Corrected(low, bias, acceleration), Corrected(high, bias, acceleration));
        }

        return new ConfidenceInterval(estimate, Quantile(replicates, low), Quantile(replicates, high), level);
    }

    /// <summary>Calls back with the positions of each resample: <paramref name="count"/> draws from [0, count) with replacement.</summary>
    internal static void Resample(int count, RandomStream random, int resamples, Action<int, ReadOnlySpan<int>> each)
    {
        RandomStream stream = random.Child("bootstrap");
        var positions = new int[count];
        for (int b = 0; b < resamples; b++)
        {
            for (int i = 0; i < count; i++)
            {
                positions[i] = stream.NextInt32(count);
            }

            each(b, positions);
        }
    }

    private static double[] Replicates(ReadOnlySpan<double> values, Func<ReadOnlySpan<double>, double> statistic, RandomStream random, int resamples)
    {
        double[] all = values.ToArray(), resample = new double[values.Length], replicates = new double[resamples];
        Resample(all.Length, random, resamples, (b, positions) =>
        {
            for (int i = 0; i < resample.Length; i++)
            {
                resample[i] = all[positions[i]];
            }

            replicates[b] = statistic(resample);
        });
        return replicates;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>z₀; of a share of 0 or 1, half a replicate away from it, since infinite ends would say more than the replicates do.</summary>
    private static double Bias(double[] sorted, double estimate)
    {
        // Resamples that are the values in another order have the same sum but for rounding.
        double rounding = 1e-12 * (sorted[^1] - sorted[0]);
        int below = sorted.Count(r => r < estimate - rounding), equal = sorted.Count(r => Math.Abs(r - estimate) <= rounding);
        double half = 0.5 / sorted.Length;
        return Normal.InvCDF(0, 1, Math.Clamp((below + (0.5 * equal)) / sorted.Length, half, 1 - half));
    }

    private static double Acceleration(ReadOnlySpan<double> values, Func<ReadOnlySpan<double>, double> statistic)
    {
        var without = new double[values.Length];
        var others = new double[values.Length - 1];
        for (int i = 0; i < values.Length; i++)
        {
            values[..i].CopyTo(others);
            values[(i + 1)..].CopyTo(others.AsSpan(i));
            without[i] = statistic(others);
        }

        Guard.AllFinite(without, 1, "The statistic of all values but one", nameof(statistic));
        double mean = Mean(without), squares = without.Sum(v => (mean - v) * (mean - v)), cubes = without.Sum(v => Math.Pow(mean - v, 3));
        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }

    private static double Corrected(double share, double bias, double acceleration)
    {
        double shifted = bias + Normal.InvCDF(0, 1, share), divisor = 1 - (acceleration * shifted);

        // Beyond the pole of the correction there is no quantile left to take but the last.
        return divisor > 0 ? Normal.CDF(0, 1, bias + (shifted / divisor)) : shifted > 0 ? 1 : 0;
    }

    /// <summary>The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996).</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
