using PyRelationAL.Experiments.Reports;

namespace PyRelationAL.Experiments;

/// <summary>
/// A report as one HTML page: what was run, learning curves, IPAUC, queries under a scenario, failures, settings, and the command that repeats it. It needs
/// no network and no script, fits a phone and a sheet of paper, follows the reader's choice of light or dark, and tells strategies apart without colour.
/// </summary>
public static class HtmlReport
{
    private static readonly Lazy<string> StyleSheet = new(() =>
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>Writes the report of a folder of results into it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="metrics">The metrics to judge by, by preference; by default as the experiment was started.</param>
    /// <returns>The results that the report is of.</returns>
    /// <exception cref="IOException">There are no results, or the report cannot be written.</exception>
    /// <exception cref="ResultFormatException">The files do not hold results.</exception>
    public static StoredResults Write(ExperimentFolder folder, IReadOnlyList<string>? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        StoredResults stored = folder.ReadResults();
        WholeFile.Write(folder.ReportFile, Render(stored.Runs, folder.ReadManifest(), metrics, stored.Warnings));
        return stored;
    }

    /// <summary>Makes a report.</summary>
    /// <param name="runs">The results, in the order of the plan.</param>
    /// <param name="manifest">How the experiment was started, where that is known.</param>
    /// <param name="metrics">The metrics to judge by, by preference; by default the manifest's, else each task's own.</param>
    /// <param name="warnings">Sentences to show at the top.</param>
    /// <returns>The page.</returns>
    public static string Render(
        IReadOnlyList<RunResult> runs, ExperimentManifest? manifest = null, IReadOnlyList<string>? metrics = null, IReadOnlyList<string>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var content = new ReportContent(runs, manifest, metrics ?? manifest?.Metrics ?? [], warnings ?? []);
        return Markup.Html(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="PyRelationAL.Net {LibraryVersion.Current}">
            <title>{HeaderSection.Title(content)}</title>
            <style>
            {new Markup(StyleSheet.Value)}</style>
            </head>
            <body>
            {HeaderSection.Render(content)}
            <main>
            {AnswerSection.Render(content)}
            {CurvesSection.Render(content)}
            {ScoresSection.Render(content)}
            {EndsSection.Render(content)}
            {QueriesSection.Render(content)}
            {FailuresSection.Render(content)}
            {SettingsSection.Render(content)}
            </main>
            </body>
            </html>

            """).Text;
    }
}
