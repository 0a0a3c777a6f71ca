using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>The score that counts as a share of what the model reaches with all labels.</summary>
public static class TargetScore
{
    /// <summary>
    /// A share of the full performance: share · full of a metric that grows, full / share of one that shrinks (95 % of an error of 1.9 is an error of 2).
    /// </summary>
    /// <param name="share">The share, in (0, 1]; usually 0.9, 0.95 or 0.99.</param>
    /// <param name="full">The score of the model trained on all labels; above 0.</param>
    /// <param name="higherIsBetter">Whether higher scores are better.</param>
    /// <returns>The target. A metric that can be negative, such as R² or a log likelihood, has no such share: use <see cref="OfGain"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double OfFull(double share, double full, bool higherIsBetter)
    {
        CheckShare(share);
        Guard.Positive(full);
        return higherIsBetter ? share * full : full / share;
    }

    /// <summary>A share of the way from the first model to the full performance: start + share · (full − start), in either direction.</summary>
    /// <param name="share">The share, in (0, 1].</param>
    /// <param name="start">The score before the first query, best as a mean over runs, so that all runs have one target.</param>
    /// <param name="full">The score of the model trained on all labels.</param>
    /// <returns>The target. Stricter than <see cref="OfFull"/> where the first model is good already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double OfGain(double share, double start, double full)
    {
        CheckShare(share);
        return Guard.Finite(start) + (share * (Guard.Finite(full) - start));
    }

    private static void CheckShare(double share)
    {
        if (share is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, Guard.Text($"share is {share}; it must lie in (0, 1], for example 0.95."));
        }
    }
}
