using System.Text.Json;
using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>
/// The folder of one experiment: <c>results.jsonl</c>, or a file for each shard, <c>experiment.json</c>, <c>projection.json</c> and <c>report.html</c>. One
/// process at a time may write in it, or one for each shard; a second one is refused. Anyone may read.
/// </summary>
public sealed class ExperimentFolder
{
    /// <summary>Names a folder; nothing is read or written yet.</summary>
    /// <param name="path">The folder.</param>
    public ExperimentFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = path;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The results, one line of JSON for each run; those of shards are in files of their own (<see cref="ResultsFileOf"/>).</summary>
    public string ResultsFile => In("results.jsonl");

    /// <summary>The files of results that are there, the shards' included.</summary>
    public IReadOnlyList<string> ResultFiles => Files(ResultsFile, "results.shard-*-of-*.jsonl");

    /// <summary>Where the results of an earlier experiment in the same folder are kept.</summary>
    public string PreviousResultsFile => In("results.previous.jsonl");

    /// <summary>How the experiment was started.</summary>
    public string ManifestFile => In("experiment.json");

    /// <summary>Where the queried items lie among the others, in two dimensions: what the report draws them from.</summary>
    public string ProjectionFile => In("projection.json");

    /// <summary>The report.</summary>
    public string ReportFile => In("report.html");

    /// <summary>The files that say where queried items lie, the shards' included.</summary>
    internal IReadOnlyList<string> ProjectionFiles => Files(ProjectionFile, "projection.shard-*-of-*.json");

    /// <summary>Where a shard keeps its results: a file of its own, so that shards on several machines need not know of each other.</summary>
    /// <param name="shard">The shard; null for an experiment that is not divided.</param>
    /// <returns>For example <c>results.shard-2-of-8.jsonl</c>; <see cref="ResultsFile"/> without a shard.</returns>
    public string ResultsFileOf(Shard? shard) => shard is null ? ResultsFile : In(Invariant($"results.shard-{shard.Number}-of-{shard.Count}.jsonl"));

