using static System.FormattableString;

namespace PyRelationAL.Experiments.Reports;

/// <summary>What was run, and whether all of it arrived.</summary>
internal static class HeaderSection
{
    public static string Title(ReportContent content) => content.Runs.Count == 0
        ? "Active learning: no run is finished"
        : "Active learning on " + string.Join(", ", content.Distinct(spec => spec.Dataset));

    public static Markup Render(ReportContent content)
    {
        if (content.Runs.Count == 0)
        {
            return Markup.Html($"<header><h1>{Title(content)}</h1></header>");
        }

        string[] strategies = content.Distinct(spec => spec.Strategy);
        string folds = string.Join(", ", content.Distinct(spec => Invariant($"{spec.FoldCount}")));
        int seeds = content.Distinct(spec => Invariant($"{spec.Seed}")).Length;
        string scenarios = string.Concat(content.Distinct(spec => spec.Scenario is null ? string.Empty : spec.Scenario + ", "));
        string[] starts = content.Starts;
        int onAll = content.Runs.Count(run => !starts.Contains(run.Spec.Start));
        string summary =
            $"{Count(strategies.Length, "strategy", "strategies")} with {string.Join(" and ", content.Distinct(spec => spec.Model))}, " +
            $"{string.Join(" and ", starts)} start, {scenarios}{folds} folds, " +
            $"{Count(seeds, "seed", "seeds")}: {Count(content.Runs.Count - onAll, "run", "runs")}" +
            $"{(onAll == 0 ? string.Empty : $", and {Count(onAll, "run", "runs")} on all training items")}.";
        return Markup.Html(
            $"""
            <header>
            <h1>{Title(content)}</h1>
            <p>{summary}</p>
            {Notices(content).Select(notice => Markup.Html($"<p class=\"notice\">{notice}</p>\n"))}</header>
            """);
    }

    private static IEnumerable<string> Notices(ReportContent content)
    {
        if (content.Runs.Count < content.PlannedRuns)
        {
            yield return Invariant($"{content.Runs.Count} of {content.PlannedRuns} runs were finished; the rest was stopped. Averages are over what there is.");
        }

        if (content.Failed.Count > 0)
        {
            string verb = content.Failed.Count == 1 ? "is" : "are";
            yield return $"{Count(content.Failed.Count, "run", "runs")} failed and {verb} part of no average; see Failures below.";
        }

        foreach (string warning in content.Warnings)
        {
            yield return warning;
        }
    }

    private static string Count(int count, string one, string many) => Invariant($"{count} {(count == 1 ? one : many)}");
}
