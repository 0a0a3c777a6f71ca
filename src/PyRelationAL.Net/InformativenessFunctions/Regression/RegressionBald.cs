using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// BALD for regression: the mutual information between the label and the function, s = ½ ln(1 + σ² / σₙ²), in nats, at least 0. From posterior samples σ² has
/// divisor S.
/// </summary>
/// <remarks>
/// Houlsby et al. 2011 (arXiv 1112.5745). Grows with σ, so it ranks as <see cref="StandardDeviation"/> does and selects differently only under a probabilistic
/// criterion (SoftBALD).
/// </remarks>
public sealed class RegressionBald : GaussianScore
{
    private readonly double _noiseVariance;

    /// <summary>Creates the score.</summary>
    /// <param name="noiseVariance">σₙ², the variance of the observation noise, greater than 0. Default: 1, as in PyRelationAL.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is not positive and finite.</exception>
    public RegressionBald(double noiseVariance = 1)
    {
        _noiseVariance = Guard.Positive(noiseVariance);
    }

    /// <summary>Scores standard deviations. O(N), nothing allocated.</summary>
    /// <param name="standardDeviation">N standard deviations, finite, at least 0.</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="noiseVariance">σₙ², greater than 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is out of range.</exception>
    public static void Compute(ReadOnlySpan<double> standardDeviation, Span<double> scores, double noiseVariance = 1)
    {
        ScoreArguments.CheckDeviations(standardDeviation, scores.Length);
        Write(standardDeviation, 1 / Guard.Positive(noiseVariance), scores);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        // The moments of samples carry divisor S − 1; the definition of the score over samples is the population variance.
        double population = predictions.SampleCount is { } s ? (s - 1.0) / s : 1;
        Write(predictions.StandardDeviation, population / _noiseVariance, scores);
    }

    private static void Write(ReadOnlySpan<double> deviation, double scale, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = 0.5 * LogOfOnePlus(scale * deviation[i] * deviation[i]);
        }
    }

    // ln(1 + x) with all its digits where x is small (Kahan); double.LogP1 is ln(x + 1) literally and loses them.
    private static double LogOfOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
