using System.Text.Json;

namespace PyRelationAL.Experiments;

/// <summary>Reads what a <see cref="ResultWriter"/> wrote, also while it writes.</summary>
public static class ResultReader
{
    /// <summary>
    /// Reads a file of results. A last line that was cut off, by a full disk or a killed process, is left out with a warning. Of a run that is there more than
    /// once, a success counts more than a failure, then the first success and the last failure; successes that differ are a warning.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The results, in the order of the plan.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ResultFormatException">
    /// A line before the last is no result, a metric has not one value for each round, or a newer version of this library wrote it.
    /// </exception>
    public static StoredResults Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read([path]);
    }

    /// <summary>The results of several files, as of one.</summary>
    internal static StoredResults Read(IReadOnlyList<string> paths)
    {
        var warnings = new List<string>();
        var set = ResultSet.Of([.. paths.SelectMany(path => Lines(path, warnings))]);
        warnings.AddRange(set.Conflicts.Select(conflict => $"The results contradict each other: {conflict}."));
        return new StoredResults([.. set.Runs.OrderBy(run => run.Index)], warnings);
    }

    internal static List<StoredRun> Lines(string path, List<string> warnings)
    {
        string[] lines = Text(path).Split('\n');
        var runs = new List<StoredRun>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            // The writer ends every line, so that a last line without an end is one that was not written whole.
            if (i == lines.Length - 1)
            {
                warnings.Add(FormattableString.Invariant($"{path}, line {i + 1} was cut off and is left out: its run was not stored whole."));
                continue;
            }

            try
            {
                runs.Add(new StoredRun(path, i + 1, Checked(ResultJson.ReadResult(lines[i]), path, i + 1)));
            }
            catch (JsonException exception)
            {
                throw new ResultFormatException(path, i + 1, "this is not a result. Remove the line, or restore the file.", exception);
            }
        }

        return runs;
    }

    private static string Text(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static RunResult Checked(RunResult run, string path, int line)
    {
        if (run.Schema is < 1 or > RunResult.CurrentSchema)
        {
            throw new ResultFormatException(
                path,
                line,
                FormattableString.Invariant($"the result has layout {run.Schema}; this version reads 1 to {RunResult.CurrentSchema}. Use a newer version."));
        }

        int rounds = run.LabelledCounts.Count;
        return run.Metrics.Values.All(values => values?.Count == rounds) && (run.OutOfDistributionCounts?.Count ?? rounds) == rounds
            ? run
            : throw new ResultFormatException(path, line, "a metric or count has not one value for each round. Remove the line, or restore the file.");
    }
}
