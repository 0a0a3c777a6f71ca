using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>Real-valued predictions under S draws from the posterior over models, [S×N]: sample-major, all finite. Immutable.</summary>
public sealed class PosteriorValueSamples
{
    private readonly ReadOnlyMemory<double> _values;

    /// <summary>Wraps samples; the array is not copied.</summary>
    /// <param name="values">S·N values.</param>
    /// <param name="sampleCount">S, at least 1.</param>
    /// <exception cref="ArgumentException">The length is no multiple of S, or a value is NaN or infinite.</exception>
    public PosteriorValueSamples(ReadOnlyMemory<double> values, int sampleCount)
    {
        SampleCount = Guard.Positive(sampleCount);
        if (values.Length % sampleCount != 0)
        {
            throw new ArgumentException(Guard.Text($"{values.Length} values cannot be {sampleCount} samples of equal length."), nameof(values));
        }

        RowCount = values.Length / sampleCount;
        Guard.AllFinite(values.Span, Math.Max(1, RowCount), "posterior samples (row = sample, column = candidate)", nameof(values));
        _values = values;
    }

    /// <summary>The number of samples S.</summary>
    public int SampleCount { get; }

    /// <summary>The number of rows N.</summary>
    public int RowCount { get; }

    /// <summary>All values [S×N].</summary>
    public ReadOnlySpan<double> Values => _values.Span;

    /// <summary>All rows under one sample.</summary>
    /// <param name="sample">In [0, <see cref="SampleCount"/>).</param>
    /// <returns>N values.</returns>
    public ReadOnlySpan<double> Sample(int sample) => _values.Span.Slice(sample * RowCount, RowCount);

    /// <summary>Mean and standard deviation (with divisor S − 1; 0 where S = 1) of each row over the samples.</summary>
    /// <returns>The moments, which remember S.</returns>
    public GaussianPredictions Moments()
    {
        var mean = new double[RowCount];
        var deviation = new double[RowCount];
        for (int m = 0; m < SampleCount; m++)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(mean, Sample(m), mean);
        }

        System.Numerics.Tensors.TensorPrimitives.Divide(mean, SampleCount, mean);
        // Two passes: the one-pass form can give a negative variance.
        for (int m = 0; m < SampleCount; m++)
        {
            ReadOnlySpan<double> r = Sample(m);
            for (int i = 0; i < deviation.Length; i++)
            {
                double d = r[i] - mean[i];
                deviation[i] += d * d;
            }
        }

        for (int i = 0; i < deviation.Length; i++)
        {
            deviation[i] = SampleCount == 1 ? 0 : Math.Sqrt(deviation[i] / (SampleCount - 1));
        }

        return new GaussianPredictions(mean, deviation, SampleCount);
    }
}
