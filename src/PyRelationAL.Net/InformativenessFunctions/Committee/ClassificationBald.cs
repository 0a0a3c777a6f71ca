using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// BALD: the mutual information between the label and the parameters, s = H(p̄) − (1/S) Σₘ H(Q[m]) = (1/S) Σₘ KL(Q[m] ‖ p̄), in nats, in [0, ln min(S, C)] up
/// to rounding (a value of −1e-17 is possible).
/// </summary>
/// <remarks>
/// Houlsby, Huszár, Ghahramani and Lengyel 2011 (arXiv 1112.5745); Gal, Islam and Ghahramani, ICML 2017. <see cref="Entropy"/> also ranks high what is merely
/// ambiguous; BALD only what the samples disagree on. PyRelationAL subtracts the expected entropy averaged over all candidates, a constant, and so ranks by
/// entropy.
/// </remarks>
public sealed class ClassificationBald : PosteriorClassScore
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
        samples.WritePredictiveEntropy(scores);
        var entropy = new double[scores.Length];
        for (int m = 0; m < samples.SampleCount; m++)
        {
            Entropies.OfRows(samples.Sample(m), samples.ClassCount, entropy);
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] -= entropy[i] / samples.SampleCount;
            }
        }
    }
}
