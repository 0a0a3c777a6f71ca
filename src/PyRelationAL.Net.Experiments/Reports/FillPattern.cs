namespace PyRelationAL.Experiments.Reports;

/// <summary>How an area is filled: each differs from the others in colour, and in its pattern alone too.</summary>
internal static class FillPattern
{
    /// <summary>The number of fills.</summary>
    public const int Count = 10;

    private const int Colours = 6;

    /// <summary>On tiles of 8 by 8: what is drawn over a tint of the colour.</summary>
    private static readonly string[] Drawings =
    [
        "M0 0H8V8H0Z", "M-2 2L2 -2M0 8L8 0M6 10L10 6", "M2 2h.1M6 6h.1", "M0 2H8M0 6H8", "M0 0L8 8M8 0L0 8",
        "M2 0V8M6 0V8", "M-2 6L2 10M0 0L8 8M6 -2L10 2", string.Empty, "M0 0H4V4H0ZM4 4H8V8H4Z", "M0 6L4 2L8 6",
    ];

    /// <summary>The definitions that all of a page's fills refer to; once in a page.</summary>
    public static Markup Definitions { get; } = Markup.Html(
        $"""
        <svg class="definitions" aria-hidden="true" width="0" height="0"><defs>{Drawings.Select(Definition)}</defs></svg>
        """);

    /// <summary>The value of the attribute <c>fill</c>.</summary>
    /// <param name="position">Which; in [0, <see cref="Count"/>).</param>
    public static Markup Fill(int position) => Markup.Html($"url(#fill{position})");

    /// <summary>What an area looks like, for legends.</summary>
    public static Markup Key(int position) => Markup.Html(
        $"""
        <svg class="swatch" viewBox="0 0 24 14" aria-hidden="true"><rect class="area" x="1" y="1" width="22" height="12" fill="{Fill(position)}"/></svg>
        """);

    private static Markup Definition(string drawing, int position)
    {
        bool isArea = drawing.EndsWith('Z');
        return Markup.Html(
            $"""
            <pattern id="fill{position}" class="c{position % Colours}" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="tint" width="8" height="8"/><path class="{(isArea ? "solid" : "hatch")}" d="{drawing}"/></pattern>
            """);
    }
}
