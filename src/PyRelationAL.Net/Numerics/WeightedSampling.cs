namespace PyRelationAL.Numerics;

/// <summary>Sampling without replacement in proportion to weights, by the Gumbel-top-k trick (Vieira, 2014; Kool, van Hoof and Welling, ICML 2019).</summary>
internal static class WeightedSampling
{
    /// <summary>
    /// Draws distinct positions; equals drawing one after the other in proportion to the weights that are left. Weights of 0 (ln weight −∞) come in only when
    /// all positive ones are taken, uniformly. O(N log count).
    /// </summary>
    /// <param name="logWeights">The logarithms of the weights; −∞ for a weight of 0.</param>
    /// <param name="count">How many; in [0, logWeights.Length].</param>
    /// <param name="random">The source of randomness.</param>
    public static int[] WithoutReplacement(ReadOnlySpan<double> logWeights, int count, RandomStream random)
    {
        var keys = new double[logWeights.Length];
        int positive = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            double gumbel = random.NextGumbel();
            bool isPositive = !double.IsNegativeInfinity(logWeights[i]);
            positive += isPositive ? 1 : 0;
            keys[i] = isPositive ? logWeights[i] + gumbel : double.NegativeInfinity;
        }

        if (count <= positive)
        {
            return TopPositions.Of(keys, count);
        }

        int[] first = TopPositions.Of(keys, positive);
        int[] zeros = [.. Enumerable.Range(0, keys.Length).Where(i => double.IsNegativeInfinity(keys[i]))];
        random.Shuffle<int>(zeros);
        return [.. first, .. zeros.AsSpan(0, count - positive)];
    }
}
