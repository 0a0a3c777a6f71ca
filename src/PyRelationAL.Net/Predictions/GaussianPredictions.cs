using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>A mean and a standard deviation for each of N rows, all finite, deviations not negative. Immutable.</summary>
public sealed class GaussianPredictions
{
    private readonly ReadOnlyMemory<double> _mean;
    private readonly ReadOnlyMemory<double> _deviation;

    /// <summary>Wraps means and deviations; the arrays are not copied.</summary>
    /// <param name="mean">N means.</param>
    /// <param name="standardDeviation">N standard deviations (not variances), each at least 0.</param>
    /// <param name="sampleCount">S where the moments were estimated from S samples with divisor S − 1; null where they are exact.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is NaN or infinite, or a deviation is negative.</exception>
    public GaussianPredictions(ReadOnlyMemory<double> mean, ReadOnlyMemory<double> standardDeviation, int? sampleCount = null)
    {
        Guard.SameLength(mean.Length, standardDeviation.Length, "standard deviations", nameof(standardDeviation));
        Guard.AllFinite(mean.Span, 1, "the predicted mean", nameof(mean));
        Guard.AllFinite(standardDeviation.Span, 1, "the predicted standard deviation", nameof(standardDeviation));
        RefuseNegative(standardDeviation.Span);
        _mean = mean;
        _deviation = standardDeviation;
        SampleCount = sampleCount;
    }

    /// <summary>The number of rows N.</summary>
    public int RowCount => _mean.Length;

    /// <summary>The means [N].</summary>
    public ReadOnlySpan<double> Mean => _mean.Span;

    /// <summary>The standard deviations [N].</summary>
    public ReadOnlySpan<double> StandardDeviation => _deviation.Span;

    /// <summary>The number of samples the moments were estimated from; null where they are exact.</summary>
    public int? SampleCount { get; }

    /// <summary>Refuses negative standard deviations, with the row of the first.</summary>
    internal static void RefuseNegative(ReadOnlySpan<double> standardDeviation)
    {
        int negative = standardDeviation.IndexOfAnyInRange(double.NegativeInfinity, -double.Epsilon);
        if (negative >= 0)
        {
            throw new ArgumentException(
                Guard.Text($"The standard deviation of row {negative} is {standardDeviation[negative]}; it must not be negative."),
                nameof(standardDeviation));
        }
    }
}
