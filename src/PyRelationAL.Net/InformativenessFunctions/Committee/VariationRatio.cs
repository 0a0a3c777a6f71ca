namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Variation ratio: the share of samples that do not vote for the most voted class, s = 1 − max v, in [0, 1 − 1/min(S, C)].
/// </summary>
/// <remarks>
/// Freeman 1965; Gal, Islam and Ghahramani, ICML 2017; Beluch et al., CVPR 2018. From votes, as defined: one minus the largest <em>probability</em>, which
/// ALScope and DeepAL+ compute under this name, is <see cref="LeastConfidence"/>.
/// </remarks>
public sealed class VariationRatio : PosteriorClassScore
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
            double largest = 0;
            foreach (double v in votes)
            {
                largest = Math.Max(largest, v);
            }

            return Math.Max(0, 1 - largest);
        });
}
