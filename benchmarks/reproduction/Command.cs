using System.Diagnostics;
using System.Globalization;
using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Page;
using PyRelationAL.Reproduction.Plans;

namespace PyRelationAL.Reproduction;

/// <summary>The command: runs the parts, goes on where it was stopped, and writes the page.</summary>
internal static class Command
{
    private const int Success = 0, SomeFailed = 1, WrongUsage = 2, Interrupted = 130;

    /// <summary>Runs what the arguments ask for.</summary>
    public static int Run(string[] args)
    {
        CommandOptions options;
        try
        {
            options = CommandOptions.Parse(args);
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return WrongUsage;
        }

        if (options.Help)
        {
            Console.WriteLine(CommandOptions.Usage);
            return Success;
        }

        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };

        int failed = 0;
        foreach (Part part in options.Parts)
        {
            failed += Execute(part, options, cancellation.Token);
            if (cancellation.IsCancellationRequested)
            {
                return Interrupted;
            }
        }

        if (options.WritesPage)
        {
            string docs = Path.Combine(RepositoryFolder.Find(), "docs");
            ReproductionPage.Write(options.Out, docs);
            Say($"written: {Path.Combine(docs, "reproduction.md")}");
        }

        return failed > 0 ? SomeFailed : Success;
    }

    private static int Execute(Part part, CommandOptions options, CancellationToken cancellationToken)
    {
        var folder = new ExperimentFolder(Path.Combine(options.Out, part.Name));
        PreparedExperiment whole = part.Plan(options.Data).Prepare(cancellationToken);
        Func<RunSpec, bool> wants = part.Wants?.Invoke(options.Out) ?? (_ => true);
        RunSpec[] wanted = [.. whole.Runs.Where(options.Wants).Where(wants)];
        RunSpec[] stored = File.Exists(folder.ResultsFile) ? [.. folder.ReadResults().Runs.Select(run => run.Spec)] : [];
        PreparedExperiment left = whole.Without([.. stored, .. whole.Runs.Except(wanted)]);
        Say($"{part.Name}: {wanted.Length} runs, {wanted.Length - left.Runs.Count} of them done before.");
        if (left.Runs.Count == 0)
        {
            return 0;
        }

        var clock = Stopwatch.StartNew();
        var manifest = new ExperimentManifest { PlannedRuns = whole.Runs.Count, Threads = options.Threads };
        ExperimentResults results;
        using (ResultWriter writer = folder.Continue(manifest))
        {
            results = ExperimentRunner.Run(
                left,
                new ExperimentOptions
                {
                    MaxDegreeOfParallelism = options.Threads,
                    RunFinished = writer.Append,
                    Progress = new ConsoleProgress(part.Name, clock),
                },
                cancellationToken);
        }

        var session = new Session(results.Runs.Count, options.Threads, clock.Elapsed.TotalSeconds, PeakMegabytes());
        session.AppendTo(folder.Path);
        Say($"{part.Name}: {session}");
        foreach (RunResult run in results.Runs.Where(run => run.Status == RunStatus.Failed))
        {
            Say($"failed: {run.Spec}: {run.Error!.Message}");
        }

        return results.FailedCount;
    }

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }

    private static void Say(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
