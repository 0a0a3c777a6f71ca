using PyRelationAL.Numerics;

namespace PyRelationAL.Predictions;

/// <summary>A joint Gaussian over N rows: mean [N] and covariance [N×N]. Immutable. Meant for batches and small pools: it costs O(N²) memory.</summary>
public sealed class JointGaussianPredictions
{
    private readonly ReadOnlyMemory<double> _mean;
    private readonly ReadOnlyMemory<double> _covariance;

    /// <summary>Wraps mean and covariance; the arrays are not copied.</summary>
    /// <param name="mean">N means.</param>
    /// <param name="covariance">N·N covariances, row-major, symmetric.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a value is NaN or infinite.</exception>
    public JointGaussianPredictions(ReadOnlyMemory<double> mean, ReadOnlyMemory<double> covariance)
    {
        Guard.SameLength(checked(mean.Length * mean.Length), covariance.Length, Guard.Text($"covariance [{mean.Length}×{mean.Length}]"), nameof(covariance));
        Guard.AllFinite(mean.Span, 1, "the predicted mean", nameof(mean));
        Guard.AllFinite(covariance.Span, Math.Max(1, mean.Length), "the predicted covariance", nameof(covariance));
        _mean = mean;
        _covariance = covariance;
    }

    /// <summary>The number of rows N.</summary>
    public int RowCount => _mean.Length;

    /// <summary>The means [N].</summary>
    public ReadOnlySpan<double> Mean => _mean.Span;

    /// <summary>The covariances [N×N], row-major.</summary>
    public ReadOnlySpan<double> Covariance => _covariance.Span;

    /// <summary>
    /// One draw of all rows together: mean + L z with L the Cholesky factor of the covariance. Where rounding or duplicate rows leave the
    /// covariance singular, directions without variance are dropped. O(N³).
    /// </summary>
    /// <param name="random">The source of randomness.</param>
    /// <returns>N values.</returns>
    public double[] Draw(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int n = RowCount;
        double[] l = _covariance.ToArray();
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, l[(i * n) + i]);
        }

        for (int j = 0; j < n; j++)
        {
            Span<double> rowJ = l.AsSpan(j * n, n);
            double pivot = rowJ[j] - System.Numerics.Tensors.TensorPrimitives.Dot<double>(rowJ[..j], rowJ[..j]);
            double root = pivot > largest * 1e-12 ? Math.Sqrt(pivot) : 0;
            rowJ[j] = root;
            for (int i = j + 1; i < n; i++)
            {
                Span<double> rowI = l.AsSpan(i * n, n);
                rowI[j] = root == 0 ? 0 : (rowI[j] - System.Numerics.Tensors.TensorPrimitives.Dot<double>(rowI[..j], rowJ[..j])) / root;
            }
        }

        var z = new double[n];
        for (int i = 0; i < n; i++)
        {
            z[i] = random.NextGaussian();
        }

        var draw = new double[n];
        for (int i = 0; i < n; i++)
        {
            draw[i] = Mean[i] + System.Numerics.Tensors.TensorPrimitives.Dot<double>(l.AsSpan(i * n, i + 1), z.AsSpan(0, i + 1));
        }

        return draw;
    }
}
