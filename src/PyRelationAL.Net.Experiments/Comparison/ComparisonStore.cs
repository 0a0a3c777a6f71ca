namespace PyRelationAL.Experiments;

/// <summary>Keeps a comparison in a folder, and goes on with one that is there.</summary>
internal static class ComparisonStore
{
    /// <summary>What the folder's comparison runs; null where it has none.</summary>
    public static ComparisonChoice? EarlierChoice(ExperimentFolder folder) => File.Exists(folder.ResultsFile) ? folder.ReadManifest()?.Choice : null;

    /// <summary>Runs what the folder does not have yet.</summary>
    public static ExperimentResults Run(
        ExperimentFolder folder,
        PreparedExperiment experiment,
        ExperimentManifest manifest,
        ComparisonRunOptions options,
        ExperimentOptions settings,
        CancellationToken cancellationToken)
    {
        RunResult[] earlier = !options.Fresh && File.Exists(folder.ResultsFile) ? [.. folder.ReadResults().Runs] : [];
        HashSet<RunSpec> planned = [.. experiment.Runs];
        if (Array.Find(earlier, run => !planned.Contains(run.Spec)) is { } other)
        {
            throw new ArgumentException(
                $"'{folder.Path}' holds results of other settings, such as {other.Spec}. Repeat those settings, use another folder, or begin anew.");
        }

        using ResultWriter writer = earlier.Length > 0 ? folder.Continue(manifest) : folder.Begin(manifest);
        PreparedExperiment left = experiment.Without(earlier.Select(run => run.Spec));
        ExperimentResults results = ExperimentRunner.Run(left, settings with { RunFinished = writer.Append }, cancellationToken);
        return new ExperimentResults([.. earlier.Concat(results.Runs).OrderBy(run => run.Index)], experiment.Runs.Count, results.WasCancelled);
    }
}
