using System.Numerics.Tensors;

namespace PyRelationAL.Models.Linear;

/// <summary>
/// The Gaussian posterior of a linear model's weights in the eigenbasis of XᵀX, and of the intercept at the features' mean, which is independent of
/// them.
/// </summary>
internal sealed class WeightPosterior
{
    private readonly double[][] _vectors;
    private readonly double[] _deviations;
    private readonly double _outsideDeviation;

    public WeightPosterior(RidgeSpectrum spectrum, CentredFeatures features, double targetMean, double weightPrecision, double noisePrecision)
    {
        FeatureMean = features.Mean;
        TargetMean = targetMean;
        InterceptVariance = 1 / (noisePrecision * features.RowCount);
        Weights = new double[features.Width];
        _vectors = spectrum.Vectors;
        _deviations = new double[spectrum.Rank];
        for (int k = 0; k < _deviations.Length; k++)
        {
            double precision = weightPrecision + (noisePrecision * spectrum.Values[k]);
            _deviations[k] = 1 / Math.Sqrt(precision);
            TensorPrimitives.MultiplyAdd<double>(_vectors[k], noisePrecision * spectrum.Projections[k] / precision, Weights, Weights);
        }

        // Directions that the rows do not span keep their prior.
        _outsideDeviation = spectrum.Rank < features.Width ? 1 / Math.Sqrt(weightPrecision) : 0;
    }

    public double[] FeatureMean { get; }

    public double TargetMean { get; }

    /// <summary>1/(β N), from a flat prior.</summary>
    public double InterceptVariance { get; }

    /// <summary>The posterior mean [D].</summary>
    public double[] Weights { get; }

    public void Centre(ReadOnlySpan<float> row, Span<double> centred) => CentredFeatures.Centre(row, FeatureMean, centred);

    /// <summary>
    /// Σ^½ times a vector, with the symmetric square root of the posterior covariance: ‖Σ^½ x‖² is the variance of w·x, and Σ^½ z a draw of w − mean.
    /// </summary>
    public void ApplyRoot(ReadOnlySpan<double> vector, Span<double> product)
    {
        TensorPrimitives.Multiply(vector, _outsideDeviation, product);
        for (int k = 0; k < _vectors.Length; k++)
        {
            double share = TensorPrimitives.Dot(_vectors[k], vector);
            TensorPrimitives.MultiplyAdd(_vectors[k], share * (_deviations[k] - _outsideDeviation), product, product);
        }
    }
}
