using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Data;
using PyRelationAL.Reproduction.Page;
using PyRelationAL.Reproduction.Paper;
using PyRelationAL.Reproduction.Results;

namespace PyRelationAL.Reproduction.Plans;

/// <summary>
/// <see cref="AsPublished"/> with other seeds: other permutations, samples, cold starts and random queries. It shows whether a number of the paper that is far
/// from ours is one that chance would give.
/// </summary>
internal static class Draws
{
    /// <summary>So many seeds, from 1 on.</summary>
    public const int Count = 20;

    /// <summary>The experiment on the datasets that are to be had.</summary>
    public static ExperimentPlan Plan(DataFolder folder) =>
        AsPublished.Plan(folder) with { Seeds = [.. Enumerable.Range(1, Count).Select(seed => (long)seed)] };

    /// <summary>Why a cell is not drawn; null where it can be.</summary>
    public static string? WhyNot(PaperCell cell) => !Reason.For(cell).IsChance
        ? "nothing to draw"
        : cell.Key is { Dataset: "GaussianClouds", Strategy: not "RandomAcquisition" } ? "see random queries, which have the same data" : null;

    /// <summary>The cells worth drawing: those that differ and that something was left to chance in.</summary>
    /// <param name="results">The folder of results, with those of <see cref="Part.AsPublished"/>.</param>
    public static Func<RunSpec, bool> Wants(string results)
    {
        PartResults published = PartResults.Read(results, Part.AsPublished);
        HashSet<CellKey> differ =
        [
            .. PaperTables.Cells.Where(cell => Comparison.Of(cell.Score, published.Score(cell.Key)) == Agreement.Different && WhyNot(cell) is null)
                .Select(cell => cell.Key),
        ];
        return run => differ.Contains(new CellKey(run.Start, run.Dataset, run.Strategy));
    }
}
