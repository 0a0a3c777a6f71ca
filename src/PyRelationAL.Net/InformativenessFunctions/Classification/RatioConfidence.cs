namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Ratio of confidence: s = p₍₂₎ / p₍₁₎ with the two largest probabilities, in [0, 1]. 1 where two classes tie, 0 for a one-hot row and where C = 1.
/// </summary>
/// <remarks>Monarch, Human-in-the-Loop Machine Learning, 2021; PyRelationAL. Ranks as <see cref="MarginConfidence"/> does for two classes.</remarks>
public sealed class RatioConfidence : ClassProbabilityScore
{
    /// <summary>Scores rows of class probabilities. O(N·C), nothing allocated.</summary>
    /// <param name="probabilities">Probabilities [N×C], row-major; every row finite, non-negative and summing to 1.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <param name="scores">N scores to write.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a row is no probability distribution.</exception>
    public static void Compute(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores)
    {
        ScoreArguments.CheckProbabilities(probabilities, classCount, scores.Length);
        ForEachRow(probabilities, classCount, scores, Of);
    }

    /// <inheritdoc/>
    protected override void ScoreRows(ReadOnlySpan<double> probabilities, int classCount, Span<double> scores) =>
        ForEachRow(probabilities, classCount, scores, Of);

    private static double Of(ReadOnlySpan<double> row)
    {
        (double first, double second) = TwoLargest(row);
        return second / first;
    }
}
