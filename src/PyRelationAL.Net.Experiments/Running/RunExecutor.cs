using System.Diagnostics;
using PyRelationAL.ActiveLearning;
using PyRelationAL.Evaluation;
using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>Carries out one run on the calling thread.</summary>
internal static class RunExecutor
{
    /// <summary>Null where the run was cancelled; a run that throws becomes a failed result.</summary>
    public static RunResult? Execute(PlannedRun run, IProgress<RoundRecord> progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            return Succeed(run, clock, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            return Result(run) with { Error = RunError.Of(exception), Timings = RunTimings.Of(clock.Elapsed, TimeSpan.Zero, []) };
        }
    }

    private static RunResult? Succeed(PlannedRun run, Stopwatch clock, IProgress<RoundRecord> progress, CancellationToken cancellationToken)
    {
        RunSpec spec = run.Spec;
        DataManager data = run.Task.CreateDataManager(spec.Seed, cancellationToken);
        TimeSpan prepared = clock.Elapsed;
        int[] initial = [.. data.LabelledIndices];
        int[] outside = [.. data.UnlabelledIndices.Where(index => data.Dataset.GetLabel(index).IsOutOfDistribution)];
        int knownInPool = data.UnlabelledCount - outside.Length;
        bool isOpenSet = outside.Length > 0 && knownInPool > 0;
        LearningTask task = data.Dataset.Task;
        var pipeline = new ActiveLearningPipeline(
            data, run.Model.Create(task), run.Strategy.Create(task), seed: PipelineSeed(spec), maxDegreeOfParallelism: 1);
        StopReason reason = pipeline.Run(new RunOptions { Rounds = spec.Rounds, BatchSize = spec.BatchSize }, progress, cancellationToken);
        if (reason == StopReason.Cancelled)
        {
            return null;
        }

        IReadOnlyList<RoundRecord> history = pipeline.History;
        return Result(run) with
        {
            Task = task.Kind,
            Status = RunStatus.Succeeded,
            StopReason = reason,
            InitialLabelled = initial,
            LabelledCounts = [.. history.Select(r => r.LabelledCount)],
            OutOfDistributionCounts = isOpenSet ? [.. history.Select(r => r.OutOfDistributionCount)] : null,
            Metrics = MetricsOf(history, isOpenSet ? knownInPool : null),
            Queried = [.. history.Where(r => r.Queried.Count > 0).Select(r => r.Queried)],
            QueriedClasses = task.Kind == TaskKinds.Classification
                ? [.. history.Where(r => r.Queried.Count > 0).Select(r => r.Queried.Select(index => QueryProjection.ClassOf(data.Dataset, index)).ToArray())]
                : null,
            Timings = RunTimings.Of(clock.Elapsed, prepared, history),
        };
    }

    /// <summary>What is known before the run.</summary>
    private static RunResult Result(PlannedRun run) => new()
    {
        Index = run.Index,
        Spec = run.Spec,
        Task = run.Task.Source.Info.Task.Kind,
        Status = RunStatus.Failed,
        Version = LibraryVersion.Current,
        Commit = LibraryVersion.Commit,
        DataFingerprint = run.DataFingerprint,
        Machine = RunMachine.Current,
    };

    private static Dictionary<string, IReadOnlyList<double>> MetricsOf(IReadOnlyList<RoundRecord> history, int? knownInPool)
    {
        var metrics = history[0].Metrics.Keys.Order(StringComparer.Ordinal)
            .ToDictionary(name => name, IReadOnlyList<double> (name) => [.. history.Select(r => r.Metrics[name])], StringComparer.Ordinal);
        if (knownInPool is { } known)
        {
            foreach ((string name, IReadOnlyList<double> values) in OpenSetMetrics.Compute(history, known))
            {
                metrics[name] = values;
            }
        }

        return metrics;
    }

    /// <summary>
    /// The strategy is no part of it: strategies that are compared train their models with the same draws. Dataset, start and fold are, so that their
    /// averages are over independent runs.
    /// </summary>
    private static long PipelineSeed(RunSpec spec) => unchecked((long)new RandomStream(spec.Seed)
        .Child("run").Child(spec.Dataset).Child(spec.Start).Child(spec.Fold).NextUInt64());
}
