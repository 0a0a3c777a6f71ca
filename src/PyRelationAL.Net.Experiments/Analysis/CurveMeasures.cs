namespace PyRelationAL.Experiments;

/// <summary>Numbers that sum up a learning curve: one value of a metric for each round, the initial and the final model included.</summary>
public static class CurveMeasures
{
    /// <summary>
    /// IPAUC, the area under the curve by the trapezoidal rule with one round as the unit, divided by the number n of scores:
    /// (s₁/2 + s₂ + … + sₙ₋₁ + sₙ/2) / n.
    /// </summary>
    /// <param name="scores">The scores by round.</param>
    /// <returns>The area; NaN for fewer than two scores, which have none.</returns>
    /// <remarks>
    /// Scherer et al., arXiv 2205.11117, 2022. The division is by n and not by the n − 1 intervals, as in the paper's tables: a constant curve c of n scores
    /// has IPAUC c (n − 1) / n, so that only curves of equal length are comparable.
    /// </remarks>
    public static double Ipauc(ReadOnlySpan<double> scores)
    {
        if (scores.Length < 2)
        {
            return double.NaN;
        }

        double area = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            area += (scores[i - 1] + scores[i]) / 2;
        }

        return area / scores.Length;
    }

    /// <summary>The mean over the rounds.</summary>
    /// <param name="scores">The scores by round.</param>
    /// <returns>The mean; NaN where there are no scores.</returns>
    public static double MeanOverRounds(ReadOnlySpan<double> scores)
    {
        double sum = 0;
        foreach (double score in scores)
        {
            sum += score;
        }

        return sum / scores.Length;
    }
}
