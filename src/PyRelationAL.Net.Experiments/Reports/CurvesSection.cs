using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>One chart for each setting, with its legend.</summary>
internal static class CurvesSection
{
    public static Markup Render(ReportContent content) => content.Settings.Count == 0
        ? Markup.Empty
        : Markup.Html(
            $"""
            <section>
            <h2>Learning curves</h2>
            <p class="soft">Mean over folds and seeds after each query; the band is its 95 % interval (Student’s t).</p>
            <div class="charts">
            {content.Settings.Select((setting, i) => Figure(setting, content, i))}</div>
            </section>
            """);

    /// <summary>What tells this setting from the others of the report.</summary>
    public static string Name(SettingSummary setting, ReportContent content)
    {
        string name = $"{setting.Dataset}, {setting.Start} start";
        return content.Distinct(spec => spec.Model).Length > 1 ? $"{name}, {setting.Model}" : name;
    }

    private static Markup Figure(SettingSummary setting, ReportContent content, int index)
    {
        IEnumerable<Markup> legend = setting.Strategies.Select(s => Markup.Html(
            $"<li>{LearningCurveChart.Key(content.Styles[s.Strategy])}{s.Strategy}</li>"));
        return Markup.Html(
            $"""
            <figure>
            <h3>{Name(setting, content)}</h3>
            {new LearningCurveChart(setting, content.Styles, Invariant($"plot{index}")).Svg()}
            <ul class="legend">{legend}</ul>
            </figure>

            """);
    }
}
