namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Largest Kullback–Leibler divergence of a member from the consensus: s = maxₘ KL(Q[m] ‖ p̄), in nats, at least 0.
/// </summary>
/// <remarks>modAL (Danka and Horvath 2018). One dissenting member is enough for a high score; <see cref="MeanDisagreement"/> averages.</remarks>
public sealed class MaxDisagreement : PosteriorClassScore
{
    /// <summary>Scores rows of posterior samples. O(S·N·C).</summary>
    /// <param name="samples">Probabilities [S×N×C], sample-major; every row of C finite, non-negative and summing to 1.</param>
    /// <param name="sampleCount">S, at least 2.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, S is below 2, or a row is no probability distribution.</exception>
    public static void Compute(ReadOnlySpan<double> samples, int sampleCount, int classCount, Span<double> scores) =>
        Write(Checked(samples, sampleCount, classCount, scores.Length), scores);

    /// <inheritdoc/>
    private protected override void ScoreRows(SampleRows samples, Span<double> scores) => Write(samples, scores);

    private static void Write(SampleRows samples, Span<double> scores)
    {
        double[] divergences = ConsensusDivergence.Of(samples);
        for (int n = 0; n < scores.Length; n++)
        {
            double largest = 0;
            for (int m = 0; m < samples.SampleCount; m++)
            {
                largest = Math.Max(largest, divergences[(m * scores.Length) + n]);
            }

            scores[n] = largest;
        }
    }
}
