using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Vote entropy: every sample votes for its most probable class; s = −Σ v ln v with the shares of votes v, in nats, in [0, ln min(S, C)].
/// </summary>
/// <remarks>
/// Dagan and Engelson, ICML 1995, without their division by ln min(S, C), which does not change the ranking. A member split 51:49 counts as a full vote;
/// <see cref="ConsensusEntropy"/> counts the probabilities.
/// </remarks>
public sealed class VoteEntropy : PosteriorClassScore
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

    private static void Write(SampleRows samples, Span<double> scores) =>
        samples.ForEachVote(scores, static votes =>
        {
            double entropy = 0;
            foreach (double v in votes)
            {
                entropy -= Entropies.XLogX(v);
            }

            return Math.Max(0, entropy);
        });
}
