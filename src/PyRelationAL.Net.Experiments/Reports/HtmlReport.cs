using System.Security.Cryptography;
using System.Text;
using PyRelationAL.Experiments.Reports;

namespace PyRelationAL.Experiments;

/// <summary>
/// A report as one HTML page: what was run, learning curves, IPAUC, ranks, wins and losses, what was labelled when, where the time went, failures, settings,
/// and the command that repeats it. It needs no network, fits a phone and a sheet of paper, follows the reader's choice of light or dark, and tells
/// strategies apart without colour. Its script, without which nothing is missing, lets charts be asked and tables be sorted.
/// </summary>
public static class HtmlReport
{
    private static readonly Lazy<string> StyleSheet = new(() => Resource("report.css"));
    private static readonly Lazy<string> Script = new(() => Resource("report.js"));

    /// <summary>Writes the report of a folder of results into it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="metrics">The metrics to judge by, by preference; by default as the experiment was started.</param>
    /// <param name="experiment">
    /// The experiment that the results are of, where it is at hand: of the first fold and seed of each setting it is computed where the queried items lie
    /// among the others, and kept in the folder (<see cref="ExperimentFolder.ProjectionFile"/>) for later reports. That loads the data once more.
    /// </param>
    /// <returns>The results that the report is of.</returns>
    /// <exception cref="IOException">There are no results, or the report cannot be written.</exception>
    /// <exception cref="ResultFormatException">The files do not hold results.</exception>
    public static StoredResults Write(ExperimentFolder folder, IReadOnlyList<string>? metrics = null, PreparedExperiment? experiment = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        StoredResults stored = folder.ReadResults();
        if (experiment is not null)
        {
            QueryProjection.Write(folder.ProjectionFile, QueryProjection.Of(experiment, stored.Runs));
        }

        var warnings = new List<string>(stored.Warnings);
        QueryProjection[] projections = QueryProjection.Read([folder], warnings);
        WholeFile.Write(folder.ReportFile, Render(stored.Runs, folder.ReadManifest(), metrics, warnings, projections));
        return stored;
    }

    /// <summary>Makes a report.</summary>
    /// <param name="runs">The results, in the order of the plan.</param>
    /// <param name="manifest">How the experiment was started, where that is known.</param>
    /// <param name="metrics">The metrics to judge by, by preference; by default the manifest's, else each task's own.</param>
    /// <param name="warnings">Sentences to show at the top.</param>
    /// <returns>The page.</returns>
    public static string Render(
        IReadOnlyList<RunResult> runs, ExperimentManifest? manifest = null, IReadOnlyList<string>? metrics = null, IReadOnlyList<string>? warnings = null) =>
        Render(runs, manifest, metrics, warnings ?? [], []);

    internal static string Render(
        IReadOnlyList<RunResult> runs,
        ExperimentManifest? manifest,
        IReadOnlyList<string>? metrics,
        IReadOnlyList<string> warnings,
        IReadOnlyList<QueryProjection> projections)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var content = new ReportContent(runs, manifest, metrics ?? manifest?.Metrics ?? [], warnings, projections);

        // The page says what it may do: what is not its own style and script is refused by the browser, whatever a result is called.
        string policy = $"default-src 'none'; style-src '{Hash(StyleSheet.Value)}'; script-src '{Hash(Script.Value)}'";
        return Markup.Html(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{new Markup(policy)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="PyRelationAL.Net {LibraryVersion.Current}">
            <title>{HeaderSection.Title(content)}</title>
            <style>{new Markup(StyleSheet.Value)}</style>
            <script>{new Markup(Script.Value)}</script>
            </head>
            <body>
            {FillPattern.Definitions}
            {HeaderSection.Render(content)}
            <main>
            {AnswerSection.Render(content)}
            {CurvesSection.Render(content)}
            {ScoresSection.Render(content)}
            {EndsSection.Render(content)}
            {RanksSection.Render(content)}
            {LabelledSection.Render(content)}
            {QueriesSection.Render(content)}
            {TimesSection.Render(content)}
            {FailuresSection.Render(content)}
            {SettingsSection.Render(content)}
            </main>
            </body>
            </html>

            """).Text;
    }

    /// <summary>With the line ends that a browser sees, since it compares hashes.</summary>
    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
