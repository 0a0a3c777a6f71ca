using System.Numerics.Tensors;

namespace PyRelationAL.Reproduction.Models;

/// <summary>Rasmussen and Williams 2006, algorithms 3.1 and 3.2: matrices of the size of the labelled set, covariances exact to the last bit.</summary>
/// <param name="rows">Covariances of each labelled item with every item of the dataset.</param>
/// <param name="variance">The kernel's variance.</param>
internal sealed class FunctionSpaceLaplace(Func<int, double[]> rows, double variance) : ILaplaceSpace
{
    private int[] _labelled = [];
    private double[][] _covariances = [];
    private double[] _residuals = [];
    private double[] _roots = [];
    private SmallCholesky? _factor;

    /// <inheritdoc/>
    public void FindMode(ReadOnlySpan<int> items, double[] targets)
    {
        int n = items.Length;
        int[] labelled = items.ToArray();
        _covariances = Array.ConvertAll(labelled, item => rows(item));
        double[][] k = Array.ConvertAll(_covariances, row => Array.ConvertAll(labelled, item => row[item]));

        // The last round's mode is near this one's: a at the mode is t − π, and the new items are begun with 0.
        int known = labelled.AsSpan().StartsWith(_labelled) ? _residuals.Length : 0;
        double[] a = new double[n], latent = new double[n];
        _residuals.AsSpan(0, known).CopyTo(a);
        WriteLatent();
        _labelled = labelled;
        LaplaceNewton.Iterate(
            a,
            latent,
            targets,
            (curvatures, residuals) =>
            {
                double[] roots = Array.ConvertAll(curvatures, Math.Sqrt), work = new double[n];
                SmallCholesky factor = Factor(k, roots);
                for (int i = 0; i < n; i++)
                {
                    a[i] = (curvatures[i] * latent[i]) + residuals[i];
                }

                for (int i = 0; i < n; i++)
                {
                    work[i] = roots[i] * TensorPrimitives.Dot<double>(k[i], a);
                }

                factor.Solve(work);
                for (int i = 0; i < n; i++)
                {
                    a[i] -= roots[i] * work[i];
                }

                WriteLatent();
            },
            () => -0.5 * TensorPrimitives.Dot<double>(a, latent));

        double[] atMode = new double[n];
        _residuals = new double[n];
        LaplaceNewton.Derivatives(latent, targets, atMode, _residuals);
        _roots = Array.ConvertAll(atMode, Math.Sqrt);
        _factor = Factor(k, _roots);

        void WriteLatent()
        {
            for (int i = 0; i < n; i++)
            {
                latent[i] = TensorPrimitives.Dot<double>(k[i], a);
            }
        }
    }

    /// <inheritdoc/>
    public void WriteMeans(ReadOnlySpan<int> items, Span<double> means)
    {
        means.Clear();
        for (int k = 0; k < _residuals.Length; k++)
        {
            double[] row = _covariances[k];
            double weight = _residuals[k];
            for (int i = 0; i < means.Length; i++)
            {
                means[i] += row[items[i]] * weight;
            }
        }
    }

    /// <inheritdoc/>
    public void WriteVariances(ReadOnlySpan<int> items, Span<double> variances)
    {
        variances.Fill(variance);
        for (int start = 0; start < items.Length; start += SmallCholesky.ColumnsTogether)
        {
            int[] asked = items.Slice(start, Math.Min(SmallCholesky.ColumnsTogether, items.Length - start)).ToArray();
            Span<double> part = variances.Slice(start, asked.Length);
            double[][] block = [.. _covariances.Select((row, k) => Array.ConvertAll(asked, item => _roots[k] * row[item]))];
            _factor!.SolveLower(block);
            foreach (double[] row in block)
            {
                TensorPrimitives.Multiply<double>(row, row, row);
                TensorPrimitives.Subtract(part, row, part);
            }
        }
    }

    private static SmallCholesky Factor(double[][] k, double[] roots)
    {
        var b = new double[k.Length][];
        for (int i = 0; i < b.Length; i++)
        {
            b[i] = new double[i + 1];
            TensorPrimitives.Multiply(k[i].AsSpan(0, i + 1), roots.AsSpan(0, i + 1), b[i]);
            TensorPrimitives.Multiply<double>(b[i], roots[i], b[i]);
            b[i][i] += 1;
        }

        return new SmallCholesky(b);
    }
}
