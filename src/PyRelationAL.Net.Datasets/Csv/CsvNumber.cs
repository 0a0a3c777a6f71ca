using System.Globalization;

namespace PyRelationAL.Datasets;

/// <summary>Numbers in a data file: the same in every culture.</summary>
internal static class CsvNumber
{
    public static bool TryParse(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Whether a text is a number but for a comma in it, as many countries write decimals.</summary>
    public static bool HasDecimalComma(string text) => text.Count(c => c == ',') == 1 && TryParse(text.Replace(',', '.'), out _);

    // Not by way of a double: that would round twice.
    public static float ParseSingle(string text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
