using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// A Gaussian around the trained weights and biases of a classifier's last layer, as contrasts of the classes [(C−1)×(D+1)]. Its precision is the generalised
/// Gauss–Newton matrix H of the cross-entropy, Σ Λₙ ⊗ hₙhₙᵀ with hₙ the embedding and a 1 and Λ = Qᵀ(diag p − ppᵀ)Q, plus the prior's δI.
/// </summary>
internal abstract class LogitPosterior(LogitContrasts contrasts, int width, double priorPrecision)
{
    /// <summary>Up to so many parameters H is kept whole; from there on as a Kronecker product.</summary>
    public const int LargestWhole = 256;

    // Below this the prior says nothing, and logits of items far from all labelled ones leave the range of exp.
    private const double SmallestPrecision = 1e-6;

    public double PriorPrecision { get; } = priorPrecision;

    protected LogitContrasts Contrasts { get; } = contrasts;

    /// <summary>D + 1.</summary>
    protected int Width { get; } = width;

    /// <summary>Fits the posterior.</summary>
    /// <param name="rows">h [N×(D+1)], each ending in a 1.</param>
    /// <param name="probabilities">p [N×C].</param>
    /// <param name="weights">The trained weights and biases [C×(D+1)].</param>
    /// <param name="classCount">C.</param>
    /// <param name="priorPrecision">δ; null for that of the largest marginal likelihood.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public static LogitPosterior Fit(
        double[] rows, double[] probabilities, double[] weights, int classCount, double? priorPrecision, CancellationToken cancellationToken)
    {
        var contrasts = new LogitContrasts(classCount);
        double sumOfSquares = TensorPrimitives.SumOfSquares<double>(contrasts.Project(weights, weights.Length / classCount));
        return IsWhole(contrasts, weights.Length / classCount)
            ? WholeLogitPosterior.Fit(contrasts, rows, probabilities, Prior, cancellationToken)
            : KroneckerLogitPosterior.Fit(contrasts, rows, probabilities, Prior, cancellationToken);

        double Prior(double[] eigenvalues) => priorPrecision ?? MostLikelyPrecision(eigenvalues, sumOfSquares);
    }

    public static LogitPosterior Read(BinaryReader reader, int classCount, int width)
    {
        var contrasts = new LogitContrasts(classCount);
        return IsWhole(contrasts, width) ? WholeLogitPosterior.Read(reader, contrasts, width) : KroneckerLogitPosterior.Read(reader, contrasts, width);
    }

    /// <summary>
    /// MacKay's fixed point δ = γ/‖θ‖² with γ = Σ λ/(λ + δ), the number of parameters that the items determine: where the Laplace approximation of
    /// ln p(labels | δ) is largest. The left side rises with δ and the right side falls, so there is one.
    /// </summary>
    public static double MostLikelyPrecision(ReadOnlySpan<double> eigenvalues, double sumOfSquares)
    {
        double high = 1, low;
        while (Excess(eigenvalues, high, sumOfSquares) < 0)
        {
            high *= 2;
        }

        for (low = high; low > SmallestPrecision && Excess(eigenvalues, low, sumOfSquares) > 0;)
        {
            low /= 2;
        }

        if (low <= SmallestPrecision)
        {
            return SmallestPrecision;
        }

        // Halving the interval of ln δ.
        for (int i = 0; i < 100 && high / low > 1 + 1e-14; i++)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = Excess(eigenvalues, middle, sumOfSquares) > 0 ? (low, middle) : (middle, high);
        }

        return high;

        static double Excess(ReadOnlySpan<double> eigenvalues, double precision, double sumOfSquares)
        {
            double determined = 0;
            foreach (double lambda in eigenvalues)
            {
                determined += lambda / (lambda + precision);
            }

            return (precision * sumOfSquares) - determined;
        }
    }

    /// <summary>The covariance [C×C] of the logits at h, with what all logits share left out.</summary>
    public abstract void LogitCovariance(ReadOnlySpan<double> row, Span<double> covariance);

    /// <summary>Draws a deviation [C×(D+1)] from the trained weights and biases.</summary>
    public abstract void Draw(RandomStream random, Span<double> deviation);

    public abstract void Write(BinaryWriter writer);

    private static bool IsWhole(LogitContrasts contrasts, int width) => (long)contrasts.Count * width <= LargestWhole;
}
