using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>Upper confidence bound: s = μ + κ σ, in units of the target.</summary>
/// <remarks>Auer 2002; Srinivas, Krause, Kakade and Seeger, ICML 2010.</remarks>
public sealed class UpperConfidenceBound : GaussianScore
{
    private readonly double _kappa;

    /// <summary>Creates the score.</summary>
    /// <param name="kappa">κ, at least 0: how much an uncertain candidate is preferred. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">κ is negative or not finite.</exception>
    public UpperConfidenceBound(double kappa = 1)
    {
        _kappa = Guard.NonNegative(kappa);
    }

    /// <summary>Scores means and standard deviations. O(N), nothing allocated.</summary>
    /// <param name="mean">N means, finite.</param>
    /// <param name="standardDeviation">N standard deviations, finite, at least 0.</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="kappa">κ, at least 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is out of range.</exception>
    public static void Compute(ReadOnlySpan<double> mean, ReadOnlySpan<double> standardDeviation, Span<double> scores, double kappa = 1)
    {
        ScoreArguments.CheckGaussian(mean, standardDeviation, scores.Length);
        Write(mean, standardDeviation, Guard.NonNegative(kappa), scores);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        Write(predictions.Mean, predictions.StandardDeviation, _kappa, scores);
    }

    private static void Write(ReadOnlySpan<double> mean, ReadOnlySpan<double> deviation, double kappa, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = mean[i] + (kappa * deviation[i]);
        }
    }
}
