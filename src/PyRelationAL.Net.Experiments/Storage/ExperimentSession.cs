using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>
/// An experiment that is being carried out in a folder, by this process alone or as one shard of several: what is done, what is left to do, and where results
/// go. Killed at any moment, it loses no more than what was under way, and the next one goes on.
/// </summary>
/// <remarks>Disposing of it lets other processes write in the folder again.</remarks>
public sealed class ExperimentSession : IDisposable
{
    private readonly PreparedExperiment _share;

    /// <summary>Keeps the places of what a shard's runs queried: whoever merges shards has no data.</summary>
    private readonly Action<IReadOnlyList<RunResult>>? _project;

    private readonly ResultWriter _writer;

    private ExperimentSession(
        PreparedExperiment share,
        Action<IReadOnlyList<RunResult>>? project,
        IReadOnlyList<RunResult> done,
        IReadOnlyList<string> notices,
        string resultsFile,
        ResultWriter writer)
    {
        _share = share;
        _project = project;
        _writer = writer;
        Done = done;
        Remaining = share.Without(done.Select(run => run.Spec));
        Notices = notices;
        ResultsFile = resultsFile;
    }

    /// <summary>The runs of this share that are stored and did not fail, in the order of the plan.</summary>
    public IReadOnlyList<RunResult> Done { get; private set; }

    /// <summary>The other runs of this share: what was never finished, and what failed.</summary>
    public PreparedExperiment Remaining { get; private set; }

    /// <summary>What whoever started it should know, as sentences: runs that are tried again, results of other versions.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>The file that this process writes.</summary>
    public string ResultsFile { get; }

