using System.CommandLine;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;
using static System.FormattableString;

namespace PyRelationAL.Cli.Bench;

/// <summary><c>bench</c>: strategies compared on datasets.</summary>
internal sealed class BenchCommand(CommonOptions common, ToolConsole console)
{
    private readonly BenchOptions _options = new();

    public Command Create()
    {
        var command = new ToolCommand(
            "bench",
            "Compare strategies on datasets: cross-validated learning curves, a summary table, and DIR/results.jsonl and DIR/report.html. " +
            "Options that take a list may be repeated or take names separated by commas, in any letter case.",
            ("A small job on two datasets, in under a minute", "pyrelational bench"),
            ("Three strategies from two starts", "pyrelational bench --dataset Iris --strategy Entropy,Margin,Random --start cold,warm --seeds 3"),
            ("A faster model, batches of five", "pyrelational bench --dataset Digits --model LogisticRegression --batch-size 5 --queries 40"),
            ("Your own labelled table", "pyrelational bench --data measurements.csv --target yield --out results/mine"));
        foreach (Option option in _options.All)
        {
            command.Add(option);
        }

        command.SetAction((parseResult, cancellationToken) => Task.FromResult(Run(parseResult, cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool json = parsed.GetValue(common.Json);
        var request = BenchRequest.Of(parsed, _options, common);
        PreparedExperiment experiment = UsageException.Guard(() => request.Plan.Prepare(cancellationToken));
        string[] skipped = request.NamedStrategies ? [.. experiment.Skipped.Select(s => "Left out: " + s.Reason)] : [];
        int threads = common.ThreadsOf(parsed);
        var folder = new ExperimentFolder(request.Folder);
        ExperimentResults results = Run(experiment, folder, Manifest(request, experiment, skipped, threads), json, cancellationToken);
        HtmlReport.Write(folder, request.Metrics);

        if (json)
        {
            console.Output.WriteLine(BenchJson.Of(results, folder, request, skipped));
        }
        else
        {
            BenchTable.Print(console, results, request.Metrics);
            console.Output.WriteLine($"Results: {folder.ResultsFile}");
            console.Output.WriteLine($"Report:  {folder.ReportFile}");
        }

        return Conclude(results, folder);
    }

    private ExperimentResults Run(
        PreparedExperiment experiment, ExperimentFolder folder, ExperimentManifest manifest, bool json, CancellationToken cancellationToken)
    {
        bool isReplacing = File.Exists(folder.ResultsFile);
        using ResultWriter writer = Begin(folder, manifest);
        if (!json)
        {
            foreach (string line in manifest.Skipped)
            {
                console.Output.WriteLine(line);
            }

            if (isReplacing)
            {
                console.Output.WriteLine($"The earlier results of this folder are kept in {folder.PreviousResultsFile}.");
            }

            console.Output.WriteLine(Invariant($"{experiment.Runs.Count} runs on {Math.Min(manifest.Threads, experiment.Runs.Count)} threads"));
        }

        return BenchProgress.Watch(console, json, progress => ExperimentRunner.Run(
            experiment,
            new ExperimentOptions { MaxDegreeOfParallelism = manifest.Threads, Progress = progress, RunFinished = writer.Append },
            cancellationToken));
    }

    private static ResultWriter Begin(ExperimentFolder folder, ExperimentManifest manifest)
    {
        try
        {
            return folder.Begin(manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The output folder '{folder.Path}' cannot be written: {UserMessage.Of(e)} Choose another one with --out.", e);
        }
    }

    private ExperimentManifest Manifest(BenchRequest request, PreparedExperiment experiment, string[] skipped, int threads) => new()
    {
        Command = request.Command,
        Started = console.Clock.GetUtcNow(),
        PlannedRuns = experiment.Runs.Count,
        Threads = threads,
        Metrics = request.Metrics,
        Skipped = skipped,
    };

    private int Conclude(ExperimentResults results, ExperimentFolder folder)
    {
        if (results.WasCancelled)
        {
            console.Error.WriteLine(Invariant($"Stopped: {results.Runs.Count} of {results.PlannedRuns} runs are finished and kept in {folder.ResultsFile}."));
            return ExitCodes.Interrupted;
        }

        if (results.FailedCount == 0)
        {
            return ExitCodes.Success;
        }

        RunResult first = results.Runs.First(run => run.Status == RunStatus.Failed);
        console.Error.WriteLine(Invariant($"{results.FailedCount} of {results.PlannedRuns} runs failed. The first, {first.Spec}: {first.Error?.Message}"));
        return ExitCodes.Failure;
    }
}
