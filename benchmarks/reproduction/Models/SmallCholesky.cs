using System.Numerics.Tensors;

namespace PyRelationAL.Reproduction.Models;

/// <summary>L with L Lᵀ = A for a positive definite A of a few hundred rows.</summary>
internal sealed class SmallCholesky
{
    /// <summary>So many columns of a block stay in the processor's cache while they are solved for.</summary>
    public const int ColumnsTogether = 128;

    private readonly double[][] _lower;

    /// <summary>Factors A, of which the lower triangle is read and overwritten.</summary>
    /// <exception cref="ArithmeticException">A is not positive definite.</exception>
    public SmallCholesky(double[][] a)
    {
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i][j] - TensorPrimitives.Dot<double>(a[i].AsSpan(0, j), a[j].AsSpan(0, j));
                a[i][j] = j < i ? sum / a[j][j] : sum > 0 ? Math.Sqrt(sum) : throw new ArithmeticException("The matrix is not positive definite.");
            }
        }

        _lower = a;
    }

    /// <summary>x = A⁻¹ b in place.</summary>
    public void Solve(double[] vector)
    {
        SolveLower(vector);
        for (int i = vector.Length - 1; i >= 0; i--)
        {
            vector[i] /= _lower[i][i];
            Span<double> before = vector.AsSpan(0, i);
            TensorPrimitives.MultiplyAdd(_lower[i].AsSpan(0, i), -vector[i], before, before);
        }
    }

    /// <summary>x = L⁻¹ b in place.</summary>
    public void SolveLower(Span<double> vector)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = (vector[i] - TensorPrimitives.Dot(_lower[i].AsSpan(0, i), vector[..i])) / _lower[i][i];
        }
    }

    /// <summary>L⁻¹ B in place, for rows of B that belong to the rows of L.</summary>
    public void SolveLower(double[][] block)
    {
        for (int i = 0; i < block.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(block[j], -_lower[i][j], block[i], block[i]);
            }

            TensorPrimitives.Divide<double>(block[i], _lower[i][i], block[i]);
        }
    }
}
