using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.Covariance;

/// <summary>A kernel evaluated on training rows, with what its gradient needs.</summary>
internal abstract class KernelEvaluation(PackedMatrix values)
{
    public PackedMatrix Values { get; } = values;

    /// <summary>Adds Σ w ∂k/∂ln θ over the packed entries to the gradient of all hyperparameters, fixed ones included.</summary>
    public abstract void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient);
}
