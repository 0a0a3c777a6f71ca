using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PyRelationAL.ActiveLearning;

namespace PyRelationAL.Experiments;

/// <summary>
/// Carries out experiments: runs in parallel, each on one thread. Same plan, same results, on any number of threads; a run that fails is recorded as failed
/// and does not disturb the others.
/// </summary>
public static class ExperimentRunner
{
    /// <summary>Carries out a prepared experiment. Blocks until it is done.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="options">How; by default on all cores, silently.</param>
    /// <param name="cancellationToken">Stops it; the results then hold the runs finished until then.</param>
    /// <returns>The results, in the order of the plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is 0 or below −1.</exception>
    public static ExperimentResults Run(PreparedExperiment experiment, ExperimentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        options ??= new ExperimentOptions();
        IReadOnlyList<PlannedRun> runs = experiment.PlannedRuns;
        // By place in the plan, of which some runs may have been done before.
        var results = new RunResult?[runs.Count == 0 ? 0 : runs[^1].Index + 1];
        var counter = new ProgressCounter(runs, options.Progress, options.RoundFinished);
        var storing = new Lock();
        bool hasFailed = false;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Threads(options.MaxDegreeOfParallelism), CancellationToken = cancellationToken };
        try
        {
            // One run at a time to each worker, in the order of the plan: the default partitioner hands out chunks.
            Parallel.ForEach(Partitioner.Create(runs, EnumerablePartitionerOptions.NoBuffering), parallel, run =>
            {
                var rounds = new RoundCounter(run, counter);
                RunResult? finished = RunExecutor.Execute(run, rounds, cancellationToken);
                // Who watches is no part of the run: what breaks there must not be recorded as its failure.
                rounds.Failure?.Throw();
                if (finished is not { } result)
                {
                    return;
                }

                results[run.Index] = result;
                lock (storing)
                {
                    // What failed to store one result is not asked to store the next: it would stand behind a gap.
                    if (hasFailed)
                    {
                        return;
                    }

                    hasFailed = true;
                    options.RunFinished?.Invoke(result);
                    hasFailed = false;
                }

                counter.AddRun(run.ExpectedRounds - rounds.Count, result.Status == RunStatus.Failed);
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        RunResult[] all = [.. results.OfType<RunResult>()];
        return new ExperimentResults(all, runs.Count, all.Length < runs.Count);
    }

    /// <summary>
    /// Carries out what a folder does not hold yet of an experiment, and keeps each result there as soon as it is finished: stopped, or killed, and called
    /// again, it goes on. Runs that failed are tried again. Blocks until it is done.
    /// </summary>
    /// <param name="experiment">The whole experiment.</param>
    /// <param name="folder">Where its results are kept.</param>
    /// <param name="options">How; by default on all cores, silently.</param>
    /// <param name="cancellationToken">Stops it; the results then hold the runs finished until then.</param>
    /// <returns>The results, those that were there before included, in the order of the plan.</returns>
    /// <exception cref="ExperimentConflictException">
    /// Another process writes in the folder, or it holds results of other settings or other data.
    /// </exception>
    /// <exception cref="IOException">The folder cannot be written; what was finished until then is kept.</exception>
    public static ExperimentResults Run(
        PreparedExperiment experiment, ExperimentFolder folder, ExperimentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(folder);
        using ExperimentSession session = folder.Open(experiment);
        return session.Run(options, cancellationToken);
    }

    private static int Threads(int value) => value is > 0 or -1
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(ExperimentOptions.MaxDegreeOfParallelism),
            value,
            FormattableString.Invariant($"MaxDegreeOfParallelism is {value}; it must be at least 1, or −1 for all cores."));

    /// <summary>Counts the rounds of one run; called by that run's thread only.</summary>
    private sealed class RoundCounter(PlannedRun run, ProgressCounter total) : IProgress<RoundRecord>
    {
        public int Count { get; private set; }

        /// <summary>What the experiment's observer threw.</summary>
        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Report(RoundRecord value)
        {
            Count++;
            try
            {
                total.AddRound(new RunRound(run.Index, run.Spec, value));
            }
            catch (Exception exception)
            {
                Failure = ExceptionDispatchInfo.Capture(exception);
                throw;
            }
        }
    }
}
