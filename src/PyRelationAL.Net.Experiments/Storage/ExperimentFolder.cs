using System.Text.Json;

namespace PyRelationAL.Experiments;

/// <summary>The folder of one experiment: <c>results.jsonl</c>, <c>experiment.json</c>, <c>projection.json</c> and <c>report.html</c>.</summary>
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

    /// <summary>The results, one line of JSON for each run.</summary>
    public string ResultsFile => System.IO.Path.Combine(Path, "results.jsonl");

    /// <summary>Where the results of an earlier experiment in the same folder are kept.</summary>
    public string PreviousResultsFile => System.IO.Path.Combine(Path, "results.previous.jsonl");

    /// <summary>How the experiment was started.</summary>
    public string ManifestFile => System.IO.Path.Combine(Path, "experiment.json");

    /// <summary>Where the queried items lie among the others, in two dimensions: what the report draws them from.</summary>
    public string ProjectionFile => System.IO.Path.Combine(Path, "projection.json");

    /// <summary>The report.</summary>
    public string ReportFile => System.IO.Path.Combine(Path, "report.html");

    /// <summary>
    /// Begins an experiment: creates the folder where needed, sets the results of an earlier experiment aside (<see cref="PreviousResultsFile"/>, replacing
    /// what was there), and stores the manifest.
    /// </summary>
    /// <param name="manifest">How the experiment was started.</param>
    /// <returns>Where its results go; the caller disposes of it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public ResultWriter Begin(ExperimentManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Directory.CreateDirectory(Path);
        if (File.Exists(ResultsFile))
        {
            File.Move(ResultsFile, PreviousResultsFile, overwrite: true);
        }

        File.WriteAllText(ManifestFile, ResultJson.Text(manifest) + "\n");
        return new ResultWriter(ResultsFile);
    }

    /// <summary>
    /// Goes on with an experiment that was stopped: keeps the results that are there, but for a last line that was cut off, and adds to them. Where there are
    /// none, begins it.
    /// </summary>
    /// <param name="manifest">How the experiment was started, this time.</param>
    /// <returns>Where further results go; the caller disposes of it.</returns>
    /// <exception cref="ArgumentException">The results that are there are of another scenario.</exception>
    /// <exception cref="ResultFormatException">The folder's manifest is none.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public ResultWriter Continue(ExperimentManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (File.Exists(ResultsFile) && ReadManifest() is { } earlier && earlier.Scenario != manifest.Scenario)
        {
            throw new ArgumentException(
                $"'{Path}' holds results of {Words(earlier.Scenario)}; it cannot be continued with {Words(manifest.Scenario)}. Use another folder.",
                nameof(manifest));
        }

        Directory.CreateDirectory(Path);
        File.WriteAllText(ManifestFile, ResultJson.Text(manifest) + "\n");
        return ResultWriter.AppendingTo(ResultsFile);
    }

    /// <summary>Reads the results.</summary>
    /// <returns>The results and warnings.</returns>
    /// <exception cref="FileNotFoundException">The folder has no results.</exception>
    /// <exception cref="ResultFormatException">The file does not hold results.</exception>
    public StoredResults ReadResults() => File.Exists(ResultsFile)
        ? ResultReader.Read(ResultsFile)
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

    private static string Words(string? scenario) => scenario is null ? "no scenario" : $"the scenario '{scenario}'";
}
