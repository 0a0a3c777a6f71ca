namespace PyRelationAL.InformativenessFunctions;

/// <summary>
/// Least confidence, normalised to [0, 1]: s = (1 − max p) · C / (C − 1). 0 for a one-hot row, 1 for a uniform one, and 0 where C = 1.
/// </summary>
/// <remarks>
/// Lewis and Gale, SIGIR 1994; Culotta and McCallum, AAAI 2005. Ranks as 1 − max p does. Unlike <see cref="MarginConfidence"/> it does not look at the
/// runner-up, unlike <see cref="Entropy"/> not at the other classes.
/// </remarks>
public sealed class LeastConfidence : ClassProbabilityScore
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

    private static double Of(ReadOnlySpan<double> row) =>
        row.Length == 1 ? 0 : Math.Clamp((1 - TwoLargest(row).First) * row.Length / (row.Length - 1), 0, 1);
}
