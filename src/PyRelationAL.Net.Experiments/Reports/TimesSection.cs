namespace PyRelationAL.Experiments.Reports;

/// <summary>Where the time went, by setting, strategy and phase.</summary>
internal static class TimesSection
{
    private const double Width = 150, Height = 14;

    private static readonly (string Name, Func<RunTimings, double> Seconds)[] Phases =
    [
        ("prepare", t => t.Prepare), ("train", t => t.Train), ("evaluate", t => t.Evaluate), ("select", t => t.Suggest), ("oracle", t => t.Oracle),
        ("other", t => Math.Max(0, t.Total - t.Prepare - t.Train - t.Evaluate - t.Suggest - t.Oracle)),
    ];

    public static Markup Render(ReportContent content)
    {
        Row[] rows = [.. content.Settings.SelectMany(setting => RowsOf(setting, content))];
        return rows.Length == 0
            ? Markup.Empty
            : Markup.Html(
                $"""
                <section>
                <h2>Time by phase</h2>
                <p class="soft">Mean of a run on one thread. Prepare: loading, dividing and scaling the data. Select: predicting on the pool, scoring, choosing. The
                longest bar of each setting has the full width.</p>
                <ul class="legend">{Phases.Select((phase, i) => Markup.Html($"<li>{FillPattern.Key(i)}{phase.Name}</li>"))}</ul>
                <div class="scroll" tabindex="0" role="region" aria-label="Time by phase"><table class="sortable">
                <thead><tr>
                <th scope="col">setting</th><th scope="col" class="text">strategy</th><th scope="col" class="text">total</th>
                {Phases.Select(phase => Markup.Html($"<th scope=\"col\">{phase.Name}</th>"))}
                </tr></thead>
                <tbody>
                {rows.Select(Line)}</tbody></table></div>
                </section>
                """);
    }

    private static IEnumerable<Row> RowsOf(SettingSummary setting, ReportContent content)
    {
        ILookup<string, RunTimings> timings =
            content.RunsOf(setting).Where(run => run.Timings is not null).ToLookup(run => run.Spec.Strategy, run => run.Timings!);
        double longest = timings.Select(runs => runs.Average(t => t.Total)).DefaultIfEmpty().Max();
        return setting.Strategies.Where(s => timings.Contains(s.Strategy)).Select((s, i) => new Row(
            CurvesSection.Name(setting, content),
            s.Strategy,
            i == 0,
            [.. Phases.Select(phase => timings[s.Strategy].Average(phase.Seconds))],
            timings[s.Strategy].Average(t => t.Total),
            longest));
    }

    private static Markup Line(Row row) => Markup.Html(
        $"""
        <tr class="{(row.IsFirst ? "first" : null)}">
        <th scope="row">{row.Setting}</th><td class="text">{row.Strategy}</td><td class="text">{Bar(row)} {NumberText.Seconds(row.Total)}</td>
        {row.Seconds.Select(seconds => Markup.Html($"<td>{NumberText.Seconds(seconds)}</td>"))}
        </tr>

        """);

    private static Markup Bar(Row row)
    {
        double scale = row.Longest > 0 ? Width / Math.Max(row.Longest, row.Seconds.Sum()) : 0, start = 0;
        var parts = new List<Markup>();
        foreach ((int i, double seconds) in row.Seconds.Index())
        {
            double width = seconds * scale;
            if (width >= 0.1)
            {
                parts.Add(Markup.Html($"<rect class=\"area\" x=\"{start}\" width=\"{width}\" height=\"{Height}\" fill=\"{FillPattern.Fill(i)}\"/>"));
            }

            start += width;
        }

        return Markup.Html($"<svg class=\"bar\" viewBox=\"0 0 {Width} {Height}\" aria-hidden=\"true\">{parts}</svg>");
    }

    private sealed record Row(string Setting, string Strategy, bool IsFirst, double[] Seconds, double Total, double Longest);
}
