using PyRelationAL.Numerics;

namespace PyRelationAL.Experiments;

/// <summary>
/// The Bayesian signed-rank test with a Dirichlet process prior (Benavoli et al., 2014, ICML) and a region of practical equivalence (ROPE; Benavoli et al.,
/// 2017, JMLR 18). Unlike a p-value it can say that two strategies are equivalent, and how sure that is.
/// </summary>
/// <remarks>
/// <para>
/// The differences z₁ … zₙ and a pseudo-difference z₀ = 0 get weights w from Dirichlet(½, 1, …, 1), again and again. In each draw the weights wᵢ wⱼ of all
/// means (zᵢ + zⱼ) / 2 are summed below −rope, within ±rope and above rope; the largest of the three sums wins the draw, equal ones share it. The
/// probabilities are the shares of draws won.
/// </para>
/// <para>
/// The pairs must be independent: data sets, or runs on one data set that share nothing. Few pairs leave the prior visible. Cost: O(draws · n).
/// </para>
/// </remarks>
public static class BayesianSignedRank
{
    /// <summary>Compares paired scores.</summary>
    /// <param name="first">At least one score, all finite.</param>
    /// <param name="second">The scores that they are paired with, in the same order.</param>
    /// <param name="rope">
    /// Differences in the metric's unit up to this one do not matter in practice; at least 0. To be chosen before looking; 0.01 is usual for accuracies.
    /// </param>
    /// <param name="random">Where the draws come from; it does not advance.</param>
    /// <param name="draws">How many draws; at least 1. The standard error of a probability p is √(p (1 − p) / draws).</param>
    /// <returns>The probabilities for first − second.</returns>
    /// <exception cref="ArgumentException">There are no scores, their numbers differ, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static SignedRankPosterior Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double rope, RandomStream random, int draws = 50_000)
    {
        ArgumentNullException.ThrowIfNull(random);
        Guard.NonNegative(rope);
        Guard.Positive(draws);
        double[] differences = [0, .. Paired.Differences(first, second)];
        int[] order = [.. Enumerable.Range(0, differences.Length)];
        Array.Sort(differences, order);

        // With sorted differences the partners of zᵢ on either side of the region are the same in each draw: prefixes and suffixes.
        int[] below = Array.ConvertAll(differences, z => differences.Count(other => z + other < -2 * rope));
        int[] notAbove = Array.ConvertAll(differences, z => differences.Count(other => z + other <= 2 * rope));
        RandomStream stream = random.Child("signed-rank");
        var weights = new double[differences.Length];
        var sums = new double[differences.Length + 1];
        double belowWins = 0, withinWins = 0, aboveWins = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            // Gamma(½) is half a squared normal, Gamma(1) an exponential; their shares are a draw from the Dirichlet distribution.
            double gaussian = stream.NextGaussian();
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = order[i] == 0 ? gaussian * gaussian / 2 : -Math.Log(stream.NextOpenDouble());
                sums[i + 1] = sums[i] + weights[i];
            }

            double total = sums[^1], weightBelow = 0, weightAbove = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                weightBelow += weights[i] * sums[below[i]];
                weightAbove += weights[i] * (total - sums[notAbove[i]]);
            }

            double weightWithin = (total * total) - weightBelow - weightAbove, most = Math.Max(weightWithin, Math.Max(weightBelow, weightAbove));
            bool belowWon = weightBelow >= most, withinWon = weightWithin >= most, aboveWon = weightAbove >= most;
            double share = 1.0 / ((belowWon ? 1 : 0) + (withinWon ? 1 : 0) + (aboveWon ? 1 : 0));
            belowWins += belowWon ? share : 0;
            withinWins += withinWon ? share : 0;
            aboveWins += aboveWon ? share : 0;
        }

        return new SignedRankPosterior(belowWins / draws, withinWins / draws, aboveWins / draws);
    }
}
