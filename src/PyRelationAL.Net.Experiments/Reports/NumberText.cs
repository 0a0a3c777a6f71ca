using System.Globalization;

namespace PyRelationAL.Experiments.Reports;

/// <summary>Numbers for people: as many digits as tell something, a dash where there is no number.</summary>
internal static class NumberText
{
    private const string None = "–";

    /// <summary>Four significant digits; large and tiny numbers with an exponent.</summary>
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
            >= 1e6 or < 1e-4 => "0.###e0",
            >= 1000 => "0",
            >= 100 => "0.0",
            >= 10 => "0.00",
            >= 1 => "0.000",
            _ => "0.0000",
        };
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>Mean ± standard deviation, or the mean alone where one value has no deviation.</summary>
    public static string Of(SampleStatistics statistics) =>
        double.IsFinite(statistics.StandardDeviation) ? $"{Of(statistics.Mean)} ± {Of(statistics.StandardDeviation)}" : Of(statistics.Mean);

    /// <summary>A number of items, which may be a mean over folds.</summary>
    public static string Count(double count) => count.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A duration in its natural unit.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };
}
