using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;

namespace PyRelationAL.Cli;

/// <summary><c>merge DIR...</c>: results of several folders or shards in one file.</summary>
internal sealed class MergeCommand(CommonOptions common, ToolConsole console)
{
    public Command Create()
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "Folders that bench or compare wrote; one folder with files of shards may stand alone.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> target = OptionFactory.Text("--out", "Folder for the merged results, without results so far. [default: the only DIR itself]", "DIR");
        var command = new ToolCommand(
            "merge",
            "Put the results of several machines or shards into one results.jsonl, each run once, and write its report. "
            + "Runs that are there twice must be equal.",
            ("Of two machines", "pyrelational merge results/first results/second --out results/both"),
            ("The files of the shards of one folder", "pyrelational merge results/sweep")) { folders, target };
        command.SetAction(parsed =>
        {
            ExperimentFolder[] sources = [.. parsed.GetRequiredValue(folders).Select(path => UsageException.Guard(() => new ExperimentFolder(path)))];
            if (parsed.GetValue(target) is null && sources.Length > 1)
            {
                throw new UsageException("There are several folders; give --out DIR, where the merged results go.");
            }

            var merged = new ExperimentFolder(parsed.GetValue(target) ?? sources[0].Path);
            StoredResults stored = UsageException.Guard(() => ResultMerger.Merge(sources, merged));
            foreach (string warning in stored.Warnings)
            {
                console.Error.WriteLine("warning: " + warning);
            }

            UsageException.Guard(() => HtmlReport.Write(merged));
            int failed = stored.Runs.Count(run => run.Status == RunStatus.Failed);
            int planned = UsageException.Guard(merged.ReadManifest)?.PlannedRuns ?? stored.Runs.Count;
            console.Output.WriteLine(parsed.GetValue(common.Json)
                ? JsonText.Of(new
                {
                    results = merged.ResultsFile,
                    report = merged.ReportFile,
                    runs = stored.Runs.Count,
                    plannedRuns = planned,
                    failed,
                    warnings = stored.Warnings,
                })
                : FormattableString.Invariant($"{stored.Runs.Count} of {planned} runs, {failed} failed, in {merged.ResultsFile}. Report: {merged.ReportFile}"));
            return ExitCodes.Success;
        });
        return command;
    }
}
