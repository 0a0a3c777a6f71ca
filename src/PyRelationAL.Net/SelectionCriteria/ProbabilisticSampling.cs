using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>
/// Draws without replacement in proportion to the scores: P(i) ∝ max(sᵢ, 0). Candidates with score 0 come in only when all positive ones are taken, uniformly.
/// O(N log k).
/// </summary>
/// <remarks>PyRelationAL's ProbabilisticSampler, which fails where a score is negative. <see cref="PowerSampling"/> with β = 1.</remarks>
public sealed class ProbabilisticSampling : ISelectionCriterion
{
    /// <inheritdoc/>
    public Requirements Requirements => Requirements.None;

    /// <summary>Draws positions in proportion to their scores.</summary>
    /// <param name="scores">N finite scores; negative ones count as 0.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of drawing.</returns>
    /// <exception cref="ArgumentException">A score is not finite, or the count is out of range.</exception>
    public static int[] Select(ReadOnlySpan<double> scores, int count, RandomStream random) => PowerSampling.Select(scores, count, 1, random);

    /// <inheritdoc/>
    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Select(scores, count, context.RandomFor(nameof(ProbabilisticSampling)));
    }
}
