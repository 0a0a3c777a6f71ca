using System.Globalization;

namespace PyRelationAL.Experiments;

/// <summary>Numbers for people: as many digits as tell something, a dash where there is no number.</summary>
public static class NumberText
{
    private const string None = "–";

    /// <summary>Four significant digits; numbers from a million on and below 0.0001 with an exponent.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>For example <c>0.9231</c>; a dash where the number is not finite.</returns>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        double size = Math.Abs(value);
        string format = size switch
        {
            0 => "0",
            >= 1e6 or < 1e-4 => "0.000e0",
            >= 1000 => "0",
            >= 100 => "0.0",
            >= 10 => "0.00",
            >= 1 => "0.000",
            _ => "0.0000",
        };
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>Mean ± standard deviation, or the mean alone where one value has no deviation.</summary>
    /// <param name="statistics">The statistics.</param>
    /// <returns>For example <c>0.9231 ± 0.0120</c>.</returns>
    public static string Of(SampleStatistics statistics) =>
        double.IsFinite(statistics.StandardDeviation) ? $"{Of(statistics.Mean)} ± {Of(statistics.StandardDeviation)}" : Of(statistics.Mean);

    /// <summary>A number of items, which may be a mean over folds.</summary>
    /// <param name="count">The number.</param>
    /// <returns>For example <c>32</c> or <c>32.4</c>.</returns>
    public static string Count(double count) => count.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A duration in its natural unit.</summary>
    /// <param name="seconds">Seconds, at least 0.</param>
    /// <returns>For example <c>350 ms</c>, <c>4.2 s</c> or <c>12.5 min</c>.</returns>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };
}
