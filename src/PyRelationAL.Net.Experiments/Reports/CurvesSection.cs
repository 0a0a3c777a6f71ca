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
            {content.Settings.Select((setting, i) => Figure(setting, content, Invariant($"plot{i}"), Name(setting, content)))}</div>
            </section>
            """);

    /// <summary>What tells this setting from the others of the report.</summary>
    public static string Name(SettingSummary setting, ReportContent content)
    {
        string name = $"{setting.Dataset}, {setting.Start} start";
        name = content.Distinct(spec => spec.Model).Length > 1 ? $"{name}, {setting.Model}" : name;
        return content.Distinct(spec => spec.Scenario ?? string.Empty).Length > 1 ? $"{name}, {setting.Scenario ?? "plain"}" : name;
    }

    /// <param name="setting">The setting.</param>
    /// <param name="content">What the report draws from.</param>
    /// <param name="id">An id that no other element of the page has.</param>
    /// <param name="heading">What stands above the chart.</param>
    public static Markup Figure(SettingSummary setting, ReportContent content, string id, string heading)
    {
        IEnumerable<Markup> legend = setting.Strategies.Select(s => Markup.Html(
            $"<li data-series=\"{s.Strategy}\">{LearningCurveChart.Key(content.Styles[s.Strategy])}{s.Strategy}</li>"));
        return Markup.Html(
            $"""
            <figure>
            <h3>{heading}</h3>
            {new LearningCurveChart(setting, content.Styles, id).Svg()}
            <ul class="legend">{legend}</ul>
            </figure>

            """);
    }
}
