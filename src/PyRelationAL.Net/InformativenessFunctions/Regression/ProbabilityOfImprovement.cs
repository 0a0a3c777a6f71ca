using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Probability of improvement: s = Φ((μ − y* − ξ) / σ) with y* the largest label so far, in [0, 1]. Where σ = 0 it is 1 if μ &gt; y* + ξ, else 0.
/// </summary>
/// <remarks>Kushner 1964. Counts whether a candidate improves; <see cref="ExpectedImprovement"/> counts by how much.</remarks>
public sealed class ProbabilityOfImprovement : GaussianScore
{
    private readonly double _xi;

    /// <summary>Creates the score.</summary>
    /// <param name="xi">ξ, at least 0, in units of the target: the improvement asked for. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">ξ is negative or not finite.</exception>
    public ProbabilityOfImprovement(double xi = 0)
    {
        _xi = Guard.NonNegative(xi);
    }

    /// <summary>Scores means and standard deviations. O(N), nothing allocated.</summary>
    /// <param name="mean">N means, finite.</param>
    /// <param name="standardDeviation">N standard deviations, finite, at least 0.</param>
    /// <param name="best">y*, the incumbent.</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="xi">ξ, at least 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is out of range.</exception>
    public static void Compute(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation, double best, Span<double> scores, double xi = 0)
    {
        ScoreArguments.CheckGaussian(mean, standardDeviation, scores.Length);
        Write(mean, standardDeviation, Guard.Finite(best) + Guard.NonNegative(xi), scores);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(context);
        Write(predictions.Mean, predictions.StandardDeviation, context.BestLabelledValue + _xi, scores);
    }

    private static void Write(ReadOnlySpan<double> mean, ReadOnlySpan<double> deviation, double threshold, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            double gain = mean[i] - threshold;
            scores[i] = deviation[i] > 0 ? Normal.Cumulative(gain / deviation[i]) : gain > 0 ? 1 : 0;
        }
    }
}
