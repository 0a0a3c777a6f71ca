using System.Numerics.Tensors;

namespace PyRelationAL.Reproduction.Models;

/// <summary>
/// U [N×r] with U Uᵀ = K to 1e-11 of the variance in every entry, by Cholesky factorisation with pivots (Fine and Scheinberg, JMLR 2, 2001): for smooth
/// kernels on a few features r is far below N.
/// </summary>
internal sealed class KernelRoot
{
    private const double Tolerance = 1e-11;

    private readonly double[][] _rows;

    private KernelRoot(double[][] rows)
    {
        _rows = rows;
    }

    /// <summary>r.</summary>
    public int Rank => _rows[0].Length;

    /// <summary>Row i of U.</summary>
    public double[] this[int item] => _rows[item];

    /// <summary>The root, or null where its rank would be too large.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="largestRank">The largest r.</param>
    public static KernelRoot? TryFind(RbfRows kernel, int largestRank)
    {
        int count = kernel.Dataset.Count;
        var left = new double[count];
        Array.Fill(left, kernel.Variance);
        var columns = new List<double[]>();
        while (true)
        {
            int pivot = TensorPrimitives.IndexOfMax<double>(left);
            if (left[pivot] <= Tolerance * kernel.Variance)
            {
                return new KernelRoot([.. Enumerable.Range(0, count).Select(i => columns.Select(column => column[i]).ToArray())]);
            }

            if (columns.Count == largestRank)
            {
                return null;
            }

            var next = new double[count];
            kernel.WriteRow(pivot, next);
            foreach (double[] column in columns)
            {
                TensorPrimitives.MultiplyAdd(column, -column[pivot], next, next);
            }

            TensorPrimitives.Divide<double>(next, Math.Sqrt(left[pivot]), next);
            for (int i = 0; i < count; i++)
            {
                left[i] -= next[i] * next[i];
            }

            left[pivot] = 0;
            columns.Add(next);
        }
    }
}