    /// <summary>
    /// Carries out what is left. Each result is written as soon as it is finished, so that a process that is killed loses the runs under way and no other;
    /// the disk gets it beside the next runs. <see cref="ExperimentOptions.RunFinished"/> is told of results that are written. Blocks until all is done and on
    /// the disk.
    /// </summary>
    /// <param name="options">How; by default on all cores, silently.</param>
    /// <param name="cancellationToken">Stops it; the results then hold the runs finished until then.</param>
    /// <returns>The results of this share, those of earlier sessions included, in the order of the plan.</returns>
    /// <exception cref="IOException">A result could not be stored, for example since the disk is full. Those before it are kept.</exception>
    public ExperimentResults Run(ExperimentOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(Remaining, options ?? new ExperimentOptions(), cancellationToken);

    /// <summary>Closes the file, and lets others write in the folder.</summary>
    public void Dispose() => _writer.Dispose();

    /// <summary>Carries out some of what is left.</summary>
    internal ExperimentResults Run(PreparedExperiment runs, ExperimentOptions options, CancellationToken cancellationToken)
    {
        using var flusher = new DiskFlusher(_writer.Flush);
        void Store(RunResult run)
        {
            _writer.Write(run);
            flusher.Request();
            options.RunFinished?.Invoke(run);
        }

        ExperimentResults results = ExperimentRunner.Run(runs, options with { RunFinished = Store }, cancellationToken);
        flusher.Complete();
        RunResult[] all = [.. Done.Concat(results.Runs).OrderBy(run => run.Index)];
        Done = [.. all.Where(run => run.Status == RunStatus.Succeeded)];
        Remaining = _share.Without(Done.Select(run => run.Spec));
        if (!results.WasCancelled)
        {
            _project?.Invoke(Done);
        }

        return new ExperimentResults(all, _share.Runs.Count, results.WasCancelled);
    }

    internal static ExperimentSession Open(
        ExperimentFolder folder, PreparedExperiment experiment, ExperimentManifest? manifest, Shard? shard, bool fresh)
    {
        Directory.CreateDirectory(folder.Path);
        var right = FolderLock.Take(folder.Path, shard);
        try
        {
            if (shard is null)
            {
                WholeFile.RemoveDrafts(folder.Path);
            }

            var notices = new List<string>();
            if (fresh && folder.ResultFiles.Count > 0)
            {
                folder.SetAside();
                notices.Add($"The earlier results of this folder are kept in {folder.PreviousResultsFile}.");
            }

            StoredResults stored = folder.ResultFiles.Count > 0 ? folder.ReadResults() : new StoredResults([], []);
            manifest ??= new ExperimentManifest { PlannedRuns = experiment.Runs.Count, Threads = Environment.ProcessorCount };
            Store(folder, experiment, manifest, stored.Runs, shard);
            PreparedExperiment share = shard is null ? experiment : experiment.Share(shard);
            HashSet<RunSpec> wanted = [.. share.Runs];
            RunResult[] mine = [.. stored.Runs.Where(run => wanted.Contains(run.Spec))];
            notices.AddRange(NoticesOf(stored, mine, shard));
            ResultWriter writer = ResultWriter.AppendingTo(folder.ResultsFileOf(shard), right);
            RunResult[] done = [.. mine.Where(run => run.Status == RunStatus.Succeeded)];
            return new ExperimentSession(share, shard is null ? null : Project, done, notices, folder.ResultsFileOf(shard), writer);
        }
        catch
        {
            right.Dispose();
            throw;
        }

        void Project(IReadOnlyList<RunResult> runs)
        {
            if (QueryProjection.Of(experiment, runs) is { Length: > 0 } projections)
            {
                QueryProjection.Write(folder.ProjectionFileOf(shard), projections);
            }
        }
    }

    /// <summary>Stores the manifest, unless the results that are there belong to another one.</summary>
    private static void Store(
        ExperimentFolder folder, PreparedExperiment experiment, ExperimentManifest manifest, IReadOnlyList<RunResult> stored, Shard? shard)
    {
        ExperimentSettings settings = experiment.Settings.Value;
        // Another shard may have begun without having finished a run yet.
        ExperimentManifest? existing = stored.Count > 0 || shard is not null ? folder.ReadManifest() : null;
        Refuse(folder, existing, existing?.Settings is null ? [] : settings.DifferencesFrom(existing.Settings));
        Refuse(folder, existing, Strangers(experiment, stored));
        if (shard is not null && existing is not null)
        {
            return;
        }

        folder.Store(manifest with { Settings = settings, Started = existing?.Started ?? manifest.Started });
    }

    private static void Refuse(ExperimentFolder folder, ExperimentManifest? existing, IReadOnlyList<string> differences)
    {
        if (differences.Count == 0)
        {
            return;
        }

        string command = existing?.Command is null ? string.Empty : $" They were made by: {existing.Command}";
        throw new ExperimentConflictException(
            $"'{folder.Path}' holds results of other settings: {string.Join("; ", differences)}. Repeat those settings, use another folder (--out), or begin "
            + $"anew and keep these results aside (--fresh).{command}");
    }

    /// <summary>Results that are none of the plan's: what the manifest does not tell, as one of an older version.</summary>
    private static IReadOnlyList<string> Strangers(PreparedExperiment experiment, IReadOnlyList<RunResult> stored)
    {
        Dictionary<RunSpec, PlannedRun> planned = experiment.PlannedRuns.ToDictionary(run => run.Spec);
        foreach (RunResult run in stored)
        {
            if (!planned.TryGetValue(run.Spec, out PlannedRun? own))
            {
                return [$"{run.Spec} (model {run.Spec.Model}) is stored there and not part of this plan"];
            }

            if (run.Index != own.Index)
            {
                return [Invariant($"{run.Spec} is run {run.Index + 1} of the plan there and run {own.Index + 1} here")];
            }

            if (run.DataFingerprint is { } data && data != own.DataFingerprint)
            {
                return [$"the data of {run.Spec.Dataset} are not the same, although their name is"];
            }
        }

        return [];
    }

    private static IEnumerable<string> NoticesOf(StoredResults stored, RunResult[] mine, Shard? shard)
    {
        int failed = mine.Count(run => run.Status == RunStatus.Failed);
        if (failed > 0)
        {
            yield return Invariant($"{failed} runs failed before; they are tried again.");
        }

        string[] others = [.. stored.Runs.Select(run => run.Version).Distinct().Where(version => version != LibraryVersion.Current)];
        if (others.Length > 0)
        {
            yield return $"The folder holds results of version {string.Join(", ", others)}; this is {LibraryVersion.Current}. Versions need not agree.";
        }

        // What other shards are just writing looks as if it were cut off.
        foreach (string warning in shard is null ? stored.Warnings : [])
        {
            yield return warning;
        }
    }
}
