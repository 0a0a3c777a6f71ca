using static System.FormattableString;

namespace PyRelationAL.Experiments;

/// <summary>Results from one file or several as those of one experiment: each run once, and what contradicts that.</summary>
/// <param name="Runs">One result for each run, in the order in which they were found.</param>
/// <param name="Conflicts">Equal runs with different results, and equal data sets with different data; each as a phrase.</param>
internal sealed record ResultSet(IReadOnlyList<RunResult> Runs, IReadOnlyList<string> Conflicts)
{
    public static ResultSet Of(IReadOnlyList<StoredRun> found)
    {
        var runs = new List<RunResult>();
        var conflicts = new List<string>();
        foreach (IGrouping<RunSpec, StoredRun> run in found.GroupBy(run => run.Result.Spec))
        {
            StoredRun[] succeeded = [.. run.Where(r => r.Result.Status == RunStatus.Succeeded)];
            // A run that failed was tried again: the latest attempt counts, and a success more than any failure.
            runs.Add(succeeded.Length > 0 ? succeeded[0].Result : run.Last().Result);
            conflicts.AddRange(succeeded.Skip(1).Where(other => Essence(other.Result) != Essence(succeeded[0].Result)).Take(1)
                .Select(other => $"{run.Key} has one result in {succeeded[0]} and another one in {other}"));
        }

        return new ResultSet(runs, [.. conflicts, .. DifferentData(found)]);
    }

    /// <summary>A sentence where results of several versions stand side by side; null where one version made all.</summary>
    public static string? MixedVersions(IEnumerable<RunResult> runs)
    {
        string[] versions = [.. runs.GroupBy(run => run.Version).Select(version => Invariant($"{version.Key} ({version.Count()} runs)"))];
        return versions.Length < 2 ? null : $"These results were made by different versions, which need not agree: {string.Join(", ", versions)}.";
    }

    private static IEnumerable<string> DifferentData(IReadOnlyList<StoredRun> found) => found
        .Where(run => run.Result.DataFingerprint is not null)
        .GroupBy(run => (run.Result.Spec.Dataset, run.Result.Spec.Seed))
        .Select(data => (First: data.First(), Other: data.FirstOrDefault(run => run.Result.DataFingerprint != data.First().Result.DataFingerprint)))
        .Where(pair => pair.Other.Result is not null)
        .DistinctBy(pair => pair.First.Result.Spec.Dataset)
        .Select(pair => $"the data of {pair.First.Result.Spec.Dataset} are not the same in {pair.First} and in {pair.Other}");

    /// <summary>The place in the plan may differ between plans that share a run; results of older versions do not know their data.</summary>
    private static string Essence(RunResult run) => ResultComparer.Canonical(run with { Index = 0, DataFingerprint = null });
}
