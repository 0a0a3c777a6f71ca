namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Average Kullback–Leibler divergence of the members from their consensus: s = (1/S) Σₘ KL(Q[m] ‖ p̄), in nats, at least 0.
/// </summary>
/// <remarks>McCallum and Nigam, ICML 1998. Equals <see cref="ClassificationBald"/>; computed here from its own definition.</remarks>
public sealed class MeanDisagreement : PosteriorClassScore
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
            double sum = 0;
            for (int m = 0; m < samples.SampleCount; m++)
            {
                sum += divergences[(m * scores.Length) + n];
            }

            scores[n] = sum / samples.SampleCount;
        }
    }
}
