using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>The candidates with the highest scores, highest first. Ties: lowest dataset index, or at random. O(N log k).</summary>
/// <param name="ties">How ties are broken. Default: lowest index first.</param>
/// <remarks>PyRelationAL's TopKSampler. Takes near-duplicates side by side; the stochastic criteria and <see cref="RankedBatch"/> spread out.</remarks>
public sealed class TopK(TieBreaking ties = TieBreaking.LowestIndex) : ISelectionCriterion
{
    /// <inheritdoc/>
    public Requirements Requirements => Requirements.None;

    /// <summary>The positions of the highest scores, highest first, ties by lowest position.</summary>
    /// <param name="scores">N finite scores.</param>
    /// <param name="count">In [0, N].</param>
    /// <returns><paramref name="count"/> distinct positions.</returns>
    /// <exception cref="ArgumentException">A score is not finite, or the count is out of range.</exception>
    public static int[] Select(ReadOnlySpan<double> scores, int count)
    {
        SelectionArguments.Check(scores, count);
        return TopPositions.Of(scores, count);
    }

    /// <inheritdoc/>
    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (ties == TieBreaking.LowestIndex)
        {
            return Select(scores, count);
        }

        // A random order of the pool, then the stable selection: equal scores come in that order.
        int[] order = context.RandomFor("ties").Sample(scores.Length, scores.Length);
        var shuffled = new double[scores.Length];
        for (int i = 0; i < order.Length; i++)
        {
            shuffled[i] = scores[order[i]];
        }

        return Array.ConvertAll(Select(shuffled, count), i => order[i]);
    }
}
