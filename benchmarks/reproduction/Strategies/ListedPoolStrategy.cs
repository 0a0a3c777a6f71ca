using PyRelationAL.InformativenessFunctions;
using PyRelationAL.Reproduction.Python;
using PyRelationAL.Strategies;

namespace PyRelationAL.Reproduction.Strategies;

/// <summary>
/// The candidate with the best score; among equals the one that PyRelationAL of 2022 finds first, by the order of <see cref="PythonSet"/> for the pool and
/// of <see cref="TorchOrder"/> for the scores.
/// </summary>
/// <remarks>The order of a pool depends on those before it: an instance belongs to one run.</remarks>
/// <param name="informativeness">Scores the candidates.</param>
/// <param name="name">The name for tables.</param>
internal sealed class ListedPoolStrategy(IInformativenessFunction informativeness, string name) : Strategy
{
    private int[]? _pool;
    private int _queried;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override Requirements Requirements => informativeness.Requirements;

    /// <inheritdoc/>
    protected override Batch Select(QueryContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(count, 1);
        int[] ascending = context.Pool.Indices.ToArray();
        _pool = _pool is null
            ? FirstPool(ascending, context.Labelled.Indices.ToArray())
            : PythonSet.Difference(_pool, new HashSet<int> { _queried });
        int[] positions = Array.ConvertAll(_pool, item => Array.BinarySearch(ascending, item));
        if (positions.Length != ascending.Length || Array.Exists(positions, position => position < 0))
        {
            throw new InvalidOperationException("The pool is not the last round's without what was queried: a strategy was used for two runs.");
        }

        double[] scores = context.Score(informativeness);
        int first = TorchOrder.First(Array.ConvertAll(positions, position => scores[position]));
        _queried = _pool[first];
        return new Batch([positions[first]], [scores[positions[first]]]);
    }

    private static int[] FirstPool(int[] pool, int[] labelled) =>
        PythonSet.Difference(PythonSet.Union([.. pool.Concat(labelled).Order()]), labelled.ToHashSet());
}
