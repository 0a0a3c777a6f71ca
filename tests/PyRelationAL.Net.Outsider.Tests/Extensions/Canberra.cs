using PyRelationAL.Distances;

namespace Outsider.Extensions;

/// <summary>A distance: Σ |a − b| / (|a| + |b|).</summary>
internal sealed class Canberra : DistanceMetric
{
    public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            double scale = Math.Abs(a[j]) + Math.Abs(b[j]);
            sum += scale == 0 ? 0 : Math.Abs(a[j] - b[j]) / scale;
        }

        return sum;
    }
}
