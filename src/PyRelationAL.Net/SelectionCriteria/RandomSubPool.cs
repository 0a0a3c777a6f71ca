using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>
/// Applies another criterion to a random subset of the candidates, which adds diversity. Grown to the batch where the subset would be smaller than it.
/// </summary>
/// <remarks>Scores are still computed for the whole pool; <see cref="Strategies.SubPoolStrategy"/> saves that too.</remarks>
public sealed class RandomSubPool : ISelectionCriterion
{
    private readonly ISelectionCriterion _inner;
    private readonly int _size;

    /// <summary>Creates the criterion.</summary>
    /// <param name="inner">What to apply to the subset.</param>
    /// <param name="size">M, the size of the subset, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public RandomSubPool(ISelectionCriterion inner, int size)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _size = Guard.Positive(size);
    }

    /// <inheritdoc/>
    public Requirements Requirements => _inner.Requirements;

    /// <inheritdoc/>
    public int[] Select(ReadOnlySpan<double> scores, int count, QueryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        int size = Math.Min(scores.Length, Math.Max(_size, count));
        int[] subset = context.RandomFor(nameof(RandomSubPool)).Sample(scores.Length, size);
        Array.Sort(subset);
        var subsetScores = new double[size];
        for (int i = 0; i < size; i++)
        {
            subsetScores[i] = scores[subset[i]];
        }

        return Array.ConvertAll(_inner.Select(subsetScores, count, context.Restrict(subset)), i => subset[i]);
    }
}
