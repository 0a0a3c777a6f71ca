namespace PyRelationAL.Experiments.Reports;

/// <summary>The learning curves of one setting as SVG: mean and 95 % interval against the number of labelled items.</summary>
internal sealed class LearningCurveChart
{
    private const double Width = 560, Height = 340, Left = 66, Right = 16, Top = 40, Bottom = 52;

    /// <summary>About how many markers a curve gets: enough to follow it, too few to hide it.</summary>
    private const int MarkersPerCurve = 8;

    /// <summary>More bands than this, one over the other, would hide the curves if they were not lighter.</summary>
    private const int MostStrongBands = 3;

    /// <summary>More bands than this would be a fog, however light.</summary>
    private const int MostFaintBands = 12;

    /// <summary>More points than this cannot be told apart on the width of a chart.</summary>
    private const int MostPoints = 200;

    private readonly SettingSummary _setting;
    private readonly IReadOnlyDictionary<string, SeriesStyle> _styles;
    private readonly string _id;
    private readonly AxisScale _x;
    private readonly AxisScale _y;

    /// <param name="setting">The setting.</param>
    /// <param name="styles">How each strategy is drawn.</param>
    /// <param name="id">An id that no other element of the page has.</param>
    public LearningCurveChart(SettingSummary setting, IReadOnlyDictionary<string, SeriesStyle> styles, string id)
    {
        _setting = setting with { Strategies = [.. setting.Strategies.Select(Thinned)] };
        _styles = styles;
        _id = id;
        CurvePoint[] points = [.. setting.Strategies.SelectMany(s => s.Curve)];
        _x = AxisScale.Linear(points.Min(p => p.Labelled), points.Max(p => p.Labelled), toTicks: false);
        _y = AxisScale.ForScores([.. points.Select(p => p.Score)], MetricChoice.Range(setting.Metric));
    }

    public Markup Svg()
    {
        string metric = MetricChoice.DisplayName(_setting.Metric);
        string description = $"{_setting.Dataset}, {_setting.Start} start: {metric} against labelled items. " +
            string.Join(" ", _setting.Strategies.Select(s => $"{s.Strategy} ends at {NumberText.Of(s.Final.Mean)}."));
        return Markup.Html(
            $"""
            <svg class="curves" viewBox="0 0 {Width} {Height}" role="img" aria-label="{description}">
            <clipPath id="{_id}"><rect x="{Left}" y="{Top - 5}" width="{Width - Left - Right + 5}" height="{Height - Top - Bottom + 10}"/></clipPath>
            {Axes(metric)}
            <g clip-path="url(#{_id})">{_setting.Strategies.Select(Band)}</g>
            {_setting.Strategies.Select(Curve)}
            </svg>
            """);
    }

    /// <summary>What a series looks like, for legends in and outside of the chart.</summary>
    public static Markup Key(SeriesStyle style) => Markup.Html(
        $"""
        <svg class="key {style.ColourClass}" viewBox="0 0 36 12" aria-hidden="true">
        <path class="line" stroke-dasharray="{style.Dashes}" d="M1 6H35"/>{MarkerShape.At(style.Marker, 18, 6)}</svg>
        """);

    private double X(double labelled) => Left + (_x.Position(labelled) * (Width - Left - Right));

    private double Y(double score) => Height - Bottom - (_y.Position(score) * (Height - Top - Bottom));

    private Markup Axes(string metric)
    {
        string better = _setting.HigherIsBetter ? "higher is better" : "lower is better";
        string scale = _y.IsLogarithmic ? ", log scale" : string.Empty;
        return Markup.Html(
            $"""
            <g class="axis">
            {_y.Ticks.Select(ScoreTick)}{_x.Ticks.Select(LabelledTick)}
            <path d="M{Left} {Height - Bottom}H{Width - Right}"/>
            <text x="{(Left + Width - Right) / 2}" y="{Height - 6}" text-anchor="middle">labelled items</text>
            <text x="2" y="18">{metric} ({better}{scale})</text>
            </g>
            """);
    }

