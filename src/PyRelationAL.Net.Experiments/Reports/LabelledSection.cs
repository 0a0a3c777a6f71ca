using System.Text.RegularExpressions;
using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>What was labelled when: the classes of the queries, and where the queried items lie.</summary>
internal static partial class LabelledSection
{
    private static readonly Markup Break = new("<wbr/>");

    public static Markup Render(ReportContent content)
    {
        Markup[] classes = [.. content.Settings.Select(setting => ClassFigure(setting, content)).OfType<Markup>()];
        Markup[] places = [.. content.Settings.Select((setting, i) => PlaceFigure(setting, content, i)).OfType<Markup>()];
        return classes.Length + places.Length == 0
            ? Markup.Empty
            : Markup.Html(
                $"""
                <section>
                <h2>What was labelled when</h2>
                {Part(classes, "The share of each class in what was queried, from the first query to the last, over all folds and seeds.")}
                {Part(places, "Where the queried items of one fold and seed lie, along the two principal components of its training items. " +
                    "Small dots: other items. Hollow: labelled at the start.")}</section>
                """);
    }

    private static Markup Part(Markup[] figures, string explanation) => figures.Length == 0
        ? Markup.Empty
        : Markup.Html($"<p class=\"soft\">{explanation}</p>\n<div class=\"stack\">{figures}</div>\n");

    private static Markup? ClassFigure(SettingSummary setting, ReportContent content)
    {
        RunResult[] runs = [.. content.RunsOf(setting).Where(run => run.QueriedClasses is { Count: > 0 })];
        if (runs.Length == 0)
        {
            return null;
        }

        var legend = ClassLegend.Of(runs, ProjectionOf(setting, content)?.ClassNames);
        IEnumerable<Markup> panels = runs.GroupBy(run => run.Spec.Strategy)
            .Select(strategy => Panel(strategy.Key, new ClassShareChart([.. strategy], legend).Html()));
        return Markup.Html(
            $"""
            <figure>
            <h3>{CurvesSection.Name(setting, content)}: classes by query</h3>
            <ul class="legend">{legend.Names.Select((name, i) => Markup.Html($"<li>{FillPattern.Key(i)}{name}</li>"))}</ul>
            <div class="multiples">{panels}</div>
            </figure>

            """);
    }

    private static Markup? PlaceFigure(SettingSummary setting, ReportContent content, int position)
    {
        if (ProjectionOf(setting, content) is not { Items.Count: > 0 } projection)
        {
            return null;
        }

        RunResult[] runs = [.. content.RunsOf(setting).Where(run => run.Spec with { Strategy = string.Empty } == projection.Spec && run.Queried.Count > 0)];
        if (runs.Length == 0)
        {
            return null;
        }

        int panels = Math.Max(1, content.Settings.Sum(s => s.Strategies.Count));
        var chart = new ProjectionChart(projection, runs, Invariant($"items{position}"), ProjectionChart.PointsFor(panels));
        string explained = string.Join(" and ", projection.Explained.Select(share => Invariant($"{100 * share:0} %")));
        return Markup.Html(
            $"""
            <figure>
            <h3>{CurvesSection.Name(setting, content)}: queried items</h3>
            <p class="soft">Fold {projection.Spec.Fold + 1}, seed {Invariant($"{projection.Spec.Seed}")}; the components have {explained} of the variance.</p>
            {chart.Legend()}
            <div class="multiples">{runs.Select((run, i) => Panel(run.Spec.Strategy, chart.Svg(run, isFirst: i == 0)))}</div>
            </figure>

            """);
    }

    private static Markup Panel(string strategy, Markup chart)
    {
        IEnumerable<Markup> words = WordStart().Split(strategy).Select((word, i) => Markup.Html($"{(i == 0 ? Markup.Empty : Break)}{word}"));
        return Markup.Html($"<div class=\"panel\"><h4>{words}</h4>{chart}</div>\n");
    }

    /// <summary>Where a name may be broken.</summary>
    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();

    private static QueryProjection? ProjectionOf(SettingSummary setting, ReportContent content) =>
        content.Projections.FirstOrDefault(p => ReportContent.IsOf(p.Spec, setting));
}
