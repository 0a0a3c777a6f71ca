using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>The predicted mean: s = μ, or the average over the posterior samples. Greedy search for a large target. In units of the target.</summary>
/// <remarks>PyRelationAL's AverageScorer. Pure exploitation: it ignores the uncertainty that <see cref="UpperConfidenceBound"/> adds.</remarks>
public sealed class PredictedMean : GaussianScore
{
    /// <summary>Creates the score.</summary>
    public PredictedMean()
        : base(usesDeviation: false)
    {
    }

    /// <summary>Averages posterior samples. O(S·N).</summary>
    /// <param name="samples">Values [S×N], sample-major, all finite.</param>
    /// <param name="sampleCount">S, at least 1.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is not finite.</exception>
    public static void Compute(ReadOnlySpan<double> samples, int sampleCount, Span<double> scores)
    {
        ScoreArguments.CheckValueSamples(samples, sampleCount, scores.Length);
        new PosteriorValueSamples(samples.ToArray(), sampleCount).Moments().Mean.CopyTo(scores);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        predictions.Mean.CopyTo(scores);
    }
}
