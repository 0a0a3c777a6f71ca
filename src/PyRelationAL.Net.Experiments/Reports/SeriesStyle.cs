namespace PyRelationAL.Experiments.Reports;

/// <summary>How a strategy is drawn, the same in every chart: colour, dashes and marker each tell strategies apart on their own.</summary>
internal sealed record SeriesStyle(string ColourClass, string Dashes, SeriesMarker Marker)
{
    /// <summary>The number of colours in the style sheet, apart from the baseline's grey.</summary>
    private const int Colours = 6;

    private const string Baseline = "RandomAcquisition";

    private static readonly string[] DashPatterns = ["", "8 3", "2 3", "10 3 2 3", "5 2", "12 3 2 3 2 3", "4 4"];

    /// <summary>The cross is the baseline's alone.</summary>
    private static readonly SeriesMarker[] Markers = [SeriesMarker.Circle, SeriesMarker.Square, SeriesMarker.Triangle, SeriesMarker.Diamond];

    /// <summary>Styles by strategy, in the order in which strategies appear; the random baseline is grey.</summary>
    public static IReadOnlyDictionary<string, SeriesStyle> For(IEnumerable<string> strategies)
    {
        string[] names = [.. strategies.Distinct()];
        string[] others = [.. names.Where(name => name != Baseline)];
        var styles = others.Index().ToDictionary(
            pair => pair.Item,
            pair => new SeriesStyle(
                FormattableString.Invariant($"c{pair.Index % Colours}"), DashPatterns[pair.Index % DashPatterns.Length], Markers[pair.Index % Markers.Length]));
        styles[Baseline] = new SeriesStyle("baseline", "3 4", SeriesMarker.Cross);
        return styles;
    }
}
