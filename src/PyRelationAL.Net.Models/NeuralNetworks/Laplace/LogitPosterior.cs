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

    // Of weights that are all 0.
    private const double LargestPrecision = 1e12;

    public double PriorPrecision { get; } = priorPrecision;

    protected LogitContrasts Contrasts { get; } = contrasts;

    /// <summary>D + 1.</summary>
    protected int Width { get; } = width;

    /// <summary>Fits the posterior.</summary>
    /// <param name="rows">h [N×(D+1)], each ending in a 1.</param>
    /// <param name="probabilities">p [N×C].</param>
    /// <param name="weights">The trained weights and biases [C×(D+1)].</param>
    /// <param name="classCount">C.</param>
    /// <param name="priorPrecision">δ; null for that under which the trained weights are most likely.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public static LogitPosterior Fit(
        double[] rows, double[] probabilities, double[] weights, int classCount, double? priorPrecision, CancellationToken cancellationToken)
    {
        var contrasts = new LogitContrasts(classCount);
        int width = weights.Length / classCount;
        double precision = priorPrecision ?? MostLikelyPrecision(contrasts.Project(weights, width));
        return IsWhole(contrasts, width)
            ? WholeLogitPosterior.Fit(contrasts, rows, probabilities, precision, cancellationToken)
            : KroneckerLogitPosterior.Fit(contrasts, rows, probabilities, precision, cancellationToken);
    }

    public static LogitPosterior Read(BinaryReader reader, int classCount, int width)
    {
        var contrasts = new LogitContrasts(classCount);
        return IsWhole(contrasts, width) ? WholeLogitPosterior.Read(reader, contrasts, width) : KroneckerLogitPosterior.Read(reader, contrasts, width);
    }

    /// <summary>
    /// P/‖θ‖². MacKay's fixed point γ/‖θ‖², with γ the number of parameters that the items determine, expects the others at 0. Training without weight decay
    /// leaves
    /// them at their initial values instead, and drives γ towards 0 where it can tell all classes apart: the fixed point is then too small by a factor of ten
    /// to a
    /// hundred, and items that the network classifies well come out as doubtful.
    /// </summary>
    public static double MostLikelyPrecision(ReadOnlySpan<double> contrastWeights) =>
        Math.Min(LargestPrecision, contrastWeights.Length / TensorPrimitives.SumOfSquares(contrastWeights));

    /// <summary>The covariance [C×C] of the logits at h, with what all logits share left out.</summary>
    public abstract void LogitCovariance(ReadOnlySpan<double> row, Span<double> covariance);

    /// <summary>Draws a deviation [C×(D+1)] from the trained weights and biases.</summary>
    public abstract void Draw(RandomStream random, Span<double> deviation);

    public abstract void Write(BinaryWriter writer);

    private static bool IsWhole(LogitContrasts contrasts, int width) => (long)contrasts.Count * width <= LargestWhole;
}
