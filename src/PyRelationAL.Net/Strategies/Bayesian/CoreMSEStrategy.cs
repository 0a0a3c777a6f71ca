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
    private protected override double Gain(ReadOnlySpan<double> joint, int stride, ReadOnlySpan<double> label, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int y = 0; y < label.Length; y++)
        {
            double squares = 0;
            for (int z = 0; z < other.Length; z++)
            {
                double difference = joint[(y * stride) + z] - (label[y] * other[z]);
                squares += difference * difference;
            }

            sum += label[y] > 0 ? squares / label[y] : 0;
        }

        return sum;
    }
}
