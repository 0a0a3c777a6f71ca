using PyRelationAL.Numerics;

namespace PyRelationAL.SelectionCriteria;

/// <summary>
/// Draws without replacement with P(i) ∝ exp(β sᵢ). Depends on the scale of the scores. O(N log k).
/// </summary>
/// <remarks>
/// Kirsch, Farquhar, Atighehchian, Jesson, Branchaud-Charron and Gal, TMLR 2023 (arXiv 2106.12059). <see cref="SoftRankSampling"/> does not depend on the
/// scale.
/// </remarks>
public sealed class SoftmaxSampling : StochasticSampling
{
    /// <summary>Creates the criterion.</summary>
    /// <param name="beta">β, the coldness, at least 0: 0 draws uniformly, large values approach top-k. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is negative or not finite.</exception>
    public SoftmaxSampling(double beta = 1)
        : base(beta)
    {
    }

    /// <summary>Draws positions.</summary>
    /// <param name="scores">N finite scores.</param>
    /// <param name="count">In [0, N].</param>
    /// <param name="beta">β, at least 0.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns><paramref name="count"/> distinct positions in the order of drawing.</returns>
    /// <exception cref="ArgumentException">A score is not finite, or another value is out of range.</exception>
    public static int[] Select(ReadOnlySpan<double> scores, int count, double beta, RandomStream random) =>
        Draw(scores, count, beta, random, LogWeightsOf);

    /// <inheritdoc/>
    private protected override double[] LogWeights(ReadOnlySpan<double> scores, double beta) => LogWeightsOf(scores, beta);

    /// <summary>The logarithms of the weights, up to a constant; −∞ where the weight is 0.</summary>
    internal static double[] LogWeightsOf(ReadOnlySpan<double> scores, double beta)
    {
        var logWeights = new double[scores.Length];
        System.Numerics.Tensors.TensorPrimitives.Multiply(scores, beta, logWeights);
        return logWeights;
    }
}
