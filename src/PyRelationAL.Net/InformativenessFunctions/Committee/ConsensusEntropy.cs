namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Consensus entropy (soft vote): the entropy of the posterior mean, s = H(p̄), in nats, in [0, ln C].
/// </summary>
/// <remarks>modAL (Danka and Horvath 2018); the predictive entropy of a committee. Equals <see cref="ClassificationBald"/> plus the expected entropy.</remarks>
public sealed class ConsensusEntropy : PosteriorClassScore
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

    private static void Write(SampleRows samples, Span<double> scores) => samples.WritePredictiveEntropy(scores);
}
