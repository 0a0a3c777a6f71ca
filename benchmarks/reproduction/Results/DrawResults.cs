using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Paper;
using PyRelationAL.Reproduction.Plans;

namespace PyRelationAL.Reproduction.Results;

/// <summary>The scores of cells by seed. A seed counts when all its folds are there.</summary>
internal sealed class DrawResults
{
    private readonly Dictionary<CellKey, (long Seed, CellScore Score)[]> _scores;

    private DrawResults(IEnumerable<RunResult> runs)
    {
        _scores = runs
            .GroupBy(run => run.Spec.Seed)
            .SelectMany(seed =>
            {
                var results = PartResults.Of(Part.Draws.Name, seed);
                return results.Cells.Select(cell => (Cell: cell, seed.Key, Score: results.Score(cell)!));
            })
            .GroupBy(drawn => drawn.Cell, drawn => (drawn.Key, drawn.Score))
            .ToDictionary(cell => cell.Key, cell => cell.OrderBy(draw => draw.Key).ToArray());
    }

    /// <summary>Reads the results in a folder; none where it has none.</summary>
    public static DrawResults Read(string folder)
    {
        var stored = new ExperimentFolder(Path.Combine(folder, Part.Draws.Name));
        return Of(File.Exists(stored.ResultsFile) ? stored.ReadResults().Runs : []);
    }

    /// <summary>Results of some runs.</summary>
    public static DrawResults Of(IEnumerable<RunResult> runs) => new(runs);

    /// <summary>The scores of a cell, by seed; none where it was not drawn.</summary>
    public IReadOnlyList<(long Seed, CellScore Score)> Of(CellKey key) => _scores.GetValueOrDefault(key, []);
}
