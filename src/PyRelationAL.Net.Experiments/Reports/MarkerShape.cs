namespace PyRelationAL.Experiments.Reports;

/// <summary>Draws the marker of a series, or of an item.</summary>
internal static class MarkerShape
{
    private const double Radius = 4;

    public static Markup At(SeriesMarker marker, double x, double y)
    {
        return marker switch
        {
            SeriesMarker.Circle => Markup.Html($"<circle class=\"marker\" cx=\"{x}\" cy=\"{y}\" r=\"{Radius}\"/>"),
            SeriesMarker.Cross => Markup.Html($"<path class=\"marker open\" d=\"{Data(marker, x, y, Radius)}\"/>"),
            _ => Markup.Html($"<path class=\"marker\" d=\"{Data(marker, x, y, Radius)}\"/>"),
        };
    }

    /// <summary>A part of a path's data, so that many markers can be one path; the cross is for stroking, the others for filling.</summary>
    public static Markup Data(SeriesMarker marker, double x, double y, double r) => marker switch
    {
        SeriesMarker.Circle => Markup.Html($"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"),
        SeriesMarker.Square => Markup.Html($"M{x - r} {y - r}h{2 * r}v{2 * r}h{-2 * r}Z"),
        SeriesMarker.Triangle => Markup.Html($"M{x} {y - r - 1}l{r + 1} {(2 * r) + 1}h{-2 * (r + 1)}Z"),
        SeriesMarker.Diamond => Markup.Html($"M{x} {y - r - 1}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}Z"),
        _ => Markup.Html($"M{x - r} {y - r}l{2 * r} {2 * r}m{-2 * r} 0l{2 * r} {-2 * r}"),
    };
}
