using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// The predicted standard deviation: s = σ, or that of the posterior samples (divisor S − 1; 0 where S = 1). In units of the target, at least 0.
/// </summary>
/// <remarks>PyRelationAL's StandardDeviation: "least confidence" for regression. Uncertainty sampling, MacKay 1992 (Neural Computation).</remarks>
public sealed class StandardDeviation : GaussianScore
{
    /// <summary>Standard deviation of posterior samples. O(S·N).</summary>
    /// <param name="samples">Values [S×N], sample-major, all finite.</param>
    /// <param name="sampleCount">S, at least 1.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is not finite.</exception>
    public static void Compute(ReadOnlySpan<double> samples, int sampleCount, Span<double> scores)
    {
        ScoreArguments.CheckValueSamples(samples, sampleCount, scores.Length);
        new PosteriorValueSamples(samples.ToArray(), sampleCount).Moments().StandardDeviation.CopyTo(scores);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        predictions.StandardDeviation.CopyTo(scores);
    }
}
