namespace PyRelationAL.Models.NeuralNetworks;

/// <summary>
/// An orthonormal basis of the differences between C logits (Helmert's): softmax does not see what is added to all logits, so that a posterior of the weights
/// needs C − 1 outputs only.
/// </summary>
internal sealed class LogitContrasts
{
    private readonly double[] _basis;

    public LogitContrasts(int classCount)
    {
        ClassCount = classCount;
        Count = classCount - 1;
        _basis = new double[classCount * Count];
        for (int k = 0; k < Count; k++)
        {
            double scale = Math.Sqrt((k + 1.0) * (k + 2));
            for (int c = 0; c <= k; c++)
            {
                _basis[(c * Count) + k] = 1 / scale;
            }

            _basis[((k + 1) * Count) + k] = -(k + 1) / scale;
        }
    }

    public int ClassCount { get; }

    /// <summary>C − 1.</summary>
    public int Count { get; }

    /// <summary>The row of class c in the basis Q [C×(C−1)].</summary>
    public ReadOnlySpan<double> Row(int c) => _basis.AsSpan(c * Count, Count);

    /// <summary>Qᵀ M for M [C×width], row-major.</summary>
    public double[] Project(ReadOnlySpan<double> matrix, int width)
    {
        var product = new double[Count * width];
        for (int c = 0; c < ClassCount; c++)
        {
            for (int k = 0; k < Count; k++)
            {
                double share = Row(c)[k];
                for (int j = 0; j < width; j++)
                {
                    product[(k * width) + j] += share * matrix[(c * width) + j];
                }
            }
        }

        return product;
    }

    /// <summary>Q M for M [(C−1)×width], row-major.</summary>
    public void Expand(ReadOnlySpan<double> matrix, int width, Span<double> product)
    {
        product.Clear();
        for (int c = 0; c < ClassCount; c++)
        {
            for (int k = 0; k < Count; k++)
            {
                double share = Row(c)[k];
                for (int j = 0; j < width; j++)
                {
                    product[(c * width) + j] += share * matrix[(k * width) + j];
                }
            }
        }
    }

    /// <summary>Qᵀ (diag p − p pᵀ) Q, the curvature of the cross-entropy by the contrasts, added to a matrix [(C−1)×(C−1)].</summary>
    public void AddCurvature(ReadOnlySpan<double> probabilities, Span<double> curvature)
    {
        Span<double> mean = Count <= 64 ? stackalloc double[Count] : new double[Count];
        mean.Clear();
        for (int c = 0; c < ClassCount; c++)
        {
            ReadOnlySpan<double> row = Row(c);
            for (int a = 0; a < Count; a++)
            {
                mean[a] += probabilities[c] * row[a];
                for (int b = 0; b < Count; b++)
                {
                    curvature[(a * Count) + b] += probabilities[c] * row[a] * row[b];
                }
            }
        }

        for (int a = 0; a < Count; a++)
        {
            for (int b = 0; b < Count; b++)
            {
                curvature[(a * Count) + b] -= mean[a] * mean[b];
            }
        }
    }
}
