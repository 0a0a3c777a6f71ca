using System.Numerics.Tensors;

namespace PyRelationAL.Models.LinearAlgebra;

/// <summary>
/// The lower triangular L with L Lᵀ = A, for a symmetric positive definite A. Every inner loop runs along a row, so that it is one vector operation.
/// </summary>
internal sealed class CholeskyFactor
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly PackedMatrix _lower;

    private CholeskyFactor(PackedMatrix lower)
    {
        _lower = lower;
    }

    public int Size => _lower.Size;

    /// <summary>ln |A|^½ = Σ ln Lᵢᵢ.</summary>
    public double HalfLogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Size; i++)
            {
                sum += Math.Log(_lower.Row(i)[i]);
            }

            return sum;
        }
    }

    public ReadOnlySpan<double> Row(int row) => _lower.Row(row);

    /// <summary>Factors A in place, O(n³/3): on success the matrix belongs to the factor, on failure its content is lost.</summary>
    /// <returns>Null where A is not positive definite to working precision.</returns>
    public static CholeskyFactor? TryFactor(PackedMatrix a)
    {
        for (int i = 0; i < a.Size; i++)
        {
            Span<double> row = a.Row(i);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = a.Row(j);
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            // A pivot within rounding of 0 is noise, and what is solved with it would be noise too.
            double noise = MachineEpsilon * a.Size * row[i];
            double pivot = row[i] - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            if (!(pivot > noise) || !double.IsFinite(pivot))
            {
                return null;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return new CholeskyFactor(a);
    }

    /// <summary>Solves A x = b in place, O(n²).</summary>
    public void Solve(Span<double> vector)
    {
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = _lower.Row(i);
            vector[i] = (vector[i] - TensorPrimitives.Dot(row[..i], vector[..i])) / row[i];
        }

        for (int i = Size - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = _lower.Row(i);
            vector[i] /= row[i];
            TensorPrimitives.MultiplyAdd(row[..i], -vector[i], vector[..i], vector[..i]);
        }
    }

    /// <summary>Solves L V = B in place for many right-hand sides at once: B is [n×columns], row-major.</summary>
    public void SolveLower(Span<double> block, int columns)
    {
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = _lower.Row(i);
            Span<double> target = block.Slice(i * columns, columns);
            for (int j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(block.Slice(j * columns, columns), -row[j], target, target);
            }

            TensorPrimitives.Divide(target, row[i], target);
        }
    }

    /// <summary>A⁻¹ = L⁻ᵀ L⁻¹, O(n³/2).</summary>
    public PackedMatrix Inverse()
    {
        var inverseLower = new PackedMatrix(Size);
        for (int i = 0; i < Size; i++)
        {
            ReadOnlySpan<double> row = _lower.Row(i);
            Span<double> target = inverseLower.Row(i);
            target[i] = 1;
            for (int j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(inverseLower.Row(j), -row[j], target[..(j + 1)], target[..(j + 1)]);
            }

            TensorPrimitives.Divide(target, row[i], target);
        }

        var inverse = new PackedMatrix(Size);
        for (int k = 0; k < Size; k++)
        {
            ReadOnlySpan<double> row = inverseLower.Row(k);
            for (int i = 0; i <= k; i++)
            {
                Span<double> target = inverse.Row(i);
                TensorPrimitives.MultiplyAdd(row[..(i + 1)], row[i], target, target);
            }
        }

        return inverse;
    }
}
