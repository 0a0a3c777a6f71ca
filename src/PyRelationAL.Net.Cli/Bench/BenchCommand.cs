using System.CommandLine;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Cli.CommandLine;
using PyRelationAL.Experiments;

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
        var request = BenchRequest.Of(parsed, _options, common);
        Shard? shard = UsageException.Guard(() => _options.Continue.ShardOf(parsed, console.Variable));
        PreparedExperiment experiment = UsageException.Guard(() => request.Plan.Prepare(cancellationToken));
        string[] skipped =
        [
            .. experiment.Skipped.Where(s => request.NamedStrategies || s.What == request.Plan.Scenario?.Name).Select(s => "Left out: " + s.Reason),
        ];
        var job = new ExperimentJob(console, new ExperimentFolder(request.Folder), shard, parsed.GetValue(_options.Continue.Fresh));
        JobResults done = job.Run(experiment, Manifest(request, experiment, skipped, common.ThreadsOf(parsed)), cancellationToken);
        if (parsed.GetValue(common.Json))
        {
            console.Output.WriteLine(BenchJson.Of(done.Results, done.File, job.Folder, request, skipped));
        }
        else if (done.IsReported)
        {
            BenchTable.Print(console, done.Results, request.Metrics);
        }

        if (done.Results.Runs.Count > 0 && done.Results.Runs.All(run => run is { StopReason: StopReason.PoolEmpty, Queried.Count: < 2 }))
        {
            console.Error.WriteLine(
                "The pool was empty after one query, so strategies cannot differ; take a smaller --batch-size, or a start with fewer labels.");
        }

        return job.Conclude(done, parsed.GetValue(common.Json));
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
}
