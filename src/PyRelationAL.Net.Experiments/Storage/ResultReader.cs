using System.Text.Json;

namespace PyRelationAL.Experiments;

/// <summary>Reads what a <see cref="ResultWriter"/> wrote.</summary>
public static class ResultReader
{
    /// <summary>
    /// Reads a file of results. A last line that was cut off, by a full disk or a killed process, is left out with a warning; so is another result of a run.
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
        string text = File.ReadAllText(path);
        string[] lines = text.Split('\n');
        var runs = new List<RunResult>();
        var warnings = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            try
            {
                runs.Add(Checked(ResultJson.ReadResult(lines[i]), path, i + 1));
            }
            catch (JsonException) when (i == lines.Length - 1)
            {
                // The writer ends every line, so that a last line without an end is one that was not written whole.
                warnings.Add(FormattableString.Invariant($"{path}, line {i + 1} was cut off and is left out: its run was not stored whole."));
            }
            catch (JsonException exception)
            {
                throw new ResultFormatException(path, i + 1, "this is not a result. Remove the line, or restore the file.", exception);
            }
        }

        RunResult[] distinct = [.. runs.DistinctBy(run => run.Spec)];
        if (distinct.Length < runs.Count)
        {
            warnings.Add(FormattableString.Invariant(
                $"{path}: of runs that are there more than once, the first result counts ({runs.Count - distinct.Length} left out)."));
        }

        return new StoredResults([.. distinct.OrderBy(run => run.Index)], warnings);
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
