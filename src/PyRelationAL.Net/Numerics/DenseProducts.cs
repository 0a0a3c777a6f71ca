using System.Numerics.Tensors;

namespace PyRelationAL.Numerics;

/// <summary>Products of square, row-major matrices, in parallel over rows.</summary>
internal static class DenseProducts
{
    /// <summary>A X, with X and the product by columns.</summary>
    public static double[] Apply(double[] a, double[] columns, int n, int threads, CancellationToken cancellationToken)
    {
        var product = new double[columns.Length];
        Blocks.ForEach(
            n,
            threads,
            cancellationToken,
            (start, rows) =>
            {
                for (int i = start; i < start + rows; i++)
                {
                    for (int at = 0; at < columns.Length; at += n)
                    {
                        product[at + i] = TensorPrimitives.Dot<double>(a.AsSpan(i * n, n), columns.AsSpan(at, n));
                    }
                }
            },
            blockRows: 64);
        return product;
    }
}
