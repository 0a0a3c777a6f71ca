using System.Buffers;
using System.Numerics.Tensors;
using PyRelationAL.Numerics;
using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// CoreLog: BEMPS with the logarithmic score, whose divergence is KL(q ‖ p). ΔQ(x, x′) = Σ_y p̄(y|x) KL(q(·|x′; x, y) ‖ p̄(·|x′)) = I(y; y′), in nats: what
/// EPIG averages over its targets.
/// </summary>
/// <remarks>
/// Tan, Du and Buntine, NeurIPS 2021; see <see cref="ProperScoreStrategy"/>. Their code has the divergence the other way round, KL(p ‖ q), and may rank
/// differently.
/// </remarks>
/// <param name="estimationShare">The share of the pool, in [0, 1], that the x′ are; at least one.</param>
/// <param name="candidateShare">The share of the pool, in [0, 1], that is kept for the batch; at least the batch.</param>
/// <param name="largestEstimationCount">The most x′, at least 1.</param>
public sealed class CoreLogStrategy(double estimationShare = 0.1, double candidateShare = 0.5, int largestEstimationCount = 1000)
    : ProperScoreStrategy(estimationShare, candidateShare, largestEstimationCount)
{
    /// <summary>ΔQ of every candidate for every other item.</summary>
    /// <param name="candidates">Q of the candidates [S×N×C].</param>
    /// <param name="others">Q of the x′ [S×X×C], under the same parameters.</param>
    /// <returns>N·X gains, row-major.</returns>
    public static double[] Compute(PosteriorClassSamples candidates, PosteriorClassSamples others)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(others);
        return new CoreLogStrategy().Gains(candidates, others);
    }

    /// <summary>I(y; y′) = H(y) + H(y′) − H(y, y′).</summary>
    private protected override void WriteGains(
        ReadOnlySpan<double> joint, int stride, ReadOnlySpan<double> label, ClassProbabilities others, Span<double> gains)
    {
        int size = others.Values.Length;
        double[] sums = ArrayPool<double>.Shared.Rent(size), terms = ArrayPool<double>.Shared.Rent(size);
        double[] entropies = ArrayPool<double>.Shared.Rent(gains.Length);
        Span<double> labelEntropy = stackalloc double[1], together = entropies.AsSpan(0, gains.Length);
        sums.AsSpan(0, size).Clear();
        terms.AsSpan(0, size).Clear();
        for (int y = 0; y < label.Length; y++)
        {
            Entropies.Add(joint.Slice(y * stride, size), sums.AsSpan(0, size), terms.AsSpan(0, size));
        }

        Entropies.OfTerms(terms.AsSpan(0, size), others.ClassCount, together);
        Entropies.OfRows(sums.AsSpan(0, size), others.ClassCount, gains);
        Entropies.OfRows(label, label.Length, labelEntropy);
        TensorPrimitives.Add(gains, labelEntropy[0], gains);
        TensorPrimitives.Subtract(gains, together, gains);
        ArrayPool<double>.Shared.Return(sums);
        ArrayPool<double>.Shared.Return(terms);
        ArrayPool<double>.Shared.Return(entropies);
    }
}