    private Markup ScoreTick(double tick) => Markup.Html(
        $"""
        <path class="grid" d="M{Left} {Y(tick)}H{Width - Right}"/><text x="{Left - 8}" y="{Y(tick) + 4}" text-anchor="end">{_y.Label(tick)}</text>

        """);

    private Markup LabelledTick(double tick) => Markup.Html(
        $"""
        <path d="M{X(tick)} {Height - Bottom}v5"/><text x="{X(tick)}" y="{Height - Bottom + 19}" text-anchor="middle">{_x.Label(tick)}</text>

        """);

    private Markup Band(StrategySummary strategy)
    {
        // Where the axis ends the interval ends; beyond it the clip path would only hide numbers of any size.
        CurvePoint[] points = [.. strategy.Curve.Where(p => double.IsFinite(p.Score.Mean) && double.IsFinite(p.Score.HalfWidth))];
        if (points.Length < 2)
        {
            return Markup.Empty;
        }

        IEnumerable<Markup> upper = points.Select(p => Point(p.Labelled, Math.Min(p.Score.Mean + p.Score.HalfWidth, _y.High)));
        IEnumerable<Markup> lower = points.Reverse().Select(p => Point(p.Labelled, Math.Max(p.Score.Mean - p.Score.HalfWidth, _y.Low)));
        int bands = _setting.Strategies.Count;
        string style = (bands > MostFaintBands ? "faintest " : bands > MostStrongBands ? "faint " : string.Empty) + _styles[strategy.Strategy].ColourClass;
        return Markup.Html($"<polygon class=\"band {style}\" data-series=\"{strategy.Strategy}\" points=\"{upper.Concat(lower)}\"/>");
    }

    private Markup Curve(StrategySummary strategy, int position)
    {
        CurvePoint[] points = [.. strategy.Curve.Where(p => double.IsFinite(p.Score.Mean))];
        SeriesStyle style = _styles[strategy.Strategy];
        int stride = Math.Max(1, points.Length / MarkersPerCurve);

        // Curves that coincide would hide each other's markers if all had them at the same rounds.
        int offset = position * stride / Math.Max(1, _setting.Strategies.Count);
        IEnumerable<Markup> markers = points.Where((_, i) => i % stride == offset).Select(p => MarkerShape.At(style.Marker, X(p.Labelled), Y(p.Score.Mean)));
        int runs = points.Select(p => p.Score.Count).DefaultIfEmpty().Max();
        IEnumerable<Markup> corners = points.Select(p => Point(p.Labelled, p.Score.Mean));
        return Markup.Html(
            $"""
            <g class="{style.ColourClass}" data-series="{strategy.Strategy}" data-runs="{runs}" data-curve="{points.Select(Told)}">
            <g clip-path="url(#{_id})"><polyline class="line" stroke-dasharray="{style.Dashes}" points="{corners}"/></g>{markers}</g>

            """);
    }

    /// <summary>A point in numbers, for the script: labelled items, mean, and the interval's ends where there is one.</summary>
    private static Markup Told(CurvePoint point)
    {
        SampleStatistics s = point.Score;
        string interval = double.IsFinite(s.HalfWidth) ? $",{NumberText.Of(s.Mean - s.HalfWidth)},{NumberText.Of(s.Mean + s.HalfWidth)}" : string.Empty;
        return Markup.Html($"{NumberText.Count(point.Labelled)},{NumberText.Of(s.Mean)}{interval};");
    }

    private static StrategySummary Thinned(StrategySummary strategy) =>
        strategy with { Curve = [.. QueryProjection.Spread(strategy.Curve.Count, MostPoints).Select(i => strategy.Curve[i])] };

    private Markup Point(double labelled, double score) => Markup.Html($"{X(labelled)},{Y(score)} ");
}
