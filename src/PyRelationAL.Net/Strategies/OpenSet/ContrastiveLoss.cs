using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>
/// NT-Xent with its gradient: the mean over M = 2V rows z of −ln(exp(cos(z, z₊)/τ) / Σ exp(cos(z, z′)/τ)), the sum over all other rows; row i's partner is row
/// i ± V. It keeps its M×M numbers from step to step.
/// </summary>
/// <param name="capacity">The most rows.</param>
/// <param name="width">The numbers of z.</param>
/// <param name="temperature">τ; exp(±1/τ) must be normal numbers.</param>
internal sealed class ContrastiveLoss(int capacity, int width, double temperature)
{
    // What a zero row is divided by.
    private const double Smallest = 1e-12;

    private readonly double[] _units = new double[capacity * width];
    private readonly double[] _byUnits = new double[capacity * width];
    private readonly double[] _norms = new double[capacity];
    private readonly double[] _inverses = new double[capacity];
    private readonly double[] _weights = new double[capacity * capacity];

    /// <param name="outputs">M rows of some width, which begin with z.</param>
    /// <param name="stride">The numbers of a row.</param>
    /// <param name="gradient">Gets the gradient by z; the other numbers of a row are left alone.</param>
    public double Compute(ReadOnlySpan<double> outputs, int stride, Span<double> gradient)
    {
        int count = outputs.Length / stride, views = count / 2;
        Span<double> units = _units.AsSpan(0, count * width), weights = _weights.AsSpan(0, count * count), inverses = _inverses.AsSpan(0, count);
        double root = Math.Sqrt(temperature);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> z = outputs.Slice(i * stride, width);
            _norms[i] = Math.Max(Smallest, TensorPrimitives.Norm(z));
            TensorPrimitives.Divide(z, _norms[i] * root, units.Slice(i * width, width));
        }

        // Units of length 1/√τ: their products are s/τ.
        PackedProduct.MultiplyByTransposed(units, count, width, units, count, weights);
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            Span<double> row = weights.Slice(i * count, count);
            loss -= row[(i + views) % count];
            TensorPrimitives.Exp<double>(row, row);
            row[i] = 0;
            double sum = TensorPrimitives.Sum<double>(row);
            loss += Math.Log(sum);
            inverses[i] = 1 / sum;
        }

        // Each pair stands in the terms of both its rows, and exp(s/τ) is the same in both.
        for (int i = 0; i < count; i++)
        {
            Span<double> row = weights.Slice(i * count, count);
            TensorPrimitives.AddMultiply(inverses, inverses[i], row, row);
            row[(i + views) % count] -= 2;
        }

        PackedProduct.Multiply(weights, count, count, units, width, _byUnits);
        for (int i = 0; i < count; i++)
        {
            Span<double> byUnit = _byUnits.AsSpan(i * width, width);
            ReadOnlySpan<double> own = units.Slice(i * width, width);

            // The part along z changes no cosine.
            TensorPrimitives.MultiplyAdd(own, -temperature * TensorPrimitives.Dot<double>(byUnit, own), byUnit, byUnit);
            TensorPrimitives.Divide(byUnit, _norms[i] * root * count, gradient.Slice(i * stride, width));
        }

        return loss / count;
    }
}
