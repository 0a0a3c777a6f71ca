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
            distances[i] = Distance(norm + norms[i], distances[i]);
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

    public void SquaredDistances(int from, ReadOnlySpan<int> others, Span<double> distances)
    {
        FeatureMatrix embeddings = _gradients.Embeddings;
        double[] rented = ArrayPool<double>.Shared.Rent(embeddings.ColumnCount);
        Span<double> row = rented.AsSpan(0, embeddings.ColumnCount);
        WideRows.Widen(embeddings.Row(from), row);
        int i = 0;
        for (; i + 4 <= others.Length; i += 4)
        {
            WideRows.Products(
                row, embeddings.Row(others[i]), embeddings.Row(others[i + 1]), embeddings.Row(others[i + 2]), embeddings.Row(others[i + 3]), distances[i..]);
        }

        for (; i < others.Length; i++)
        {
            WideRows.Products(row, embeddings.Row(others[i]), distances.Slice(i, 1));
        }

        ReadOnlySpan<double> factor = _gradients.OutputFactor(from);
        for (i = 0; i < others.Length; i++)
        {
            double product = distances[i] * Product(factor, _gradients.OutputFactor(others[i]));
            distances[i] = Distance(_squaredNorms[from] + _squaredNorms[others[i]], product);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static double Distance(double sum, double product)
    {
        double distance = sum - (2 * product);
        return distance > Rounding * sum ? distance : 0;
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
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
            products[i] = Product(rows.Slice(i * factor.Length, factor.Length), factor);
        }
    }
}
