namespace PyRelationAL.Models.Covariance;

/// <summary>The Matérn kernel with ν = 1/2, 3/2 or 5/2: rougher functions than <see cref="RbfKernel"/>'s. R&amp;W 2006, eqs. 4.14 and 4.17.</summary>
public sealed class MaternKernel : StationaryKernel
{
    private static readonly double Root3 = Math.Sqrt(3), Root5 = Math.Sqrt(5);

    /// <summary>Creates an isotropic kernel.</summary>
    /// <param name="smoothness">ν.</param>
    /// <param name="lengthScale">ℓ.</param>
    public MaternKernel(MaternSmoothness smoothness, Hyperparameter lengthScale)
        : this(smoothness, [lengthScale])
    {
    }

    /// <summary>Creates a kernel with one length scale for each feature.</summary>
    /// <param name="smoothness">ν.</param>
    /// <param name="lengthScales">ℓ_d for each feature; a single one serves all features.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The smoothness is not one of the enumeration's.</exception>
    public MaternKernel(MaternSmoothness smoothness, IReadOnlyList<Hyperparameter> lengthScales)
        : base([], lengthScales)
    {
        Smoothness = Enum.IsDefined(smoothness)
            ? smoothness
            : throw new ArgumentOutOfRangeException(nameof(smoothness), smoothness, "The smoothness must be Half, ThreeHalves or FiveHalves.");
    }

    /// <summary>ν.</summary>
    public MaternSmoothness Smoothness { get; }

    /// <summary>A kernel with one length scale for each feature, all starting at the same value.</summary>
    /// <param name="smoothness">ν.</param>
    /// <param name="featureCount">D, at least 1.</param>
    /// <param name="lengthScale">Where each length scale starts.</param>
    /// <returns>The kernel.</returns>
    public static MaternKernel Ard(MaternSmoothness smoothness, int featureCount, Hyperparameter lengthScale) =>
        new(smoothness, Repeated(lengthScale, featureCount));

    /// <inheritdoc/>
    public override string ToString()
    {
        string nu = Smoothness switch
        {
            MaternSmoothness.Half => "1/2",
            MaternSmoothness.ThreeHalves => "3/2",
            _ => "5/2",
        };
        return $"Matern {nu}(length scale {LengthScaleText})";
    }

    private protected override Kernel With(ReadOnlySpan<Hyperparameter> shape, IReadOnlyList<Hyperparameter> lengthScales) =>
        new MaternKernel(Smoothness, lengthScales);

    private protected override void WriteValues(ReadOnlySpan<double> squaredDistances, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            double r = Math.Sqrt(squaredDistances[i]);
            destination[i] = Smoothness switch
            {
                MaternSmoothness.Half => Math.Exp(-r),
                MaternSmoothness.ThreeHalves => (1 + (Root3 * r)) * Math.Exp(-Root3 * r),
                _ => (1 + (Root5 * r) + (5 * r * r / 3)) * Math.Exp(-Root5 * r),
            };
        }
    }

    private protected override void WriteSlopes(ReadOnlySpan<double> squaredDistances, ReadOnlySpan<double> values, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            double r = Math.Sqrt(squaredDistances[i]);
            destination[i] = Smoothness switch
            {
                // Unbounded as r → 0, but what it is multiplied with, r², vanishes faster.
                MaternSmoothness.Half => r == 0 ? 0 : values[i] / r,
                MaternSmoothness.ThreeHalves => 3 * values[i] / (1 + (Root3 * r)),
                _ => 5 * (1 + (Root5 * r)) / 3 * values[i] / (1 + (Root5 * r) + (5 * r * r / 3)),
            };
        }
    }
}
