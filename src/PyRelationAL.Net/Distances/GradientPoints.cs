using System.Buffers;
using System.Numerics.Tensors;
using PyRelationAL.Predictions;

namespace PyRelationAL.Distances;

/// <summary>Gradient embeddings as points, in O(K + D) for each distance: ‖g − g′‖² = ‖a‖²‖h‖² + ‖a′‖²‖h′‖² − 2(a·a′)(h·h′).</summary>
internal sealed class GradientPoints : IPoints
{
    // Below this share of the norms a difference is rounding.
    private const double Rounding = 1e-13;

    private readonly GradientEmbeddings _gradients;

    // a by columns [K×N]: one multiplication and addition for each output then serves a whole block of points.
    private readonly double[] _outputColumns;
    private readonly double[] _squaredNorms;

    public GradientPoints(GradientEmbeddings gradients)
    {
        _gradients = gradients;
        Count = gradients.RowCount;
        _outputColumns = new double[gradients.OutputFactors.Length];
        _squaredNorms = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> factor = gradients.OutputFactor(i);
            for (int k = 0; k < factor.Length; k++)
            {
                _outputColumns[(k * Count) + i] = factor[k];
            }
        }

        Span<double> row = new double[gradients.Embeddings.ColumnCount];
        for (int i = 0; i < Count; i++)
        {
            WideRows.Widen(gradients.Embeddings.Row(i), row);
            _squaredNorms[i] = TensorPrimitives.SumOfSquares(gradients.OutputFactor(i)) * TensorPrimitives.SumOfSquares<double>(row);
        }
    }

    public int Count { get; }

    public double SquaredNorm(int point) => _squaredNorms[point];

    public void SquaredDistances(int from, int start, Span<double> distances)
    {
        int count = distances.Length, width = _gradients.Embeddings.ColumnCount;
        double[] buffer = ArrayPool<double>.Shared.Rent(count + width);
        Span<double> outputs = buffer.AsSpan(0, count), row = buffer.AsSpan(count, width);
        outputs.Clear();
        ReadOnlySpan<double> factor = _gradients.OutputFactor(from);
        for (int k = 0; k < factor.Length; k++)
        {
            TensorPrimitives.MultiplyAdd(_outputColumns.AsSpan((k * Count) + start, count), factor[k], outputs, outputs);
        }

        WideRows.Widen(_gradients.Embeddings.Row(from), row);
        WideRows.Products(row, _gradients.Embeddings.Values.Slice(start * width, count * width), distances);
        TensorPrimitives.Multiply(distances, outputs, distances);
        double norm = _squaredNorms[from];
        ReadOnlySpan<double> norms = _squaredNorms.AsSpan(start, count);
        for (int i = 0; i < count; i++)
        {
            double sum = norm + norms[i], distance = sum - (2 * distances[i]);
            distances[i] = distance > Rounding * sum ? distance : 0;
        }

        ArrayPool<double>.Shared.Return(buffer);
    }
}
