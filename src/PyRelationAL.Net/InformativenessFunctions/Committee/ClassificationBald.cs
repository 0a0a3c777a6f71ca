using System.Numerics.Tensors;
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
    // The sums over the samples stay in the first-level cache.
    private const int ChunkValues = 1280;
    private const int MostChunkRows = 512;

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
        int chunkRows = Math.Min(scores.Length, Math.Clamp(ChunkValues / samples.ClassCount, 1, MostChunkRows)), size = chunkRows * samples.ClassCount;
        double[] means = new double[size], terms = new double[size];
        Span<double> conditional = stackalloc double[MostChunkRows];
        for (int start = 0; start < scores.Length; start += chunkRows)
        {
            SampleRows chunk = samples.Slice(start, Math.Min(chunkRows, scores.Length - start));
            Span<double> mean = means.AsSpan(0, chunk.RowCount * chunk.ClassCount), sums = terms.AsSpan(0, mean.Length);
            mean.Clear();
            sums.Clear();
            int m = 0;
            for (; m + 4 <= chunk.SampleCount; m += 4)
            {
                Entropies.Add(chunk.Sample(m), chunk.Sample(m + 1), chunk.Sample(m + 2), chunk.Sample(m + 3), mean, sums);
            }

            for (; m < chunk.SampleCount; m++)
            {
                Entropies.Add(chunk.Sample(m), mean, sums);
            }

            TensorPrimitives.Divide(mean, chunk.SampleCount, mean);
            Entropies.OfRows(mean, chunk.ClassCount, scores.Slice(start, chunk.RowCount));
            Entropies.OfTerms(sums, chunk.ClassCount, conditional[..chunk.RowCount]);
            for (int i = 0; i < chunk.RowCount; i++)
            {
                scores[start + i] -= conditional[i] / chunk.SampleCount;
            }
        }
    }
}