    /// <summary>
    /// Opens the folder to carry out an experiment, or what it does not hold of it yet. The folder is created where needed. What is stored stays as it is,
    /// but for a last line that was cut off; runs that failed are to be tried again.
    /// </summary>
    /// <param name="experiment">The whole experiment, shards or not.</param>
    /// <param name="manifest">How it was started, for the report; by default from code, on all processors.</param>
    /// <param name="shard">The share of it that is wanted; null for all.</param>
    /// <param name="fresh">Whether to begin anew: the results that are there are set aside (<see cref="PreviousResultsFile"/>). Not with a shard.</param>
    /// <returns>What is left to do; the caller disposes of it, which lets others write again.</returns>
    /// <exception cref="ExperimentConflictException">
    /// Another process writes in the folder or this shard of it, or it holds results of other settings or other data.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="fresh"/> with a shard: shards that begin anew would set each other's results aside.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    /// <exception cref="ResultFormatException">A file does not hold results.</exception>
    public ExperimentSession Open(PreparedExperiment experiment, ExperimentManifest? manifest = null, Shard? shard = null, bool fresh = false)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return fresh && shard is not null
            ? throw new ArgumentException("Shards cannot begin anew: each would set the results of the others aside. Use another folder.", nameof(fresh))
            : ExperimentSession.Open(this, experiment, manifest, shard, fresh);
    }

    /// <summary>
    /// Begins an experiment without looking at what is stored: sets the results of an earlier experiment aside (<see cref="PreviousResultsFile"/>, replacing
    /// what was there), and stores the manifest.
    /// </summary>
    /// <param name="manifest">How the experiment was started.</param>
    /// <returns>Where its results go; the caller disposes of it.</returns>
    /// <exception cref="ExperimentConflictException">Another process writes in the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public ResultWriter Begin(ExperimentManifest manifest) => Write(manifest, SetAside);

    /// <summary>
    /// Goes on with an experiment that was stopped, whatever its settings: keeps the results that are there, but for a last line that was cut off, and adds to
    /// them. Where there are none, begins it. <see cref="Open"/> also checks that they belong together.
    /// </summary>
    /// <param name="manifest">How the experiment was started, this time.</param>
    /// <returns>Where further results go; the caller disposes of it.</returns>
    /// <exception cref="ExperimentConflictException">Another process writes in the folder.</exception>
    /// <exception cref="ArgumentException">The results that are there are of another scenario.</exception>
    /// <exception cref="ResultFormatException">The folder's manifest is none.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public ResultWriter Continue(ExperimentManifest manifest) => Write(manifest, () =>
    {
        if (ResultFiles.Count > 0 && ReadManifest() is { } earlier && earlier.Scenario != manifest.Scenario)
        {
            throw new ArgumentException(
                $"'{Path}' holds results of {Words(earlier.Scenario)}; it cannot be continued with {Words(manifest.Scenario)}. Use another folder.",
                nameof(manifest));
        }
    });

    /// <summary>Reads the results, those of all shards.</summary>
    /// <returns>The results and warnings.</returns>
    /// <exception cref="FileNotFoundException">The folder has no results.</exception>
    /// <exception cref="ResultFormatException">A file does not hold results.</exception>
    public StoredResults ReadResults() => ResultFiles is { Count: > 0 } files
        ? ResultReader.Read(files)
        : throw new FileNotFoundException($"There is no {System.IO.Path.GetFileName(ResultsFile)} in '{Path}'.", ResultsFile);

    /// <summary>Reads the manifest.</summary>
    /// <returns>The manifest; null where there is none.</returns>
    /// <exception cref="ResultFormatException">The file does not hold a manifest.</exception>
    public ExperimentManifest? ReadManifest()
    {
        if (!File.Exists(ManifestFile))
        {
            return null;
        }

        try
        {
            return ResultJson.ReadManifest(File.ReadAllText(ManifestFile));
        }
        catch (JsonException exception)
        {
            throw new ResultFormatException(ManifestFile, null, "this is not an experiment's manifest. Remove it, or restore it.", exception);
        }
    }

    /// <summary>Where a shard keeps the places of the items that its runs queried, until it is merged.</summary>
    internal string ProjectionFileOf(Shard shard) => In(Invariant($"projection.shard-{shard.Number}-of-{shard.Count}.json"));

    internal void Store(ExperimentManifest manifest) => WholeFile.Write(ManifestFile, ResultJson.Text(manifest) + "\n");

    /// <summary>Sets all results aside, as they are. What was computed from them goes: other data may lie elsewhere.</summary>
    internal void SetAside()
    {
        foreach (string file in ProjectionFiles)
        {
            File.Delete(file);
        }

        IReadOnlyList<string> files = ResultFiles;
        if (files.Count == 1)
        {
            File.Move(files[0], PreviousResultsFile, overwrite: true);
        }
        else if (files.Count > 1)
        {
            WholeFile.Write(PreviousResultsFile, string.Concat(files.Select(file => File.ReadAllText(file).TrimEnd('\n') + "\n")));
            foreach (string file in files)
            {
                File.Delete(file);
            }
        }
    }

    private static string Words(string? scenario) => scenario is null ? "no scenario" : $"the scenario '{scenario}'";

    private IReadOnlyList<string> Files(string whole, string ofShards) => Directory.Exists(Path)
        ? [.. new[] { whole }.Where(File.Exists), .. Directory.EnumerateFiles(Path, ofShards).Order(StringComparer.Ordinal)]
        : [];

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private ResultWriter Write(ExperimentManifest manifest, Action prepare)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Directory.CreateDirectory(Path);
        var right = FolderLock.Take(Path, shard: null);
        try
        {
            prepare();
            Store(manifest);
            return ResultWriter.AppendingTo(ResultsFile, right);
        }
        catch
        {
            right.Dispose();
            throw;
        }
    }
}
