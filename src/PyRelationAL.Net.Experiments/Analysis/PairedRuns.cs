using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// The runs of several strategies, lined up: a block is a setting, a fold and a seed, in which all strategies began with the same labels. Immutable.
/// </summary>
public sealed class PairedRuns
{
    private readonly RunResult[][] _blocks;

    private PairedRuns(string[] strategies, RunResult[][] blocks, int leftOutCount) => (Strategies, _blocks, LeftOutCount) = (strategies, blocks, leftOutCount);

    /// <summary>The strategies' names, in the order of the runs.</summary>
    public IReadOnlyList<string> Strategies { get; }

    /// <summary>The number of blocks.</summary>
    public int BlockCount => _blocks.Length;

    /// <summary>How many runs are in no block: they failed, or another strategy's run of their setting, fold and seed failed or is missing.</summary>
    public int LeftOutCount { get; }

    /// <summary>Lines runs up.</summary>
    /// <param name="runs">The runs, in the order of the plan. Those of strategies that are not to be compared are to be left out before.</param>
    /// <returns>The blocks in which each strategy has a run that did not fail.</returns>
    /// <exception cref="ArgumentException">There is no such block.</exception>
    public static PairedRuns Of(IEnumerable<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        RunResult[] all = [.. runs];
        string[] strategies = [.. all.Select(run => run.Spec.Strategy).Distinct()];
        RunResult[][] blocks =
        [
            .. from run in all
               where run.Status == RunStatus.Succeeded && run.LabelledCounts.Count > 0
               group run by (run.Spec.Setting, run.Spec.Fold, run.Spec.Seed) into block
               let byStrategy = block.ToLookup(run => run.Spec.Strategy)
               where strategies.All(byStrategy.Contains)
               select strategies.Select(strategy => byStrategy[strategy].First()).ToArray(),
        ];
        return blocks.Length > 0
            ? new PairedRuns(strategies, blocks, all.Length - (blocks.Length * strategies.Length))
            : throw new ArgumentException(
                Guard.Text($"No setting, fold and seed has a run of each of the strategies {string.Join(", ", strategies)} that did not fail."), nameof(runs));
    }

    /// <summary>The runs of one strategy by block: the i-th runs of two strategies are a pair.</summary>
    /// <param name="strategy">Its name.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="ArgumentException">There is no strategy of that name.</exception>
    public IReadOnlyList<RunResult> RunsOf(string strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        string[] names = [.. Strategies];
        int position = Array.IndexOf(names, strategy);
        return position >= 0
            ? Array.ConvertAll(_blocks, block => block[position])
            : throw new ArgumentException(NearestName.UnknownMessage("strategy", strategy, names), nameof(strategy));
    }

    /// <summary>A table with a row for each block: for statements about one dataset.</summary>
    /// <param name="measure">A finite number of a run, for example <see cref="CurveMeasures.Ipauc"/> of one of its metrics.</param>
    /// <param name="higherIsBetter">Whether higher numbers are better.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There are fewer than two strategies, or a number is not finite.</exception>
    public ScoreTable ScoresByRun(Func<RunResult, double> measure, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return new ScoreTable(Strategies, Array.ConvertAll(_blocks, block => Array.ConvertAll(block, run => measure(run))), higherIsBetter);
    }

    /// <summary>A table with a row for each setting, of means over folds and seeds: for statements about datasets in general.</summary>
    /// <param name="measure">A finite number of a run.</param>
    /// <param name="higherIsBetter">Whether higher numbers are better.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There are fewer than two strategies, or a number is not finite.</exception>
    public ScoreTable ScoresBySetting(Func<RunResult, double> measure, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(measure);
        double[][] rows =
        [
            .. _blocks.GroupBy(block => block[0].Spec.Setting)
                .Select(setting => Enumerable.Range(0, Strategies.Count).Select(strategy => setting.Average(block => measure(block[strategy]))).ToArray()),
        ];
        return new ScoreTable(Strategies, rows, higherIsBetter);
    }
}
