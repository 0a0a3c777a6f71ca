using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.Covariance;

/// <summary>The squared exponential kernel, k = exp(−r²/2) (radial basis function, Gaussian): infinitely smooth functions. R&amp;W 2006, eq. 4.9.</summary>
public sealed class RbfKernel : StationaryKernel
{
    /// <summary>Creates an isotropic kernel.</summary>
    /// <param name="lengthScale">ℓ.</param>
    public RbfKernel(Hyperparameter lengthScale)
        : this([lengthScale])
    {
    }

    /// <summary>Creates a kernel with one length scale for each feature.</summary>
    /// <param name="lengthScales">ℓ_d for each feature; a single one serves all features.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public RbfKernel(IReadOnlyList<Hyperparameter> lengthScales)
        : base([], lengthScales)
    {
    }

    /// <summary>A kernel with one length scale for each feature, all starting at the same value.</summary>
    /// <param name="featureCount">D, at least 1.</param>
    /// <param name="lengthScale">Where each length scale starts.</param>
    /// <returns>The kernel.</returns>
    public static RbfKernel Ard(int featureCount, Hyperparameter lengthScale) => new(Repeated(lengthScale, featureCount));

    /// <inheritdoc/>
    public override string ToString() => $"Rbf(length scale {LengthScaleText})";

    private protected override Kernel With(ReadOnlySpan<Hyperparameter> shape, IReadOnlyList<Hyperparameter> lengthScales) => new RbfKernel(lengthScales);

    private protected override void WriteValues(ReadOnlySpan<double> squaredDistances, Span<double> destination)
    {
        TensorPrimitives.Multiply(squaredDistances, -0.5, destination);
        ReproducibleExp.Write(destination, destination);
    }

    private protected override void WriteSlopes(ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> destination) =>
        values.CopyTo(destination);

    private protected override double LengthScaleGradient(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> scratch) =>
        VectorLoops.Dot(weights, values, squaredDistances);
}
