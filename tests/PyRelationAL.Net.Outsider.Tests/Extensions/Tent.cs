using PyRelationAL.Distances;

namespace Outsider.Extensions;

/// <summary>A similarity: max(0, 1 − d).</summary>
internal sealed class Tent(DistanceMetric metric) : Similarity
{
    public override double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Max(0, 1 - metric.Between(a, b));
}
