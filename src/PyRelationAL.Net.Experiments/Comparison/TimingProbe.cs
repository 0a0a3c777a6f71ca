using System.Collections.Concurrent;
using System.Diagnostics;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Datasets;

namespace PyRelationAL.Experiments;

/// <summary>
/// Measures what a comparison will cost: a run on all training items, one with random queries, and two queries of each other strategy, from the start with the
/// most labels. What a strategy takes beyond random queries is multiplied by the number of queries.
/// </summary>
/// <param name="FullSeconds">The run on all training items; null where it was not done in time.</param>
/// <param name="RandomSeconds">A run with random queries; estimated from the rounds that were done where it was not.</param>
/// <param name="Costs">The strategies in the order of the plan, random queries first.</param>
internal sealed record TimingProbe(double? FullSeconds, double RandomSeconds, IReadOnlyList<StrategyCost> Costs)
{
    private const int Queries = 2;

    /// <summary>Code that runs for the first time is slow, and a clock is not exact.</summary>
    private const double LeastSeconds = 0.25;

    /// <summary>Measures within a time limit, of which the runs that all others need take all at most; the strategies then have half of it all the
    /// same.</summary>
    public static TimingProbe Measure(PreparedExperiment experiment, int threads, TimeSpan limit, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        PlannedRun[] block = [.. experiment.PlannedRuns.TakeWhile(run => SameBlock(run, experiment.PlannedRuns[0]))];
        string lastStart = block[^1].Spec.Start;
        PlannedRun[] runs = [.. block.Where(run => run.Spec.Start == lastStart)];
        using var first = Limited(limit, cancellationToken);
        Probe(runs[0], first.Token);
        RunResult? full = null;
        double random = 0;
        Action[] needed =
        [
            () => full = RunExecutor.Execute(block[0], new RoundClock(), first.Token),
            () => random = RandomSecondsOf(runs[0], first.Token),
        ];
        Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = threads }, needed);
        cancellationToken.ThrowIfCancellationRequested();
        // Again: the first time paid for what is compiled on the way.
        RunResult? baseline = Probe(runs[0], cancellationToken);
        double perQuery = baseline?.Timings is { } timings ? QuerySeconds(timings) : 0, perTraining = baseline?.Timings is { } t ? TrainingSeconds(t) : 0;

        double left = Math.Max(Math.Max(LeastSeconds, limit.TotalSeconds / 2), (limit - Stopwatch.GetElapsedTime(began)).TotalSeconds);
        var each = TimeSpan.FromSeconds(Math.Max(LeastSeconds, Math.Min(left / 2, 2 * left * threads / runs.Length)));
        using var all = Limited(TimeSpan.FromSeconds(left), cancellationToken);
        var costs = new StrategyCost[runs.Length];
        costs[0] = new StrategyCost(runs[0].Strategy, random);
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(1, runs.Length - 1), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i =>
            {
                using var own = Limited(each, all.Token);
                long from = Stopwatch.GetTimestamp();
                costs[i] = Probe(runs[i], own.Token) switch
                {
                    null => new StrategyCost(runs[i].Strategy, null, WasTried: Stopwatch.GetElapsedTime(from) >= each / 2),
                    { Status: RunStatus.Failed } failed => new StrategyCost(runs[i].Strategy, null, failed.Error!.Message),
                    { } probe => new StrategyCost(
                        runs[i].Strategy,
                        random + (runs[i].ExpectedRounds
                            * (Math.Max(0, QuerySeconds(probe.Timings!) - perQuery) + Math.Max(0, TrainingSeconds(probe.Timings!) - perTraining)))),
                };
            });
        cancellationToken.ThrowIfCancellationRequested();
        return new TimingProbe(full?.Status == RunStatus.Succeeded ? full.Timings!.Total : null, random, costs);
    }

    private static bool SameBlock(PlannedRun run, PlannedRun other) => (run.Spec.Fold, run.Spec.Seed) == (other.Spec.Fold, other.Spec.Seed);

    private static CancellationTokenSource Limited(TimeSpan time, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(time);
        return source;
    }

    private static RunResult? Probe(PlannedRun run, CancellationToken cancellationToken) => RunExecutor.Execute(
        run with { Spec = run.Spec with { Rounds = Math.Min(Queries, run.Spec.Rounds ?? Queries) } }, new RoundClock(), cancellationToken);

    // The last query: the first one pays for what is compiled on the way.
    private static double QuerySeconds(RunTimings timings) => timings.SuggestByQuery is { Count: > 0 } queries ? queries[^1] : 0;

    private static double TrainingSeconds(RunTimings timings) => timings.Train / (Queries + 1);

    private static double RandomSecondsOf(PlannedRun run, CancellationToken cancellationToken)
    {
        var clock = new RoundClock();
        long began = Stopwatch.GetTimestamp();
        RunResult? result = RunExecutor.Execute(run, clock, cancellationToken);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return result is null ? seconds * run.ExpectedRounds / Math.Max(1, clock.Rounds) : seconds;
    }

    private sealed class RoundClock : IProgress<RoundRecord>
    {
        public int Rounds { get; private set; }

        public void Report(RoundRecord value) => Rounds++;
    }
}
