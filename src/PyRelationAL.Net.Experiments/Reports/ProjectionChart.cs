using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>Where queried items lie, as SVG: shades for early and late queries, shapes for classes.</summary>
internal sealed class ProjectionChart
{
    /// <summary>The number of shades in the style sheet.</summary>
    private const int Shades = 5;

    private const double Width = 240, Height = 190, Margin = 8, Radius = 3.5;

    /// <summary>All charts of a page together; a page of any size is to open quickly.</summary>
    private const int MostPoints = 10_000;

    private static readonly SeriesMarker[] Shapes = [SeriesMarker.Circle, SeriesMarker.Square, SeriesMarker.Triangle, SeriesMarker.Diamond];

    private readonly QueryProjection _projection;
    private readonly Dictionary<int, int> _positions;
    private readonly HashSet<int> _shown;
    private readonly string _id;
    private readonly int _points;
    private readonly int _queries;
    private readonly (double Low, double High) _x;
    private readonly (double Low, double High) _y;

    /// <param name="projection">Where the items lie.</param>
    /// <param name="runs">The runs to be drawn.</param>
    /// <param name="id">An id that no other element of the page has.</param>
    /// <param name="points">The most queried items in one chart.</param>
    public ProjectionChart(QueryProjection projection, RunResult[] runs, string id, int points)
    {
        _projection = projection;
        _id = id;
        _points = points;
        _positions = projection.Items.Index().DistinctBy(pair => pair.Item).ToDictionary(pair => pair.Item, pair => pair.Index);
        _queries = runs.Max(run => run.Queried.Count);
        _shown = [.. runs.SelectMany(run => run.InitialLabelled.Concat(run.Queried.SelectMany(query => query)))];
        _x = (projection.X.Min(), projection.X.Max());
        _y = (projection.Y.Min(), projection.Y.Max());
    }

    /// <summary>The most queried items in each of so many charts.</summary>
    public static int PointsFor(int charts) => Math.Clamp(MostPoints / charts, 20, QueryProjection.MostItemsOfARun);

    public Markup Legend()
    {
        IEnumerable<Markup> shades = Enumerable.Range(0, Math.Min(Shades, _queries)).Select(shade =>
        {
            (int from, int to) = Queries(shade);
            string text = from == to ? Invariant($"query {from}") : Invariant($"queries {from}–{to}");
            return Item(shade, SeriesMarker.Circle, text);
        });
        IEnumerable<Markup> classes = (_projection.Classes ?? []).Distinct().GroupBy(ShapeOf).OrderBy(group => group.Min()).Select(group =>
            Item(null, group.Key, string.Join(", ", group.Order().Select(c => ClassLegend.NameOf(c, _projection.ClassNames)))));
        return Markup.Html($"<ul class=\"legend\">{shades}{classes}</ul>");
    }

    /// <param name="run">The run.</param>
    /// <param name="isFirst">Whether this chart has the items that all charts of the figure share.</param>
    public Markup Svg(RunResult run, bool isFirst)
    {
        (int Query, int Position)[] queried =
            [.. run.Queried.SelectMany((query, i) => query.Where(_positions.ContainsKey).Select(index => (i, _positions[index])))];
        (int Query, int Position)[] thinned = [.. QueryProjection.Spread(queried.Length, _points).Select(i => queried[i])];
        int[] initial = [.. run.InitialLabelled.Where(_positions.ContainsKey).Select(index => _positions[index])];
        int[] start = [.. QueryProjection.Spread(initial.Length, _points).Select(i => initial[i])];
        return Markup.Html(
            $"""
            <svg class="places" viewBox="0 0 {Width} {Height}" role="img" aria-label="{thinned.Length} of {run.Queried.Sum(query => query.Count)} queried items of {run.Spec.Strategy}">
            {(isFirst ? Others() : Markup.Html($"<use href=\"#{_id}\"/>"))}
            {start.GroupBy(Shape).Select(group => Markup.Html($"<path class=\"start\" d=\"{group.Select(Mark)}\"/>"))}
            {thinned.GroupBy(point => (Shade: ShadeOf(point.Query), Shape: Shape(point.Position))).OrderBy(group => group.Key.Shade).Select(group =>
                Markup.Html($"<path class=\"{Style(group.Key.Shade, group.Key.Shape)}\" d=\"{group.Select(point => Mark(point.Position))}\"/>"))}
            </svg>
            """);
    }

    private static Markup Item(int? shade, SeriesMarker shape, string text) => Markup.Html(
        $"""
        <li><svg class="swatch" viewBox="0 0 24 14" aria-hidden="true"><path class="{Style(shade, shape)}" d="{MarkerShape.Data(shape, 12, 7, 4)}"/></svg>{text}</li>
        """);

    private static string Style(int? shade, SeriesMarker shape) =>
        (shade is { } s ? Invariant($"item shade{s}") : "item") + (shape == SeriesMarker.Cross ? " open" : string.Empty);

    // The cross is kept for what is of none of the classes.
    private static SeriesMarker ShapeOf(int c) => c < 0 ? SeriesMarker.Cross : Shapes[c % Shapes.Length];

    private static double Scaled(double value, (double Low, double High) range) =>
        range.High > range.Low ? (value - range.Low) / (range.High - range.Low) : 0.5;

    private Markup Others()
    {
        IEnumerable<Markup> dots = _projection.Items.Where(index => !_shown.Contains(index))
            .Select(index => Markup.Html($"M{X(_positions[index])} {Y(_positions[index])}h0"));
        return Markup.Html($"<path id=\"{_id}\" class=\"others\" d=\"{dots}\"/>");
    }

    private SeriesMarker Shape(int position) => ShapeOf(_projection.Classes is { } classes && position < classes.Count ? classes[position] : 0);

    private int ShadeOf(int query) => _queries <= Shades ? query : (int)((long)query * Shades / _queries);

    private (int From, int To) Queries(int shade)
    {
        int[] queries = [.. Enumerable.Range(0, _queries).Where(query => ShadeOf(query) == shade)];
        return (queries[0] + 1, queries[^1] + 1);
    }

    private Markup Mark(int position) => MarkerShape.Data(Shape(position), X(position), Y(position), Radius);

    private double X(int position) => Margin + (Scaled(_projection.X[position], _x) * (Width - (2 * Margin)));

    private double Y(int position) => Height - Margin - (Scaled(_projection.Y[position], _y) * (Height - (2 * Margin)));
}
