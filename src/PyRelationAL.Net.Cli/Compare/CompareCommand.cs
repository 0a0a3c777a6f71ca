using System.CommandLine;
using System.Diagnostics;
using PyRelationAL.Cli.Bench;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;
using static System.FormattableString;

namespace PyRelationAL.Cli.Compare;

/// <summary><c>compare</c>: which strategy saves the most labels on the user's data, and how sure that is.</summary>
internal sealed class CompareCommand(CommonOptions common, ToolConsole console)
{
    private readonly CompareOptions _options = new();

    public Command Create()
    {
        var command = new ToolCommand(
            "compare",
            "Which strategy saves the most labels on your data, and how sure is that? Simulates every suitable strategy on a fully labelled CSV file, answers "
            + "in words, and writes DIR/results.jsonl and DIR/report.html. What is not given is guessed from the data, and said. The same command goes on "
            + "where it stopped.",
            ("Your own labelled table", "pyrelational compare --data measurements.csv --target yield"),
            ("An answer within a minute", "pyrelational compare --data measurements.csv --target yield --time-budget 60"),
            ("Two strategies with a model of your choice, from a cold start",
                "pyrelational compare --data cells.csv --model LogisticRegression --strategy Margin,BADGE --start cold"),
            ("For programs", "pyrelational compare --data cells.csv --json"));
        foreach (Option option in _options.All)
        {
            command.Add(option);
        }

        command.SetAction((parseResult, cancellationToken) => Task.FromResult(Run(parseResult, cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        var request = CompareRequest.Of(parsed, _options, common, () => Stopwatch.GetElapsedTime(began));
        Shard? shard = UsageException.Guard(() => _options.Continue.ShardOf(parsed, console.Variable));
        if (shard is not null && request.Plan.Options.TimeBudget is not null)
        {
            throw new UsageException(
                "--shard needs --time-budget 0: what there is time for depends on the machine, and each shard would choose other strategies.");
        }

        foreach (string guess in request.Guesses)
        {
            console.Error.WriteLine(guess);
        }

        var folder = new ExperimentFolder(request.Folder);
        ComparisonResults results = Compare(request, folder, shard, parsed, cancellationToken);
        if (results.Answer is null && shard is null && !cancellationToken.IsCancellationRequested && results.Experiment.FailedCount == 0)
        {
            throw new UsageException(Invariant(
                $"The time budget was over before each strategy had a run: {results.Experiment.Runs.Count} runs are kept in {folder.ResultsFile}. ")
                + "Allow more time (--time-budget); the same command goes on.");
        }

        if (parsed.GetValue(common.Json))
        {
            console.Output.WriteLine(CompareJson.Of(results, request, folder));
        }
        else if (IsWhole(results, shard))
        {
            CompareText.Print(console, results);
            console.Output.WriteLine($"Results: {folder.ResultsFileOf(shard)}");
            console.Output.WriteLine($"Report:  {folder.ReportFile}");
        }
        else
        {
            ExperimentResults stored = results.Experiment;
            console.Output.WriteLine($"Results: {folder.ResultsFileOf(shard)}");
            console.Output.WriteLine(
                Invariant($"The folder holds {stored.Runs.Count} of {stored.PlannedRuns} runs; whichever shard finishes last answers and writes the report."));
        }

        return Conclude(results, folder);
    }

    private static bool IsWhole(ComparisonResults results, Shard? shard) => shard is null || results.Experiment.Runs.Count == results.Experiment.PlannedRuns;

    private ComparisonResults Compare(
        CompareRequest request, ExperimentFolder folder, Shard? shard, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            ComparisonResults results = BenchProgress.Watch(console, progress => UsageException.GuardArguments(() => ComparisonRunner.Run(
                request.Plan,
                new ComparisonRunOptions
                {
                    MaxDegreeOfParallelism = common.ThreadsOf(parsed),
                    Folder = folder,
                    Shard = shard,
                    Fresh = parsed.GetValue(_options.Continue.Fresh),
                    Command = request.Command,
                    Started = console.Clock.GetUtcNow(),
                    Progress = progress,
                    Notices = new Lines(console.Error),
                },
                cancellationToken)));
            if (IsWhole(results, shard))
            {
                HtmlReport.Write(folder, experiment: cancellationToken.IsCancellationRequested ? null : request.Plan.Experiment.Prepare(cancellationToken));
            }

            return results;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The output folder '{folder.Path}' cannot be written; choose another one with --out. {UserMessage.Of(e)}", e);
        }
    }

    private int Conclude(ComparisonResults results, ExperimentFolder folder)
    {
        ExperimentResults experiment = results.Experiment;
        if (results.IsOutOfTime)
        {
            console.Error.WriteLine(Invariant($"The time budget is over: {experiment.Runs.Count} of {experiment.PlannedRuns} runs are done. ")
                + "The same command with more --time-budget goes on.");
        }
        else if (experiment.WasCancelled)
        {
            console.Error.WriteLine(Invariant(
                $"Stopped: {experiment.Runs.Count} of {experiment.PlannedRuns} runs are finished and kept in {folder.ResultsFile}; the same command goes on."));
            return ExitCodes.Interrupted;
        }

        if (experiment.FailedCount == 0)
        {
            return ExitCodes.Success;
        }

        RunResult first = experiment.Runs.First(run => run.Status == RunStatus.Failed);
        string message = UserMessage.Of(first.Error!.Message);
        console.Error.WriteLine(Invariant($"{experiment.FailedCount} of {experiment.PlannedRuns} runs failed. The first, {first.Spec}: {message}"));
        return ExitCodes.Failure;
    }

    private sealed class Lines(TextWriter output) : IProgress<string>
    {
        public void Report(string value) => output.WriteLine(value);
    }
}
