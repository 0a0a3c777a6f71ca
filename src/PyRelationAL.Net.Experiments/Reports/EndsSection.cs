namespace PyRelationAL.Experiments.Reports;

/// <summary>The numbers behind the curves: where they begin, where they end, and how long it took.</summary>
internal static class EndsSection
{
    public static Markup Render(ReportContent content) => content.Settings.Count == 0
        ? Markup.Empty
        : Markup.Html(
            $"""
            <section>
            <h2>From start to end</h2>
            <p class="soft">Mean ± standard deviation over folds and seeds; time is the mean of a run, on one thread.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Scores at the start and at the end"><table class="sortable">
            <thead><tr>
            <th scope="col">setting</th><th scope="col" class="text">strategy</th><th scope="col" class="text">metric</th><th scope="col">labelled</th>
            <th scope="col">initial model</th><th scope="col">final model</th><th scope="col">mean over rounds</th><th scope="col">time</th>
            </tr></thead>
            <tbody>
            {content.Settings.SelectMany(setting => setting.Strategies.Select((s, i) => Row(setting, s, i == 0, content)))}</tbody></table></div>
            </section>
            """);

    private static Markup Row(SettingSummary setting, StrategySummary strategy, bool isFirst, ReportContent content)
    {
        string labelled = $"{NumberText.Count(strategy.Curve[0].Labelled)} → {NumberText.Count(strategy.Curve[^1].Labelled)}";
        return Markup.Html(
            $"""
            <tr class="{(isFirst ? "first" : null)}">
            <th scope="row">{CurvesSection.Name(setting, content)}</th>
            <td class="text">{strategy.Strategy}</td><td class="text">{MetricChoice.DisplayName(setting.Metric)}</td><td data-sort="{Markup.Html($"{strategy.Curve[^1].Labelled}")}">{labelled}</td>
            <td>{NumberText.Of(strategy.Curve[0].Score)}</td><td>{NumberText.Of(strategy.Final)}</td><td>{NumberText.Of(strategy.MeanOverRounds)}</td>
            <td>{(strategy.MeanSeconds is { } seconds ? NumberText.Seconds(seconds) : "–")}</td>
            </tr>

            """);
    }
}
