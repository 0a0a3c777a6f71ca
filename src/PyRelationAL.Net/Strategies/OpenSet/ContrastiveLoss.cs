using System.Numerics.Tensors;
using PyRelationAL.Numerics;

namespace PyRelationAL.Strategies;

/// <summary>NT-Xent, with its gradient.</summary>
internal static class ContrastiveLoss
{
    // What a zero row is divided by.
    private const double Smallest = 1e-12;

    // Below it the exponential is subnormal, which TensorPrimitives rounds in ways that depend on the position.
    private const double LeastExponent = -708;

    /// <summary>
    /// The mean over M = 2V rows z of −ln(exp(cos(z, z₊)/τ) / Σ exp(cos(z, z′)/τ)), the sum over all other rows; row i's partner is row i ± V.
    /// </summary>
    /// <param name="outputs">M rows of some width, of which the first <paramref name="width"/> numbers are z.</param>
    /// <param name="stride">The numbers of a row.</param>
    /// <param name="width">The numbers of z.</param>
    /// <param name="temperature">τ.</param>
    /// <param name="gradient">Gets the gradient by z; the other numbers of a row are left alone.</param>
    public static double Compute(ReadOnlySpan<double> outputs, int stride, int width, double temperature, Span<double> gradient)
    {
        int count = outputs.Length / stride, views = count / 2;
        double[] unit = new double[count * width], norms = new double[count], weights = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> z = outputs.Slice(i * stride, width);
            norms[i] = Math.Max(Smallest, TensorPrimitives.Norm(z));
            TensorPrimitives.Divide(z, norms[i], unit.AsSpan(i * width, width));
        }

        // Cosines are at most 1: exp((s − 1)/τ) cannot overflow.
        MatrixProduct.MultiplyByTransposed(unit, count, width, unit, count, weights);
        TensorPrimitives.Subtract(weights, 1, weights);
        TensorPrimitives.Divide(weights, temperature, weights);
        TensorPrimitives.Max(weights, LeastExponent, weights);
        TensorPrimitives.Exp<double>(weights, weights);
        for (int i = 0; i < count; i++)
        {
            weights[(i * count) + i] = 0;
        }

        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            Span<double> row = weights.AsSpan(i * count, count);
            double sum = TensorPrimitives.Sum<double>(row);
            int partner = (i + views) % count;
            loss -= Math.Log(row[partner] / sum);
            TensorPrimitives.Divide(row, sum, row);
            row[partner] -= 1;
        }

        double[] both = new double[weights.Length], byUnits = new double[unit.Length];
        MatrixProduct.Transpose(weights, count, count, both);
        TensorPrimitives.Add(both, weights, both);
        TensorPrimitives.Divide(both, temperature * count, both);
        MatrixProduct.Multiply(both, count, count, unit, width, byUnits);
        for (int i = 0; i < count; i++)
        {
            Span<double> byUnit = byUnits.AsSpan(i * width, width);
            // The part along z changes no cosine.
            ReadOnlySpan<double> own = unit.AsSpan(i * width, width);
            TensorPrimitives.MultiplyAdd(own, -TensorPrimitives.Dot<double>(byUnit, own), byUnit, byUnit);
            TensorPrimitives.Divide(byUnit, norms[i], gradient.Slice(i * stride, width));
        }

        return loss / count;
    }
}
