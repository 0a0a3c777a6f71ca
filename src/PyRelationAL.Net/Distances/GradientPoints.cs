using System.Buffers;
using System.Numerics.Tensors;
using PyRelationAL.Predictions;

namespace PyRelationAL.Distances;

/// <summary>Gradient embeddings as points, in O(K + D) for each distance: ‖g − g′‖² = ‖a‖²‖h‖² + ‖a′‖²‖h′‖² − 2(a·a′)(h·h′).</summary>
internal sealed class GradientPoints : IPoints
{
    // Below this share of the norms a difference is rounding.
    private const double Rounding = 1e-13;

    // Beyond this (128 MiB) the embeddings come from memory too slowly for the outputs' layout to matter, and a second copy of them may not fit.
    private const int MostColumnValues = 1 << 24;

    private readonly GradientEmbeddings _gradients;

    // a by columns [K×N]: one multiplication and addition for each output then serves a whole block of points.
    private readonly double[]? _outputColumns;
    private readonly double[] _squaredNorms;

    public GradientPoints(GradientEmbeddings gradients, int mostColumnValues = MostColumnValues)
    {
        _gradients = gradients;
        Count = gradients.RowCount;
        _outputColumns = gradients.OutputFactors.Length <= mostColumnValues ? Columns(gradients) : null;
        _squaredNorms = new double[Count];
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
        OutputProducts(from, start, outputs);
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

    private static double[] Columns(GradientEmbeddings gradients)
    {
        int count = gradients.RowCount;
        var columns = new double[gradients.OutputFactors.Length];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> factor = gradients.OutputFactor(i);
            for (int k = 0; k < factor.Length; k++)
            {
                columns[(k * count) + i] = factor[k];
            }
        }

        return columns;
    }

    /// <summary>a·a′ for consecutive points; the sums are taken in the same order in both layouts.</summary>
    private void OutputProducts(int from, int start, Span<double> products)
    {
        ReadOnlySpan<double> factor = _gradients.OutputFactor(from);
        products.Clear();
        if (_outputColumns is not null)
        {
            for (int k = 0; k < factor.Length; k++)
            {
                TensorPrimitives.MultiplyAdd(_outputColumns.AsSpan((k * Count) + start, products.Length), factor[k], products, products);
            }

            return;
        }

        ReadOnlySpan<double> rows = _gradients.OutputFactors.Slice(start * factor.Length, products.Length * factor.Length);
        for (int i = 0; i < products.Length; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(i * factor.Length, factor.Length);
            double sum = 0;
            for (int k = 0; k < row.Length; k++)
            {
                sum += row[k] * factor[k];
            }

            products[i] = sum;
        }
    }
}
