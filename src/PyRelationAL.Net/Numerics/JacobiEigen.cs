namespace PyRelationAL.Numerics;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices, by cyclic Jacobi rotations (Jacobi 1846; Golub and Van Loan, section 8.5).</summary>
internal static class JacobiEigen
{
    private const int LargestSweepCount = 60;

    /// <summary>Decomposes A = V diag(λ) Vᵀ. O(n³) for each of some ten sweeps.</summary>
    /// <param name="a">A [n×n], symmetric; overwritten.</param>
    /// <param name="n">n.</param>
    /// <param name="cancellationToken">Checked before each sweep.</param>
    /// <returns>
    /// λ, descending, and the eigenvectors as rows [n×n], each of length 1 with its entry of largest magnitude, the first of equals, positive.
    /// </returns>
    public static (double[] Values, double[] Vectors) Decompose(double[] a, int n, CancellationToken cancellationToken)
    {
        var v = new double[n * n];
        double scale = 0;
        for (int i = 0; i < n; i++)
        {
            v[(i * n) + i] = 1;
            scale = Math.Max(scale, Math.Abs(a[(i * n) + i]));
        }

        for (int sweep = 0; sweep < LargestSweepCount; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool rotated = false;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    rotated |= Rotate(a, v, n, p, q, scale);
                }
            }

            if (!rotated)
            {
                break;
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[(i * n) + i])];
        var vectors = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = vectors.AsSpan(i * n, n);
            v.AsSpan(order[i] * n, n).CopyTo(row);
            Orient(row);
        }

        return (Array.ConvertAll(order, i => a[(i * n) + i]), vectors);
    }

    /// <summary>Turns a vector so that its entry of largest magnitude is positive: the sign of an eigenvector is otherwise arbitrary.</summary>
    public static void Orient(Span<double> vector)
    {
        int largest = 0;
        for (int j = 1; j < vector.Length; j++)
        {
            // Two entries of equal magnitude must not change places by rounding.
            largest = Math.Abs(vector[j]) > Math.Abs(vector[largest]) * (1 + 1e-9) ? j : largest;
        }

        if (vector.Length > 0 && vector[largest] < 0)
        {
            System.Numerics.Tensors.TensorPrimitives.Negate(vector, vector);
        }
    }

    private static bool Rotate(double[] a, double[] v, int n, int p, int q, double scale)
    {
        double off = a[(p * n) + q];
        if (Math.Abs(off) <= 1e-16 * scale)
        {
            return false;
        }

        double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * off);
        double t = Math.CopySign(1 / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1)), theta);
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        a[(p * n) + p] -= t * off;
        a[(q * n) + q] += t * off;
        a[(p * n) + q] = a[(q * n) + p] = 0;
        for (int k = 0; k < n; k++)
        {
            if (k != p && k != q)
            {
                (double x, double y) = (a[(p * n) + k], a[(q * n) + k]);
                a[(p * n) + k] = a[(k * n) + p] = (c * x) - (s * y);
                a[(q * n) + k] = a[(k * n) + q] = (s * x) + (c * y);
            }

            (double left, double right) = (v[(p * n) + k], v[(q * n) + k]);
            v[(p * n) + k] = (c * left) - (s * right);
            v[(q * n) + k] = (s * left) + (c * right);
        }

        return true;
    }
}
