using PyRelationAL.Evaluation;
using PyRelationAL.Experiments;
using PyRelationAL.Reproduction.Paper;
using PyRelationAL.Reproduction.Plans;

namespace PyRelationAL.Reproduction.Results;

/// <summary>What one part has stored so far, by cell. A cell counts when all its folds are there.</summary>
internal sealed class PartResults
{
    private readonly Dictionary<CellKey, RunResult[]> _runs;

    private PartResults(string name, IEnumerable<RunResult> runs, IReadOnlyList<Session> sessions)
    {
        Name = name;
        Sessions = sessions;
        _runs = runs
            .Where(run => run.Status == RunStatus.Succeeded)
            .GroupBy(run => new CellKey(run.Spec.Start, run.Spec.Dataset, run.Spec.Strategy))
            .Where(cell => cell.Count() == cell.First().Spec.FoldCount)
            .ToDictionary(cell => cell.Key, cell => cell.OrderBy(run => run.Spec.Fold).ToArray());
    }

    /// <summary>The part's name.</summary>
    public string Name { get; }

    /// <summary>The calls of the command that made them.</summary>
    public IReadOnlyList<Session> Sessions { get; }

    /// <summary>The runs of the cells that are whole.</summary>
    public IEnumerable<RunResult> Runs => _runs.Values.SelectMany(runs => runs);

    /// <summary>The cells that are whole.</summary>
    public IEnumerable<CellKey> Cells => _runs.Keys;

    /// <summary>Reads the results in a folder; none where it has none.</summary>
    public static PartResults Read(string folder, Part part)
    {
        var stored = new ExperimentFolder(Path.Combine(folder, part.Name));
        return new PartResults(part.Name, File.Exists(stored.ResultsFile) ? stored.ReadResults().Runs : [], Session.Read(stored.Path));
    }

    /// <summary>Results of some runs.</summary>
    public static PartResults Of(string name, IEnumerable<RunResult> runs) => new(name, runs, []);

    /// <summary>The cell's score; null where folds are missing.</summary>
    public CellScore? Score(CellKey key) => _runs.TryGetValue(key, out RunResult[]? runs) ? CellScore.Of([.. runs.Select(Ipauc)]) : null;

    /// <summary>The metric by round, averaged over the folds as far as the shortest goes, with the number of labels; null where folds are missing.</summary>
    public IReadOnlyList<(double Labels, double Score)>? Curve(CellKey key) => !_runs.TryGetValue(key, out RunResult[]? runs)
        ? null
        :
        [
            .. Enumerable.Range(0, runs.Min(run => Scores(run).Count))
                .Select(i => (runs.Average(run => run.LabelledCounts[i]), runs.Average(run => Scores(run)[i]))),
        ];

    /// <summary>The IPAUC of one run.</summary>
    public static double Ipauc(RunResult run) => CurveMeasures.Ipauc([.. Scores(run)]);

    /// <summary>The metric of one run by round: balanced accuracy, or mean square error.</summary>
    public static IReadOnlyList<double> Scores(RunResult run) =>
        run.Metrics[run.Task == TaskKinds.Regression ? MetricNames.MeanSquaredError : MetricNames.BalancedAccuracy];
}
