using PyRelationAL.Experiments;
using static System.FormattableString;

namespace PyRelationAL.Cli.Bench;

/// <summary>Carries out an experiment, or a shard of it, in a folder: goes on where an earlier process stopped, and reports when all is there.</summary>
internal sealed class ExperimentJob(ToolConsole console, ExperimentFolder folder, Shard? shard, bool fresh)
{
    public ExperimentFolder Folder => folder;

    /// <exception cref="UsageException">The folder cannot be written, or holds other results.</exception>
    public JobResults Run(PreparedExperiment experiment, ExperimentManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            (ExperimentResults share, string file) = Execute(experiment, manifest, cancellationToken);
            RunResult[] all = shard is null ? [.. share.Runs] : [.. folder.ReadResults().Runs];
            bool isReported = shard is null || all.Length == experiment.Runs.Count;
            if (isReported)
            {
                HtmlReport.Write(folder, manifest.Metrics, share.WasCancelled ? null : experiment);
            }

            ExperimentResults results = isReported ? new ExperimentResults(all, experiment.Runs.Count, share.WasCancelled) : share;
            return new JobResults(results, share, file, all.Length, experiment.Runs.Count, isReported);
        }
        catch (PyRelationALException e)
        {
            throw new UsageException(UserMessage.Of(e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string kept = folder.ResultFiles.Count > 0
                ? " The runs that are finished are kept; where there is room again, the same command goes on."
                : string.Empty;
            throw new UsageException($"The output folder '{folder.Path}' cannot be written; choose another one with --out. {UserMessage.Of(e)}{kept}", e);
        }
    }

    /// <summary>Says where everything is and what failed.</summary>
    /// <param name="done">What <see cref="Run"/> gave.</param>
    /// <param name="json">Whether standard output is for JSON.</param>
    /// <returns>The exit code.</returns>
    public int Conclude(JobResults done, bool json)
    {
        if (!json)
        {
            console.Output.WriteLine($"Results: {done.File}");
            console.Output.WriteLine(done.IsReported
                ? $"Report:  {folder.ReportFile}"
                : Invariant($"The folder holds {done.Stored} of {done.Planned} runs; whichever shard finishes last writes the report."));
        }

        if (done.Share.WasCancelled)
        {
            console.Error.WriteLine(Invariant(
                $"Stopped: {done.Share.Runs.Count} of {done.Share.PlannedRuns} runs are finished and kept in {done.File}; the same command goes on."));
            return ExitCodes.Interrupted;
        }

        if (done.Share.FailedCount == 0)
        {
            return ExitCodes.Success;
        }

        RunResult first = done.Share.Runs.First(run => run.Status == RunStatus.Failed);
        string message = UserMessage.Of(first.Error!.Message);
        console.Error.WriteLine(Invariant($"{done.Share.FailedCount} of {done.Share.PlannedRuns} runs failed. The first, {first.Spec}: {message}"));
        return ExitCodes.Failure;
    }

    private (ExperimentResults Results, string File) Execute(PreparedExperiment experiment, ExperimentManifest manifest, CancellationToken cancellationToken)
    {
        using ExperimentSession session = folder.Open(experiment, manifest, shard, fresh);
        foreach (string line in manifest.Skipped.Concat(session.Notices))
        {
            console.Error.WriteLine(line);
        }

        int left = session.Remaining.Runs.Count, done = session.Done.Count;
        string share = shard is null ? string.Empty : Invariant($"Shard {shard}: ");
        string before = done == 0 ? string.Empty : Invariant($"{done} of {done + left} runs were done before; ");
        console.Error.WriteLine(left == 0
            ? Invariant($"{share}All {done} runs were done before. --fresh does them anew.")
            : Invariant($"{share}{before}{left} runs on {Math.Min(manifest.Threads, left)} threads"));
        return (
            BenchProgress.Watch(console, progress => session.Run(
                new ExperimentOptions { MaxDegreeOfParallelism = manifest.Threads, Progress = progress }, cancellationToken)),
            session.ResultsFile);
    }
}
