namespace PyRelationAL.Experiments.Reports;

/// <summary>IPAUC by strategy and setting; one table for each metric, since numbers of different metrics share no column.</summary>
internal static class ScoresSection
{
    /// <summary>With more columns than this a table needs a smaller print.</summary>
    private const int MostColumns = 6;

    public static Markup Render(ReportContent content) => content.Settings.Count == 0
        ? Markup.Empty
        : Markup.Html(
            $"""
            <section>
            <h2>Area under the learning curve (IPAUC)</h2>
            <p class="soft">Mean ± standard deviation over folds and seeds of the trapezoidal area divided by the number of scores, the initial and the final
            model included. Bold: the best mean. ≈: not told apart from the best by paired t-tests at the 5 % level, with Holm’s correction for all pairs of
            strategies in the setting.</p>
            {content.Settings.GroupBy(setting => setting.Metric).Select(group => Table([.. group], content))}</section>
            """);

    private static Markup Table(SettingSummary[] settings, ReportContent content)
    {
        string[] strategies = [.. settings.SelectMany(s => s.Strategies).Select(s => s.Strategy).Distinct()];
        string better = settings[0].HigherIsBetter ? "higher is better" : "lower is better";
        return Markup.Html(
            $"""
            <div class="scroll" tabindex="0" role="region" aria-label="IPAUC of {MetricChoice.DisplayName(settings[0].Metric)}"><table class="sortable{(settings.Length > MostColumns ? " wide" : null)}">
            <caption>IPAUC of {MetricChoice.DisplayName(settings[0].Metric)}, {better}</caption>
            <thead><tr>
            <th scope="col">strategy</th>{settings.Select(s => Markup.Html($"<th scope=\"col\">{CurvesSection.Name(s, content)}</th>"))}
            </tr></thead>
            <tbody>
            {strategies.Select(name => Row(name, settings))}</tbody>
            <tfoot><tr><th scope="row">runs each</th>{settings.Select(s => Markup.Html($"<td>{RunCounts(s)}</td>"))}</tr></tfoot></table></div>

            """);
    }

    private static Markup Row(string strategy, SettingSummary[] settings) => Markup.Html(
        $"""
        <tr><th scope="row">{strategy}</th>{settings.Select(setting => Cell(setting.Strategies.FirstOrDefault(s => s.Strategy == strategy)))}</tr>

        """);

    private static Markup Cell(StrategySummary? summary) => summary switch
    {
        null => Markup.Html($"<td>–</td>"),
        { Standing: Standing.Best } => Markup.Html($"<td class=\"best\">{NumberText.Of(summary.Ipauc)}</td>"),
        { Standing: Standing.TiedWithBest } => Markup.Html($"<td title=\"not told apart from the best\">≈ {NumberText.Of(summary.Ipauc)}</td>"),
        _ => Markup.Html($"<td>{NumberText.Of(summary.Ipauc)}</td>"),
    };

    private static string RunCounts(SettingSummary setting)
    {
        int least = setting.Strategies.Min(s => s.Ipauc.Count), most = setting.Strategies.Max(s => s.Ipauc.Count);
        return least == most ? FormattableString.Invariant($"{most}") : FormattableString.Invariant($"{least}–{most}");
    }
}
