using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// Scores of several strategies on the same blocks: data sets, or folds and seeds. What the comparisons of several strategies take. Immutable.
/// </summary>
/// <remarks>
/// Blocks are to be independent. For statements about data sets in general a block is a data set, and its score the mean over folds and seeds: runs of one
/// data set as blocks would count that data set many times. For a statement about one data set its runs are the blocks.
/// </remarks>
public sealed class ScoreTable
{
    private readonly double[][] _rows;

    /// <summary>Creates a table.</summary>
    /// <param name="strategies">The strategies' names, at least two, all different.</param>
    /// <param name="blocks">The scores of each block by strategy, at least one block; all finite.</param>
    /// <param name="higherIsBetter">Whether higher scores are better.</param>
    /// <exception cref="ArgumentException">
    /// Too few strategies or blocks, two strategies of one name, a row of another length, or a score that is not finite.
    /// </exception>
    public ScoreTable(IReadOnlyList<string> strategies, IReadOnlyList<IReadOnlyList<double>> blocks, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        ArgumentNullException.ThrowIfNull(blocks);
        Strategies = [.. strategies];
        if (Strategies.Count < 2 || Strategies.Distinct().Count() < Strategies.Count)
        {
            throw new ArgumentException(
                Guard.Text($"The strategies are {string.Join(", ", Strategies)}; at least two are needed, with different names."), nameof(strategies));
        }

        if (blocks.Count == 0)
        {
            throw new ArgumentException("There are no blocks; at least one is needed.", nameof(blocks));
        }

        _rows = [.. blocks.Select(row => row.ToArray())];
        for (int i = 0; i < _rows.Length; i++)
        {
            Guard.SameLength(Strategies.Count, _rows[i].Length, Guard.Text($"The scores of block {i}"), nameof(blocks));
            Guard.AllFinite(_rows[i], 1, Guard.Text($"Block {i}, by strategy,"), nameof(blocks));
        }

        HigherIsBetter = higherIsBetter;
    }

    /// <summary>The strategies' names.</summary>
    public IReadOnlyList<string> Strategies { get; }

    /// <summary>The number of blocks.</summary>
    public int BlockCount => _rows.Length;

    /// <summary>Whether higher scores are better.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>One score.</summary>
    /// <param name="block">The block's position.</param>
    /// <param name="strategy">The strategy's position.</param>
    public double this[int block, int strategy] => _rows[block][strategy];

    /// <summary>The scores of one strategy by block.</summary>
    /// <param name="strategy">Its position.</param>
    /// <returns>A copy.</returns>
    public double[] ScoresOf(int strategy) => Array.ConvertAll(_rows, row => row[strategy]);

    /// <summary>The ranks of the strategies in one block: 1 is the best, equal scores share the mean of their ranks.</summary>
    /// <param name="block">The block's position.</param>
    /// <returns>The ranks by strategy; their sum is k (k + 1) / 2.</returns>
    public double[] RanksIn(int block) => MidRanks.Of(HigherIsBetter ? Array.ConvertAll(_rows[block], score => -score) : _rows[block]);
}
