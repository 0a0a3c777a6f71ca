namespace PyRelationAL.Experiments;

/// <summary>The exact null distribution of a signed-rank sum: each rank counts with probability ½.</summary>
internal static class SignedRankDistribution
{
    /// <summary>Up to so many ranks the exact distribution is used, ties or not; beyond, the normal approximation is as good as double precision needs.</summary>
    public const int MostExact = 50;

    /// <summary>
    /// P(W = w/2) for w = 0, 1, …, Σ 2rᵢ, by adding one rank after the other. Doubled ranks are integers with ties too, so that no enumeration of the 2ⁿ signs
    /// is needed. O(n Σ rᵢ).
    /// </summary>
    public static double[] Probabilities(IEnumerable<int> doubledRanks)
    {
        double[] probabilities = [1];
        foreach (int rank in doubledRanks)
        {
            var next = new double[probabilities.Length + rank];
            for (int w = 0; w < probabilities.Length; w++)
            {
                double half = probabilities[w] / 2;
                next[w] += half;
                next[w + rank] += half;
            }

            probabilities = next;
        }

        return probabilities;
    }
}
