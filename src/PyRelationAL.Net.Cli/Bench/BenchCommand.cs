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
            ("A pool with items of unknown classes, and a long tail", "pyrelational bench --dataset Digits --open-set 0.4 --imbalance 0.2"),
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
        string[] skipped =
        [
            .. experiment.Skipped.Where(s => request.NamedStrategies || s.What == request.Plan.Scenario?.Name).Select(s => "Left out: " + s.Reason),
        ];
        int threads = common.ThreadsOf(parsed);
        var folder = new ExperimentFolder(request.Folder);
        ExperimentResults results;
        try
        {
            RunResult[] earlier = request.Resumes ? Earlier(experiment, folder) : [];
            results = Run(experiment, earlier, folder, Manifest(request, experiment, skipped, threads), cancellationToken);
            HtmlReport.Write(folder, request.Metrics, results.WasCancelled ? null : experiment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The output folder '{folder.Path}' cannot be written; choose another one with --out. {UserMessage.Of(e)}", e);
        }

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

    /// <summary>The runs of this experiment that the folder has; refuses a folder that has others, too.</summary>
    private RunResult[] Earlier(PreparedExperiment experiment, ExperimentFolder folder)
    {
        if (!File.Exists(folder.ResultsFile))
        {
            return [];
        }

        StoredResults stored = UsageException.Guard(folder.ReadResults);
        HashSet<RunSpec> planned = [.. experiment.Runs];
        if (stored.Runs.FirstOrDefault(run => !planned.Contains(run.Spec)) is { } other)
        {
            throw new UsageException(
                $"'{folder.Path}' holds results of other settings, such as {other.Spec}; they cannot be continued with these. "
                + "Choose another folder with --out.");
        }

        foreach (string warning in stored.Warnings)
        {
            console.Error.WriteLine("warning: " + warning);
        }

        return [.. stored.Runs];
    }

    private ExperimentResults Run(
        PreparedExperiment experiment, RunResult[] earlier, ExperimentFolder folder, ExperimentManifest manifest, CancellationToken cancellationToken)
    {
        bool isReplacing = earlier.Length == 0 && File.Exists(folder.ResultsFile);
        using ResultWriter writer = earlier.Length > 0 ? folder.Continue(manifest) : folder.Begin(manifest);
        foreach (string line in manifest.Skipped)
        {
            console.Error.WriteLine(line);
        }

        if (isReplacing)
        {
            console.Error.WriteLine($"The earlier results of this folder are kept in {folder.PreviousResultsFile}.");
        }

        PreparedExperiment left = experiment.Without(earlier.Select(run => run.Spec));
        string done = earlier.Length == 0 ? string.Empty : Invariant($"; {earlier.Length} are done already");
        console.Error.WriteLine(Invariant($"{left.Runs.Count} runs on {Math.Min(manifest.Threads, left.Runs.Count)} threads{done}"));
        ExperimentResults results = BenchProgress.Watch(console, progress => ExperimentRunner.Run(
            left,
            new ExperimentOptions { MaxDegreeOfParallelism = manifest.Threads, Progress = progress, RunFinished = writer.Append },
            cancellationToken));
        return new ExperimentResults([.. earlier.Concat(results.Runs).OrderBy(run => run.Index)], experiment.Runs.Count, results.WasCancelled);
    }

    private ExperimentManifest Manifest(BenchRequest request, PreparedExperiment experiment, string[] skipped, int threads) => new()
    {
        Command = request.Command,
        Started = console.Clock.GetUtcNow(),
        PlannedRuns = experiment.Runs.Count,
        Threads = threads,
        Metrics = request.Metrics,
        Scenario = request.Plan.Scenario?.Name,
        Skipped = skipped,
    };

    private int Conclude(ExperimentResults results, ExperimentFolder folder)
    {
        if (results.WasCancelled)
        {
            console.Error.WriteLine(
                Invariant($"Stopped: {results.Runs.Count} of {results.PlannedRuns} runs are finished and kept in {folder.ResultsFile}. ")
                + "The same command with --resume goes on.");
            return ExitCodes.Interrupted;
        }

        if (results.FailedCount == 0)
        {
            return ExitCodes.Success;
        }

        RunResult first = results.Runs.First(run => run.Status == RunStatus.Failed);
        string message = UserMessage.Of(first.Error!.Message);
        console.Error.WriteLine(Invariant($"{results.FailedCount} of {results.PlannedRuns} runs failed. The first, {first.Spec}: {message}"));
        return ExitCodes.Failure;
    }
}
