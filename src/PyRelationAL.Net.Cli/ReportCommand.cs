using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;

namespace PyRelationAL.Cli;

/// <summary><c>report DIR</c>: the HTML page from stored results.</summary>
internal sealed class ReportCommand(CommonOptions common, ToolConsole console)
{
    public Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that bench or compare wrote: it holds results.jsonl." };
        Option<string[]> metrics = OptionFactory.Names("--metric", "Judge by these metrics instead; for each task, the first that fits.", "NAME");
        var command = new ToolCommand(
            "report",
            "Write the HTML report of stored results (DIR/report.html) anew.",
            ("Of a benchmark", "pyrelational report results/bench"),
            ("By other metrics", "pyrelational report results/bench --metric accuracy,rmse")) { folder, metrics };
        command.SetAction(parseResult =>
        {
            var target = UsageException.Guard(() => new ExperimentFolder(parseResult.GetRequiredValue(folder)));
            if (target.ResultFiles.Count == 0)
            {
                throw new UsageException(
                    $"There is no {Path.GetFileName(target.ResultsFile)} in '{target.Path}'. Name the folder that bench or compare wrote.");
            }

            StoredResults stored = UsageException.Guard(() =>
                HtmlReport.Write(target, parseResult.GetValue(metrics) is { Length: > 0 } names ? [.. names.Select(MetricChoice.Find)] : null));
            foreach (string warning in stored.Warnings)
            {
                console.Error.WriteLine("warning: " + warning);
            }

            int failed = stored.Runs.Count(run => run.Status == RunStatus.Failed);
            console.Output.WriteLine(parseResult.GetValue(common.Json)
                ? JsonText.Of(new { report = target.ReportFile, runs = stored.Runs.Count, failed, warnings = stored.Warnings })
                : FormattableString.Invariant($"{stored.Runs.Count} runs, {failed} failed. Report: {target.ReportFile}"));
            return ExitCodes.Success;
        });
        return command;
    }
}
