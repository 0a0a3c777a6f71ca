namespace PyRelationAL.Experiments.Reports;

/// <summary>
/// Finished HTML or SVG. It is made from interpolated strings, in which every inserted value is escaped unless it is markup itself: what a dataset or a
/// strategy is called cannot break out of the page.
/// </summary>
internal readonly record struct Markup(string Text)
{
    public static Markup Empty { get; } = new(string.Empty);

    public static Markup Html(ref MarkupHandler html) => new(html.ToText());

    public override string ToString() => Text;
}
