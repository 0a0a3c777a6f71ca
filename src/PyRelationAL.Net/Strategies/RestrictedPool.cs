namespace PyRelationAL.Strategies;

/// <summary>What the wrappers share: another strategy on a part of the pool.</summary>
internal static class RestrictedPool
{
    /// <param name="inner">The other strategy.</param>
    /// <param name="context">The whole pool.</param>
    /// <param name="subset">Distinct positions of the pool, ascending.</param>
    /// <param name="count">How many, in [0, subset].</param>
    /// <returns>What it suggests, as positions of the whole pool, and its scores where it has any.</returns>
    public static (int[] Positions, double[]? Scores) Suggest(IStrategy inner, QueryContext context, ReadOnlySpan<int> subset, int count)
    {
        Suggestion suggestion = inner.Suggest(context.Restrict(subset), count);
        // Back from dataset indices to this pool's positions: the pool ascends, so a binary search finds each.
        return ([.. suggestion.Indices.Select(index => context.Pool.Indices.BinarySearch(index))], suggestion.Scores?.ToArray());
    }
}
