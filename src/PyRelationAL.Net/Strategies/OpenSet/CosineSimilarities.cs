using System.Numerics.Tensors;
using PyRelationAL.Distances;

namespace PyRelationAL.Strategies;

/// <summary>Cosines of rows, or of gradients g = a ⊗ h, whose cosine is cos(a, a′) cos(h, h′).</summary>
internal sealed class CosineSimilarities(FeatureMatrix rows, FeatureMatrix? factors = null) : ISimilarities
{
    private readonly Cosines _rows = new(rows);
    private readonly Cosines? _factors = factors is null ? null : new Cosines(factors);

    public void Of(int from, int start, Span<double> similarities)
    {
        _rows.Of(rows.Row(from), start, similarities);
        if (_factors is not null)
        {
            Span<double> others = similarities.Length <= 1024 ? stackalloc double[similarities.Length] : new double[similarities.Length];
            _factors.Of(factors!.Row(from), start, others);
            TensorPrimitives.Multiply(similarities, others, similarities);
        }
    }
}
