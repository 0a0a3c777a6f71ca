using System.Globalization;
using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>Everything that is needed to judge the results and to make them again.</summary>
internal static class SettingsSection
{
    public static Markup Render(ReportContent content) => Markup.Html(
        $"""
        <section>
        <h2>Settings and versions</h2>
        <dl>
        {Items(content).Where(item => item.Value.Length > 0).Select(item => Markup.Html($"<dt>{item.Name}</dt><dd>{item.Value}</dd>\n"))}
        {Choices(content.Manifest?.Skipped ?? [])}</dl>
        </section>
        {Reproduce(content.Manifest?.Command)}
        """);

    private static IEnumerable<(string Name, string Value)> Items(ReportContent content)
    {
        string Of(Func<RunSpec, string> part) => string.Join(", ", content.Distinct(part));
        yield return ("Datasets", Of(s => s.Dataset));
        yield return ("Starts", string.Join(", ", content.Starts));
        yield return ("Scenario", string.Join(", ", content.Distinct(s => s.Scenario ?? string.Empty).Where(name => name.Length > 0)));
        yield return ("Strategies", Of(s => s.Strategy));
        yield return ("Model", Of(s => s.Model));
        yield return ("Folds", Of(s => Invariant($"{s.FoldCount}{(s.Shuffle ? ", shuffled" : ", in the data’s order")}")));
        yield return ("Seeds", Of(s => Invariant($"{s.Seed}")));
        yield return ("Queries", Of(s => s.Rounds is { } rounds ? Invariant($"{rounds}") : "until the pool is empty"));
        yield return ("Items per query", Of(s => Invariant($"{s.BatchSize}")));
        yield return ("Features", Of(s => s.Standardise ? "standardised on the training items of each fold" : "as they are"));
        yield return ("Library", "PyRelationAL.Net " + string.Join(", ", content.Runs.Select(run => run.Version).Distinct()));
        if (content.Manifest is { } manifest)
        {
            yield return ("Runtime", manifest.Runtime);
            yield return ("System", Invariant($"{manifest.OperatingSystem}, {manifest.Processors} processors, {manifest.Threads} threads used"));
            yield return ("Started", manifest.Started?.ToString("yyyy-MM-dd HH:mm 'UTC'zzz", CultureInfo.InvariantCulture) ?? string.Empty);
        }

        yield return ("Machines", string.Join(", ", content.Runs.Select(run => run.Machine?.Name).OfType<string>().Distinct()));
        yield return ("Time of all runs", NumberText.Seconds(content.Runs.Sum(run => run.Timings?.Total ?? 0)) + ", added up over threads");
    }

    /// <summary>What was guessed and left out.</summary>
    private static Markup Choices(IReadOnlyList<string> sentences) => sentences.Count == 0
        ? Markup.Empty
        : Markup.Html($"<dt>Choices</dt>{sentences.Select(sentence => Markup.Html($"<dd>{sentence}</dd>\n"))}");

    private static Markup Reproduce(string? command) => command is null
        ? Markup.Empty
        : Markup.Html(
            $"""
            <section>
            <h2>To get the same results</h2>
            <pre>{command.Split(' ').Select(word => Markup.Html($"<span>{word}</span> "))}</pre>
            <p class="soft">Same seed and version, same results, whatever the number of threads.</p>
            </section>
            """);
}
