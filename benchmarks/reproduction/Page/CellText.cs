using System.Globalization;
using PyRelationAL.Reproduction.Paper;

namespace PyRelationAL.Reproduction.Page;

/// <summary>Numbers as the tables print them.</summary>
internal static class CellText
{
    private const double LeastInDecimals = 0.001;

    /// <summary>Mean ± deviation with four decimals, as the paper; two digits and an exponent where four decimals would show none.</summary>
    public static string Of(CellScore? score) => score is null ? "–" : $"{Number(score.Mean)} ± {Number(score.Deviation)}";

    /// <summary>How ours agrees: = for equal, ≈ for within both deviations, ≠ otherwise.</summary>
    public static string Of(Agreement agreement) => agreement switch
    {
        Agreement.Equal => "=",
        Agreement.Within => "≈",
        Agreement.Different => "≠",
        _ => "–",
    };

    /// <summary>A number with so many decimals.</summary>
    public static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Number(double value) => value is > 0 and < LeastInDecimals
        ? value.ToString("0.0e-0", CultureInfo.InvariantCulture)
        : Fixed(value, 4);
}
