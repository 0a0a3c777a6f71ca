using PyRelationAL.Evaluation;
using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>What was asked under a scenario, and how long it took to choose: purity, recall of known classes, seconds for each query.</summary>
internal static class QueriesSection
{
    private static readonly string[] Charted = [MetricNames.Purity, MetricNames.KnownRecall];

    private static readonly (string Heading, string Metric)[] Columns =
    [
        ("purity", MetricNames.Purity),
        ("recall", MetricNames.KnownRecall),
        ("balanced accuracy", MetricNames.BalancedAccuracy),
        ("macro-F1", MetricNames.MacroF1),
    ];

    public static Markup Render(ReportContent content)
    {
        RunResult[] runs = [.. content.Runs.Where(run => run.Spec.Scenario is not null)];
        SettingSummary[] charts =
            [.. Charted.SelectMany(metric => SummaryOf(runs, metric)).Select(Drawn).OrderBy(s => Name(s, content), StringComparer.Ordinal)];
        (string Heading, SettingSummary[] Settings)[] columns =
            [.. Columns.Select(column => (column.Heading, SummaryOf(runs, column.Metric))).Where(column => column.Item2.Length > 0)];
        if (columns.Length == 0)
        {
            return Markup.Empty;
        }

        SettingSummary[] times = SummaryOf(runs, MetricNames.SelectionSeconds);
        return Markup.Html(
            $"""
            <section>
            <h2>Queries</h2>
            {Explanation(charts.Length > 0)}
            <div class="charts">
            {charts.Select((setting, i) => CurvesSection.Figure(
                setting, content, Invariant($"queries{i}"), $"{Name(setting, content)}: {MetricChoice.DisplayName(setting.Metric)}"))}</div>
            <div class="scroll" tabindex="0" role="region" aria-label="Queries by strategy"><table class="sortable">
            <thead><tr>
            <th scope="col">setting</th><th scope="col" class="text">strategy</th>{columns.Select(c => Markup.Html($"<th scope=\"col\">{c.Heading}</th>"))}
            <th scope="col">time a query</th>
            </tr></thead>
            <tbody>
            {columns[^1].Settings.SelectMany(setting => setting.Strategies.Select((s, i) => Markup.Html(
                $"""
                <tr class="{(i == 0 ? "first" : null)}">
                <th scope="row">{Name(setting, content)}</th>
                <td class="text">{s.Strategy}</td>{columns.Select(c => Markup.Html($"<td>{Final(c.Settings, setting, s.Strategy)}</td>"))}
                <td>{Seconds(times, setting, s.Strategy)}</td>
                </tr>

                """)))}</tbody></table></div>
            </section>
            """);
    }

    /// <summary>Without the initial model's purity, which is 1 by definition.</summary>
    private static SettingSummary Drawn(SettingSummary setting) => setting.Metric != MetricNames.Purity || setting.Strategies.Any(s => s.Curve.Count < 2)
        ? setting
        : setting with { Strategies = [.. setting.Strategies.Select(s => s with { Curve = [.. s.Curve.Skip(1)] })] };

    private static string Name(SettingSummary setting, ReportContent content) => CurvesSection.Name(setting, content);

    private static Markup Explanation(bool isOpenSet) => isOpenSet
        ? Markup.Html(
            $"""
            <p class="soft">Purity: the share of all queried items that are of known classes. Recall: the share of the pool’s items of known classes that were
            queried. Every queried item costs its label, so that labelled items count those of unknown classes, too. In the table, the values after the last
            query: mean ± standard deviation over folds and seeds; time is the mean over queries.</p>
            """)
        : Markup.Html($"<p class=\"soft\">After the last query; mean ± standard deviation over folds and seeds; time is the mean over queries.</p>");

    private static SettingSummary[] SummaryOf(RunResult[] runs, string metric) =>
        [.. ExperimentSummary.Of(runs, [metric]).Where(setting => setting.Metric == metric)];

    private static StrategySummary? Find(SettingSummary[] settings, SettingSummary wanted, string strategy) => settings
        .FirstOrDefault(s => (s.Dataset, s.Start, s.Model, s.Scenario) == (wanted.Dataset, wanted.Start, wanted.Model, wanted.Scenario))?
        .Strategies.FirstOrDefault(s => s.Strategy == strategy);

    private static string Final(SettingSummary[] settings, SettingSummary wanted, string strategy) =>
        Find(settings, wanted, strategy) is { } summary ? NumberText.Of(summary.Final) : "–";

    // The curve has a 0 for the initial model, which no query led to.
    private static string Seconds(SettingSummary[] times, SettingSummary wanted, string strategy) =>
        Find(times, wanted, strategy) is { Curve.Count: > 1 } summary
            ? NumberText.Seconds(summary.Curve.Skip(1).Average(point => point.Score.Mean))
            : "–";
}
