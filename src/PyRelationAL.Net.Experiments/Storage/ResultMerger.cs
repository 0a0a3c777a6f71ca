using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>Puts results from several folders, machines or shards into one file.</summary>
public static class ResultMerger
{
    /// <summary>
    /// Merges the results of folders into one: one line for each run, in the order of the plan. A run that several folders hold is kept once if its results are
    /// equal but for timings, versions and machines; a success replaces a failure. Folders may hold parts of one plan, or different plans, whose runs are then
    /// numbered anew. Where the queried items lie (<see cref="ExperimentFolder.ProjectionFile"/>) is put together too, each item once.
    /// </summary>
    /// <param name="sources">The folders, at least one. None is changed, unless it is the target.</param>
    /// <param name="target">
    /// Where the results go: a folder without results, or the only source, whose files of shards become one.
    /// </param>
    /// <returns>
    /// What the target now holds; the warnings tell of lines that were cut off, of different versions, and of places of items that contradict those of an
    /// earlier source and are left out.
    /// </returns>
    /// <exception cref="ExperimentConflictException">
    /// A run has different results, or a data set different data, in two places; the target holds results already, or somebody is writing there.
    /// </exception>
    /// <exception cref="FileNotFoundException">A folder has no results.</exception>
    /// <exception cref="ResultFormatException">A file does not hold results.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public static StoredResults Merge(IReadOnlyList<ExperimentFolder> sources, ExperimentFolder target)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(target);
        if (sources.Count == 0)
        {
            throw new ArgumentException("There is nothing to merge; name at least one folder.", nameof(sources));
        }

        bool isInPlace = sources.Count == 1 && Path.GetFullPath(sources[0].Path) == Path.GetFullPath(target.Path);
        if (!isInPlace && target.ResultFiles.Count > 0)
        {
            throw new ExperimentConflictException($"'{target.Path}' holds results already; merge into another folder, and name this one as a source.");
        }

        ExperimentFolder? empty = sources.FirstOrDefault(folder => folder.ResultFiles.Count == 0);
        if (empty is not null)
        {
            throw new FileNotFoundException($"There are no results in '{empty.Path}'.", empty.ResultsFile);
        }

        Directory.CreateDirectory(target.Path);
        using var right = FolderLock.Take(target.Path, shard: null);
        return Merged(sources, target);
    }

    private static StoredResults Merged(IReadOnlyList<ExperimentFolder> sources, ExperimentFolder target)
    {
        var warnings = new List<string>();
        string[] files = [.. sources.SelectMany(folder => folder.ResultFiles.Concat(folder.ProjectionFiles))];
        var parts = sources.Select(folder => (Manifest: folder.ReadManifest(), Runs: Read(folder, warnings))).ToArray();
        var set = ResultSet.Of([.. parts.SelectMany(part => part.Runs)]);
        if (set.Conflicts.Count > 0)
        {
            string more = set.Conflicts.Count > 1 ? Invariant($" There are {set.Conflicts.Count - 1} more.") : string.Empty;
            throw new ExperimentConflictException($"The results contradict each other: {set.Conflicts[0]}.{more} Leave one of the folders out.");
        }

        if (ResultSet.MixedVersions(set.Runs) is { } mixed)
        {
            warnings.Add(mixed);
        }

        bool isOnePlan = IsOnePlan([.. parts.Select(part => part.Manifest)], parts.SelectMany(part => part.Runs));
        RunResult[] runs = isOnePlan
            ? [.. set.Runs.OrderBy(run => run.Index)]
            : [.. set.Runs.Select((run, place) => run with { Index = place })];
        WholeFile.Write(target.ResultsFile, string.Concat(runs.Select(run => ResultJson.Line(run) + "\n")));
        if (Manifest(parts, runs.Length, isOnePlan) is { } manifest)
        {
            target.Store(manifest);
        }

        if (QueryProjection.Read(sources, warnings) is { Length: > 0 } projections)
        {
            QueryProjection.Write(target.ProjectionFile, projections);
        }

        string[] whole = [target.ResultsFile, target.ProjectionFile];
        foreach (string file in target.ResultFiles.Concat(target.ProjectionFiles).Where(file => !whole.Contains(file) && files.Contains(file)))
        {
            File.Delete(file);
        }

        return new StoredResults(runs, warnings);
    }

    private static List<StoredRun> Read(ExperimentFolder folder, List<string> warnings) =>
        [.. folder.ResultFiles.SelectMany(file => ResultReader.Lines(file, warnings)).OrderBy(run => run.Result.Index)];

    private static bool IsOnePlan(IReadOnlyList<ExperimentManifest?> manifests, IEnumerable<StoredRun> runs)
    {
        (int Index, RunSpec Spec)[] places = [.. runs.Select(run => (run.Result.Index, run.Result.Spec)).Distinct()];
        return manifests.Select(manifest => manifest?.Settings?.Plan).OfType<string>().Distinct().Count() < 2
            && places.DistinctBy(place => place.Index).Count() == places.Length
            && places.DistinctBy(place => place.Spec).Count() == places.Length;
    }

    /// <summary>Of different plans only what they share is known. Null where no folder has a manifest.</summary>
    private static ExperimentManifest? Manifest(IReadOnlyList<(ExperimentManifest? Manifest, List<StoredRun> Runs)> parts, int runs, bool isOnePlan)
    {
        ExperimentManifest[] manifests = [.. parts.Select(part => part.Manifest).OfType<ExperimentManifest>()];
        if (manifests.Length == 0)
        {
            return null;
        }

        if (isOnePlan)
        {
            return manifests.FirstOrDefault(manifest => manifest.Settings is not null) ?? manifests[0];
        }

        int missing = parts.Where(part => part.Manifest is not null)
            .GroupBy(part => part.Manifest!.Settings?.Plan ?? part.Manifest.ToString())
            .Sum(plan => plan.First().Manifest!.PlannedRuns - plan.SelectMany(part => part.Runs).Select(run => run.Result.Spec).Distinct().Count());
        return manifests[0] with
        {
            Command = null,
            Settings = null,
            Scenario = manifests.DistinctBy(manifest => manifest.Scenario).Count() == 1 ? manifests[0].Scenario : null,
            PlannedRuns = runs + Math.Max(0, missing),
            Metrics = [.. manifests.SelectMany(manifest => manifest.Metrics).Distinct()],
            Skipped = [.. manifests.SelectMany(manifest => manifest.Skipped).Distinct()],
        };
    }
}
