namespace PyRelationAL.Experiments;

/// <summary>The exact null distribution of a signed-rank sum: each rank counts with probability ½.</summary>
internal static class SignedRankDistribution
{
    /// <summary>Up to so many ranks the exact distribution is used, ties or not; beyond, the normal approximation is off by a few hundredths of p.</summary>
    public const int MostExact = 100;

    /// <summary>P(W = w) for w = 0, 1, …, Σ rᵢ, by adding one rank after the other, so that no enumeration of the 2ⁿ signs is needed. O(n Σ rᵢ).</summary>
    public static double[] Probabilities(IEnumerable<int> ranks)
    {
        double[] probabilities = [1];
        foreach (int rank in ranks)
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
