using System.Numerics.Tensors;

namespace PyRelationAL.Reproduction.Models;

/// <summary>
/// The same with f = U w, w ~ N(0, I): matrices of the size of the kernel's rank, O(n r² + r³) for a step and O(r²) for a variance. The covariances are off by
/// up to 1e-11, where <see cref="KernelRoot"/> cuts them.
/// </summary>
internal sealed class WeightSpaceLaplace(KernelRoot root) : ILaplaceSpace
{
    private double[] _weights = new double[root.Rank];
    private SmallCholesky? _factor;

    /// <inheritdoc/>
    public void FindMode(ReadOnlySpan<int> items, double[] targets)
    {
        double[][] u = Array.ConvertAll(items.ToArray(), item => root[item]);

        // The last round's mode is near this one's.
        double[] weights = [.. _weights], latent = new double[u.Length];
        WriteLatent();
        LaplaceNewton.Iterate(
            weights,
            latent,
            targets,
            (curvatures, residuals) =>
            {
                SmallCholesky factor = Factor(u, curvatures);
                Array.Clear(weights);
                for (int i = 0; i < u.Length; i++)
                {
                    TensorPrimitives.MultiplyAdd(u[i], (curvatures[i] * latent[i]) + residuals[i], weights, weights);
                }

                factor.Solve(weights);
                WriteLatent();
            },
            () => -0.5 * TensorPrimitives.Dot<double>(weights, weights));

        double[] atMode = new double[u.Length];
        LaplaceNewton.Derivatives(latent, targets, atMode, new double[u.Length]);
        _weights = weights;
        _factor = Factor(u, atMode);

        void WriteLatent()
        {
            for (int i = 0; i < u.Length; i++)
            {
                latent[i] = TensorPrimitives.Dot<double>(u[i], weights);
            }
        }
    }

    /// <inheritdoc/>
    public void WriteMeans(ReadOnlySpan<int> items, Span<double> means)
    {
        for (int i = 0; i < items.Length; i++)
        {
            means[i] = TensorPrimitives.Dot<double>(root[items[i]], _weights);
        }
    }

    /// <inheritdoc/>
    public void WriteVariances(ReadOnlySpan<int> items, Span<double> variances)
    {
        variances.Clear();
        for (int start = 0; start < items.Length; start += SmallCholesky.ColumnsTogether)
        {
            // One column for each item, so that the solve runs along rows.
            int[] asked = items.Slice(start, Math.Min(SmallCholesky.ColumnsTogether, items.Length - start)).ToArray();
            Span<double> part = variances.Slice(start, asked.Length);
            double[][] block = [.. Enumerable.Range(0, root.Rank).Select(k => Array.ConvertAll(asked, item => root[item][k]))];
            _factor!.SolveLower(block);
            foreach (double[] row in block)
            {
                TensorPrimitives.MultiplyAdd(row, row, part, part);
            }
        }
    }

    /// <summary>The factor of I + Uᵀ W U.</summary>
    private SmallCholesky Factor(double[][] u, double[] curvatures)
    {
        var a = new double[root.Rank][];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = new double[i + 1];
            a[i][i] = 1;
        }

        for (int k = 0; k < u.Length; k++)
        {
            for (int i = 0; i < a.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(u[k].AsSpan(0, i + 1), curvatures[k] * u[k][i], a[i], a[i]);
            }
        }

        return new SmallCholesky(a);
    }
}
