using System.Numerics.Tensors;

namespace PyRelationAL.Models.Covariance;

/// <summary>
/// The rational quadratic kernel, k = (1 + r²/(2α))^(−α): a mixture of <see cref="RbfKernel"/> over many length scales; α → ∞ is the squared exponential.
/// R&amp;W 2006, eq. 4.19. α comes before ℓ among the <see cref="Kernel.Hyperparameters"/>.
/// </summary>
public sealed class RationalQuadraticKernel : StationaryKernel
{
    /// <summary>Creates an isotropic kernel.</summary>
    /// <param name="lengthScale">ℓ.</param>
    /// <param name="scaleMixture">α: the smaller, the wider the mixture of length scales.</param>
    public RationalQuadraticKernel(Hyperparameter lengthScale, Hyperparameter scaleMixture)
        : this([lengthScale], scaleMixture)
    {
    }

    /// <summary>Creates a kernel with one length scale for each feature.</summary>
    /// <param name="lengthScales">ℓ_d for each feature; a single one serves all features.</param>
    /// <param name="scaleMixture">α: the smaller, the wider the mixture of length scales.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public RationalQuadraticKernel(IReadOnlyList<Hyperparameter> lengthScales, Hyperparameter scaleMixture)
        : base([scaleMixture], lengthScales)
    {
        ScaleMixture = scaleMixture;
    }

    /// <summary>α.</summary>
    public Hyperparameter ScaleMixture { get; }

    /// <inheritdoc/>
    public override string ToString() => $"RationalQuadratic(alpha {ScaleMixture}, length scale {LengthScaleText})";

    private protected override Kernel With(ReadOnlySpan<Hyperparameter> shape, IReadOnlyList<Hyperparameter> lengthScales) =>
        new RationalQuadraticKernel(lengthScales, shape[0]);

    private protected override void WriteValues(ReadOnlySpan<double> squaredDistances, Span<double> destination)
    {
        double alpha = ScaleMixture.Value;
        TensorPrimitives.Divide(squaredDistances, 2 * alpha, destination);
        TensorPrimitives.LogP1(destination, destination);
        TensorPrimitives.Multiply(destination, -alpha, destination);
        ReproducibleExp.Write(destination, destination);
    }

    private protected override void WriteSlopes(ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> destination)
    {
        TensorPrimitives.Divide(squaredDistances, 2 * ScaleMixture.Value, destination);
        TensorPrimitives.Add(destination, 1, destination);
        TensorPrimitives.Divide(values, destination, destination);
    }

    private protected override void AddShapeGradient(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> gradient)
    {
        double alpha = ScaleMixture.Value, sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double half = squaredDistances[i] / 2;
            sum += weights[i] * values[i] * ((half / (1 + (half / alpha))) - (alpha * double.LogP1(half / alpha)));
        }

        gradient[0] += sum;
    }
}
