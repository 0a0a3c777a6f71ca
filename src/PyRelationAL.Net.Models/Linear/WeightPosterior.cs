using System.Numerics.Tensors;
using PyRelationAL.Numerics;

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

    private WeightPosterior(BinaryReader reader, int width, int rank)
    {
        double[] scalars = SavedNumbers.Read(reader, 3);
        (TargetMean, InterceptVariance, _outsideDeviation) = (scalars[0], scalars[1], scalars[2]);
        FeatureMean = SavedNumbers.Read(reader, width);
        Weights = SavedNumbers.Read(reader, width);
        _deviations = SavedNumbers.Read(reader, rank);
        _vectors = [.. Enumerable.Range(0, rank).Select(_ => SavedNumbers.Read(reader, width))];
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

    public void Write(BinaryWriter writer)
    {
        writer.Write(_deviations.Length);
        SavedNumbers.Write(writer, [TargetMean, InterceptVariance, _outsideDeviation], FeatureMean, Weights, _deviations);
        SavedNumbers.Write(writer, _vectors);
    }

    public static WeightPosterior Read(BinaryReader reader, int width)
    {
        int rank = reader.ReadInt32();
        return rank >= 0 && rank <= width
            ? new WeightPosterior(reader, width, rank)
            : throw new InvalidDataException(Guard.Text($"The saved posterior has {rank} directions; from 0 to {width} are possible."));
    }
}
