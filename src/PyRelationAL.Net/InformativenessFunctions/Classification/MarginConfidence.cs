namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Margin (breaking ties): s = 1 − (p₍₁₎ − p₍₂₎) with the two largest probabilities, in [0, 1]. 1 where two classes tie, 0 for a one-hot row and where C = 1.
/// </summary>
/// <remarks>
/// Scheffer, Decomain and Wrobel, IDA 2001; Luo et al., JMLR 2005. The difference of the two best, where <see cref="RatioConfidence"/> takes their ratio.
/// </remarks>
public sealed class MarginConfidence : ClassProbabilityScore
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
        return row.Length == 1 ? 0 : Math.Max(0, 1 - (first - second));
    }
}
