using PyRelationAL.Numerics;

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

    /// <summary>
    /// The mean height of the curve over the labels: Σ (lᵢ − lᵢ₋₁) (sᵢ + sᵢ₋₁) / 2 / (lₙ − l₁), the trapezoidal area against the number of labels l
    /// divided by its width.
    /// </summary>
    /// <param name="labelled">Labelled items by round, never falling.</param>
    /// <param name="scores">The scores by round, finite.</param>
    /// <returns>In the metric's unit, c for a constant curve c; NaN where no label was added.</returns>
    /// <remarks>
    /// Unlike <see cref="Ipauc"/> it does not depend on the batch size, so that runs with different batches, or with batches that were not all labelled, are
    /// comparable as long as they span the same labels.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no rounds, the lengths differ, a score is not finite, or the labels fall.</exception>
    public static double AreaByLabels(ReadOnlySpan<int> labelled, ReadOnlySpan<double> scores)
    {
        Check(labelled, scores);
        double area = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            area += (labelled[i] - labelled[i - 1]) * (scores[i - 1] + scores[i]) / 2;
        }

        return labelled[^1] > labelled[0] ? area / (labelled[^1] - labelled[0]) : double.NaN;
    }

    /// <summary>Which share of the possible gain the curve has on average: (A − start) / (full − start) with A from <see cref="AreaByLabels"/>.</summary>
    /// <param name="labelled">Labelled items by round, never falling.</param>
    /// <param name="scores">The scores by round, finite.</param>
    /// <param name="start">The score before the first query: of this run, or the mean over runs.</param>
    /// <param name="full">The score of the model trained on all labels.</param>
    /// <returns>
    /// 0 for a curve that stays at the start, 1 for one that is at the full performance at once, whether the metric grows or shrinks; outside of [0, 1] for
    /// curves that get worse than the start or better than full. NaN where full equals start, or no label was added.
    /// </returns>
    /// <remarks>It makes data sets comparable whose metrics have different ranges; it is noisy where full and start lie close together.</remarks>
    /// <exception cref="ArgumentException">There are no rounds, the lengths differ, a score is not finite, or the labels fall.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> or <paramref name="full"/> is not finite.</exception>
    public static double NormalisedAreaByLabels(ReadOnlySpan<int> labelled, ReadOnlySpan<double> scores, double start, double full)
    {
        double gain = Guard.Finite(full) - Guard.Finite(start);
        return gain == 0 ? double.NaN : (AreaByLabels(labelled, scores) - start) / gain;
    }

    /// <summary>
    /// Deficiency: the area between the full performance and the strategy's curve over that between the full performance and the curve of random queries,
    /// Σₜ (full − sₜ) / Σₜ (full − rₜ).
    /// </summary>
    /// <param name="scores">The strategy's scores by round, best as means over runs.</param>
    /// <param name="randomScores">Those of random queries by round, with the same numbers of labels.</param>
    /// <param name="full">The best score that the model can reach, usually that of the model trained on all labels.</param>
    /// <returns>
    /// Below 1 where the strategy is better than random queries, above 1 where it is worse, 0 for one that is at the full performance at once, whether the
    /// metric grows or shrinks. NaN where random queries leave no area.
    /// </returns>
    /// <remarks>
    /// Baram, El-Yaniv and Luz, 2004, JMLR 5. Raghavan, Madani and Jones, 2006, JMLR 7, report the efficiency, 1 − deficiency. A quotient of two noisy
    /// areas: take curves that are means over runs. It says nothing where random queries are at the full performance soon.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no rounds, the lengths differ, or a score is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="full"/> is not finite.</exception>
    public static double Deficiency(ReadOnlySpan<double> scores, ReadOnlySpan<double> randomScores, double full)
    {
        Guard.Finite(full);
        Guard.SameLength(scores.Length, randomScores.Length, "The scores of random queries", nameof(randomScores));
        Paired.CheckValues(scores, nameof(scores));
        Paired.CheckValues(randomScores, nameof(randomScores));
        double missing = 0, missingAtRandom = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            missing += full - scores[i];
            missingAtRandom += full - randomScores[i];
        }

        return missingAtRandom == 0 ? double.NaN : missing / missingAtRandom;
    }

    /// <summary>Data utilisation rate: the labels that the strategy needs to reach a target over those that random queries need.</summary>
    /// <param name="strategy">The strategy's labels to the target, best from its mean curve.</param>
    /// <param name="random">Those of random queries, to the same target; usually the final score of their mean curve.</param>
    /// <returns>
    /// Below 1 where the strategy needs fewer; +∞ where it does not reach the target, NaN where random queries do not.
    /// </returns>
    /// <remarks>Reitmaier and Sick, 2011, IEEE Symposium on Computational Intelligence and Data Mining, after Culver, Kun and Scott, 2006, ICDM.</remarks>
    public static double DataUtilisationRate(LabelsToTarget strategy, LabelsToTarget random) => (strategy.IsReached, random.IsReached) switch
    {
        (_, false) => double.NaN,
        (false, _) => double.PositiveInfinity,
        _ => (double)strategy.Labelled / random.Labelled,
    };

    internal static void Check(ReadOnlySpan<int> labelled, ReadOnlySpan<double> scores)
    {
        Guard.SameLength(labelled.Length, scores.Length, "The scores by round", nameof(scores));
        Paired.CheckValues(scores, nameof(scores));
        for (int i = 1; i < labelled.Length; i++)
        {
            if (labelled[i] < labelled[i - 1])
            {
                throw new ArgumentException(
                    Guard.Text($"labelled is {labelled[i - 1]} and then {labelled[i]} at round {i}; it must not fall."), nameof(labelled));
            }
        }
    }
}
