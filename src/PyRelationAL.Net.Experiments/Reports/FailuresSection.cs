namespace PyRelationAL.Experiments.Reports;

/// <summary>The runs that failed, and why.</summary>
internal static class FailuresSection
{
    public static Markup Render(ReportContent content) => content.Failed.Count == 0
        ? Markup.Empty
        : Markup.Html(
            $"""
            <section>
            <h2>Failures</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Runs that failed"><table class="sortable">
            <thead><tr><th scope="col">run</th><th scope="col" class="text">error</th></tr></thead>
            <tbody>
            {content.Failed.Select(Row)}</tbody></table></div>
            </section>
            """);

    private static Markup Row(RunResult run) => Markup.Html(
        $"""
        <tr><td class="text">{run.Spec.ToString()}</td><td class="text wrap">{run.Error?.Type}: {run.Error?.Message}</td></tr>

        """);
}
