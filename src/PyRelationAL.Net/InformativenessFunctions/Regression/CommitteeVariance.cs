using PyRelationAL.Predictions;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Query by committee for regression: the variance of the members' predictions, s = (1/S) Σₘ (R[m] − R̄)², in squared units of the target, at least 0. With a
/// model that predicts a Gaussian it is σ².
/// </summary>
/// <remarks>
/// RayChaudhuri and Hamey, "Minimisation of data collection by active learning", ICNN 1995; Burbidge, Rowland and King, IDEAL 2007. Ranks as
/// <see cref="StandardDeviation"/> does (divisor S − 1), and weighs differently under a probabilistic criterion and in sums.
/// </remarks>
public sealed class CommitteeVariance : GaussianScore
{
    /// <summary>Variance of a committee's predictions. O(S·N).</summary>
    /// <param name="samples">Values [S×N], member-major, all finite.</param>
    /// <param name="sampleCount">S, at least 1; with one member every score is 0.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is not finite.</exception>
    public static void Compute(ReadOnlySpan<double> samples, int sampleCount, Span<double> scores)
    {
        ScoreArguments.CheckValueSamples(samples, sampleCount, scores.Length);
        Write(new PosteriorValueSamples(samples.ToArray(), sampleCount).Moments(), scores);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(GaussianPredictions predictions, QueryContext context, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        Write(predictions, scores);
    }

    private static void Write(GaussianPredictions predictions, Span<double> scores)
    {
        // The moments of samples carry divisor S − 1.
        double population = predictions.SampleCount is { } s ? (s - 1.0) / s : 1;
        for (int i = 0; i < scores.Length; i++)
        {
            double deviation = predictions.StandardDeviation[i];
            scores[i] = population * deviation * deviation;
        }
    }
}
