using System.Globalization;

namespace PyRelationAL.Experiments.Reports;

/// <summary>Maps values to positions in [0, 1] and knows its ticks; linear or logarithmic.</summary>
internal sealed record AxisScale
{
    private const int MostTicks = 6;

    /// <summary>A spread of means beyond this factor flattens a linear axis so much that only the first rounds would be seen.</summary>
    private const double LogarithmicFrom = 30;

    private AxisScale(double low, double high, bool isLogarithmic, IReadOnlyList<double> ticks)
    {
        Low = low;
        High = high;
        IsLogarithmic = isLogarithmic;
        Ticks = ticks;
    }

    public double Low { get; }

    public double High { get; }

    public bool IsLogarithmic { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis whose ends are ticks where <paramref name="toTicks"/>, and the ends of the data otherwise.</summary>
    public static AxisScale Linear(double low, double high, bool toTicks)
    {
        if (!(high > low))
        {
            // One value, or none: an axis around it.
            double around = Math.Abs(low) > 0 ? Math.Abs(low) * 0.1 : 1;
            (low, high) = (low - around, low + around);
        }

        double step = NiceStep((high - low) / (MostTicks - 1));
        long first = (long)(toTicks ? Math.Floor((low / step) + 1e-9) : Math.Ceiling((low / step) - 1e-9));
        long last = (long)(toTicks ? Math.Ceiling((high / step) - 1e-9) : Math.Floor((high / step) + 1e-9));
        double[] ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
        return toTicks ? new AxisScale(ticks[0], ticks[^1], false, ticks) : new AxisScale(low, high, false, ticks);
    }

    /// <summary>An axis over powers of ten, with 2 and 5 between them where there is room.</summary>
    public static AxisScale Logarithmic(double low, double high)
    {
        int from = (int)Math.Floor(Math.Log10(low)), to = (int)Math.Ceiling(Math.Log10(high));
        double[] factors = high / low <= 100 ? [1, 2, 5] : [1];
        int stride = Math.Max(1, (to - from + MostTicks - 1) / MostTicks);
        double[] all = [.. Enumerable.Range(0, to - from + 1).Where(i => i % stride == 0).SelectMany(i => factors.Select(f => f * Math.Pow(10, from + i)))];
        double start = all.LastOrDefault(t => t <= low, low), end = all.FirstOrDefault(t => t >= high, high);
        return new AxisScale(start, end, true, [.. all.Where(t => t >= start && t <= end)]);
    }

    /// <summary>
    /// The axis of a metric: logarithmic for positive values that spread widely, else linear; an interval counts as far as it does not dwarf the curves.
    /// </summary>
    public static AxisScale ForScores(IReadOnlyList<SampleStatistics> scores, (double Least, double Most) range)
    {
        double[] means = [.. scores.Select(s => s.Mean).Where(double.IsFinite)];
        if (means.Length == 0)
        {
            return Linear(0, 1, toTicks: true);
        }

        double low = means.Min(), high = means.Max();
        if (double.IsInfinity(range.Most) && low > 0 && high / low > LogarithmicFrom)
        {
            return Logarithmic(low, high);
        }

        double most = Math.Max(high - low, 0.05 * Math.Abs(high));
        foreach (SampleStatistics s in scores.Where(s => double.IsFinite(s.HalfWidth)))
        {
            double reach = Math.Min(s.HalfWidth, most);
            low = Math.Min(low, s.Mean - reach);
            high = Math.Max(high, s.Mean + reach);
        }

        return Linear(Math.Max(range.Least, low), Math.Min(range.Most, high), toTicks: true);
    }

    /// <summary>The position of a value; outside [0, 1] where the value is outside the axis.</summary>
    public double Position(double value) => IsLogarithmic
        ? (Math.Log(Math.Max(value, double.Epsilon)) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
        : (value - Low) / (High - Low);

    public string Label(double tick)
    {
        // On a linear axis all labels look alike; on a logarithmic one each tick has a size of its own.
        double size = IsLogarithmic ? tick : Math.Max(Math.Abs(Low), Math.Abs(High));
        string text = size is >= 1e5 or < 1e-3
            ? tick.ToString("0.##e0", CultureInfo.InvariantCulture)
            : Math.Round(tick, 10).ToString("0.######", CultureInfo.InvariantCulture);
        return (tick == 0 ? "0" : text).Replace('-', '−');
    }

    private static double NiceStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1.0000001 => power,
            <= 2.0000001 => 2 * power,
            <= 5.0000001 => 5 * power,
            _ => 10 * power,
        };
    }
}
