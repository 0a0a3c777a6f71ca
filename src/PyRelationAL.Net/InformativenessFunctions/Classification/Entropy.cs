using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Predictive entropy: s = −Σ p ln p in nats, in [0, ln C]; or normalised, s / ln C, in [0, 1]. 0 for a one-hot row (0 ln 0 = 0) and where C = 1.
/// </summary>
/// <param name="normalised">Whether to divide by ln C. PyRelationAL's value is the normalised one. Default: false.</param>
/// <remarks>
/// Shannon 1948; Settles and Craven, EMNLP 2008. Counts all uncertainty; <see cref="ClassificationBald"/> counts only the part that more labels can
/// remove.
/// </remarks>
public sealed class Entropy(bool normalised = false) : ClassProbabilityScore
{
    /// <summary>Scores rows of class probabilities. O(N·C).</summary>
    /// <param name="probabilities">Probabilities [N×C], row-major; every row finite, non-negative and summing to 1.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <param name="scores">N scores to write.</param>
    /// <param name="normalised">Whether to divide by ln C.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a row is no probability distribution.</exception>
    public static void Compute(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores, bool normalised = false)
    {
        ScoreArguments.CheckProbabilities(probabilities, classCount, scores.Length);
        Write(probabilities, classCount, scores, normalised);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores) =>
        Write(probabilities, classCount, scores, normalised);

    private static void Write(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores, bool normalised)
    {
        Entropies.OfRows(probabilities, classCount, scores);
        if (normalised && classCount > 1)
        {
            TensorPrimitives.Divide(scores, Math.Log(classCount), scores);
            // A row of float32 probabilities may sum to slightly more or less than 1, and a uniform one then scores just above 1.
            TensorPrimitives.Min(scores, 1, scores);
        }
    }
}
