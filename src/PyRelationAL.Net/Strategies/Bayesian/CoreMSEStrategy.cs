using PyRelationAL.Predictions;

namespace PyRelationAL.Strategies;

/// <summary>
/// CoreMSE: BEMPS with the Brier score, whose divergence is B(q, p) = Σ (q − p)². ΔQ(x, x′) = Σ_y p̄(y|x) Σ_y′ (q(y′|x′; x, y) − p̄(y′|x′))².
/// </summary>
/// <remarks>Tan, Du and Buntine, NeurIPS 2021; see <see cref="ProperScoreStrategy"/>. Their code adds a term that depends on x′ only and changes no
/// ranking.</remarks>
/// <param name="estimationShare">The share of the pool, in [0, 1], that the x′ are; at least one.</param>
/// <param name="candidateShare">The share of the pool, in [0, 1], that is kept for the batch; at least the batch.</param>
/// <param name="largestEstimationCount">The most x′, at least 1.</param>
public sealed class CoreMSEStrategy(double estimationShare = 0.1, double candidateShare = 0.5, int largestEstimationCount = 1000)
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
        return new CoreMSEStrategy().Gains(candidates, others);
    }

    /// <inheritdoc/>
    private protected override void WriteGains(
        ReadOnlySpan<double> joint, int stride, ReadOnlySpan<double> label, ClassProbabilities others, Span<double> gains)
    {
        for (int t = 0; t < gains.Length; t++)
        {
            ReadOnlySpan<double> other = others.Row(t);
            gains[t] = 0;
            for (int y = 0; y < label.Length; y++)
            {
                ReadOnlySpan<double> row = joint.Slice((y * stride) + (t * other.Length), other.Length);
                double squares = 0, p = label[y];
                for (int z = 0; z < row.Length && z < other.Length; z++)
                {
                    double difference = row[z] - (p * other[z]);
                    squares += difference * difference;
                }

                gains[t] += p > 0 ? squares / p : 0;
            }
        }
    }
}
