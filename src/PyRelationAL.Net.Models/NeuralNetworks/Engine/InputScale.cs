namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>Subtracts each feature's mean and divides by its deviation, into padded rows.</summary>
internal sealed class InputScale
{
    // Further from the mean than this nothing is learned, and float32 products would overflow.
    private const double Farthest = 1e6;

    private readonly double[] _mean;
    private readonly double[] _inverseDeviation;

    public InputScale(double[] mean, double[] inverseDeviation)
    {
        _mean = mean;
        _inverseDeviation = inverseDeviation;
    }

    public ReadOnlySpan<double> Mean => _mean;

    public ReadOnlySpan<double> InverseDeviation => _inverseDeviation;

    public int Width => _mean.Length;

    public static InputScale Fit(FeatureMatrix features, bool standardise)
    {
        int width = features.ColumnCount;
        double[] mean = new double[width], inverse = new double[width];
        Array.Fill(inverse, 1);
        if (!standardise)
        {
            return new InputScale(mean, inverse);
        }

        // Row by row, as the numbers lie in memory; each column's sums are taken in the same order all the same.
        double[] largest = new double[width], squares = new double[width];
        for (int r = 0; r < features.RowCount; r++)
        {
            ReadOnlySpan<float> row = features.Row(r);
            for (int j = 0; j < width; j++)
            {
                mean[j] += row[j];
                largest[j] = Math.Max(largest[j], Math.Abs(row[j]));
            }
        }

        for (int j = 0; j < width; j++)
        {
            mean[j] /= features.RowCount;
        }

        for (int r = 0; r < features.RowCount; r++)
        {
            ReadOnlySpan<float> row = features.Row(r);
            for (int j = 0; j < width; j++)
            {
                double difference = row[j] - mean[j];
                squares[j] += difference * difference;
            }
        }

        for (int j = 0; j < width; j++)
        {
            double deviation = Math.Sqrt(squares[j] / features.RowCount);
            // A constant column's deviation is the rounding of its mean.
            inverse[j] = deviation > 1e-10 * largest[j] ? 1 / deviation : 1;
        }

        return new InputScale(mean, inverse);
    }

    public float[] Apply(FeatureMatrix features)
    {
        var rows = new float[checked(features.RowCount * Lanes.Stride(Width))];
        Apply(features, 0, features.RowCount, rows);
        return rows;
    }

    public void Apply(FeatureMatrix features, int start, int count, Span<float> destination)
    {
        int stride = Lanes.Stride(Width);
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<float> source = features.Row(start + r);
            Span<float> row = destination.Slice(r * stride, stride);
            for (int j = 0; j < source.Length; j++)
            {
                row[j] = (float)Math.Clamp((source[j] - _mean[j]) * _inverseDeviation[j], -Farthest, Farthest);
            }
        }
    }

    /// <summary>Turns gradients by scaled inputs, in padded rows, into gradients by the features: 0 where a feature counts as ±10⁶.</summary>
    public void ApplyToGradient(FeatureMatrix features, int start, int count, ReadOnlySpan<float> scaled, Span<float> destination)
    {
        int stride = Lanes.Stride(Width);
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<float> source = features.Row(start + r);
            for (int j = 0; j < source.Length; j++)
            {
                bool clamped = Math.Abs((source[j] - _mean[j]) * _inverseDeviation[j]) > Farthest;
                destination[(r * Width) + j] = clamped ? 0 : (float)(scaled[(r * stride) + j] * _inverseDeviation[j]);
            }
        }
    }
}
