using System.Numerics.Tensors;

namespace PyRelationAL.Models;

/// <summary>The unit in which a network sees targets: (y − mean)/deviation.</summary>
internal readonly record struct TargetScale(double Mean, double Deviation)
{
    public static TargetScale Fit(ReadOnlySpan<double> values, bool standardise)
    {
        if (!standardise)
        {
            return new TargetScale(0, 1);
        }

        double mean = TensorPrimitives.Average(values), squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / values.Length);
        return double.IsFinite(mean) && double.IsFinite(deviation)
            ? new TargetScale(mean, deviation > 1e-12 * Math.Abs(mean) ? deviation : 1)
            : throw new ModelTrainingException("The targets are too large to be standardised: rescale them.");
    }

    public float[] Apply(ReadOnlySpan<double> values)
    {
        var scaled = new float[values.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (float)((values[i] - Mean) / Deviation);
        }

        return scaled;
    }
}
