namespace PyRelationAL.Experiments.Reports;

/// <summary>Draws the marker of a series.</summary>
internal static class MarkerShape
{
    private const double Radius = 4;

    public static Markup At(SeriesMarker marker, double x, double y)
    {
        const double r = Radius;
        return marker switch
        {
            SeriesMarker.Circle => Markup.Html($"<circle class=\"marker\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>"),
            SeriesMarker.Square => Path(Markup.Html($"M{x - r} {y - r}H{x + r}V{y + r}H{x - r}Z")),
            SeriesMarker.Triangle => Path(Markup.Html($"M{x} {y - r - 1}L{x + r + 1} {y + r}H{x - r - 1}Z")),
            SeriesMarker.Diamond => Path(Markup.Html($"M{x} {y - r - 1}L{x + r + 1} {y}L{x} {y + r + 1}L{x - r - 1} {y}Z")),
            _ => Markup.Html($"<path class=\"marker open\" d=\"M{x - r} {y - r}L{x + r} {y + r}M{x - r} {y + r}L{x + r} {y - r}\"/>"),
        };
    }

    private static Markup Path(Markup data) => Markup.Html($"<path class=\"marker\" d=\"{data}\"/>");
}
