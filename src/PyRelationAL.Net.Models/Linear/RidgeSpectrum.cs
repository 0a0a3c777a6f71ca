using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.Linear;

/// <summary>
/// The eigenvectors of XᵀX with eigenvalues above rounding, from the smaller of the two Gram matrices XᵀX [D×D] and XXᵀ [N×N]: one O(N·D·min(N, D))
/// decomposition, after which every pair of precisions costs O(rank).
/// </summary>
internal sealed class RidgeSpectrum
{
    public RidgeSpectrum(CentredFeatures features, ReadOnlySpan<double> centredTargets)
    {
        int n = features.RowCount, width = features.Width;
        bool overRows = width > n;
        (double[] values, double[][] vectors) = Decompose(overRows ? RowGram(features) : ColumnGram(features));
        double smallest = values.Length == 0 ? 0 : 1e-13 * Math.Max(n, width) * Math.Max(0, values[^1]);
        var kept = new List<(double Value, double[] Vector, double Projection)>();
        for (int k = values.Length - 1; k >= 0 && values[k] > smallest && values[k] > 0; k--)
        {
            double[] vector = overRows ? Transposed(features, vectors[k], 1 / Math.Sqrt(values[k])) : vectors[k];
            double projection = 0;
            for (int i = 0; i < n; i++)
            {
                projection += centredTargets[i] * TensorPrimitives.Dot<double>(features.Row(i), vector);
            }

            kept.Add((values[k], vector, projection));
        }

        Values = [.. kept.Select(k => k.Value)];
        Vectors = [.. kept.Select(k => k.Vector)];
        Projections = [.. kept.Select(k => k.Projection)];
    }

    public int Rank => Values.Length;

    /// <summary>λ_k, descending.</summary>
    public double[] Values { get; }

    /// <summary>v_k, orthonormal, of length D.</summary>
    public double[][] Vectors { get; }

    /// <summary>v_kᵀ Xᵀ y.</summary>
    public double[] Projections { get; }

    private static (double[] Values, double[][] Vectors) Decompose(PackedMatrix gram)
    {
        int size = gram.Size;
        if (size == 0)
        {
            return ([], []);
        }

        var decomposition = Matrix<double>.Build.Dense(size, size, gram.ToFull()).Evd(Symmetricity.Symmetric);
        return ([.. decomposition.EigenValues.Select(v => v.Real)], decomposition.EigenVectors.ToColumnArrays());
    }

    private static PackedMatrix ColumnGram(CentredFeatures features)
    {
        var gram = new PackedMatrix(features.Width);
        for (int i = 0; i < features.RowCount; i++)
        {
            ReadOnlySpan<double> row = features.Row(i);
            for (int j = 0; j < features.Width; j++)
            {
                Span<double> target = gram.Row(j);
                TensorPrimitives.MultiplyAdd(row[j..], row[j], target, target);
            }
        }

        return gram;
    }

    private static PackedMatrix RowGram(CentredFeatures features)
    {
        var gram = new PackedMatrix(features.RowCount);
        for (int i = 0; i < features.RowCount; i++)
        {
            for (int j = i; j < features.RowCount; j++)
            {
                gram.Row(i)[j - i] = TensorPrimitives.Dot<double>(features.Row(i), features.Row(j));
            }
        }

        return gram;
    }

    private static double[] Transposed(CentredFeatures features, double[] vector, double scale)
    {
        var product = new double[features.Width];
        for (int i = 0; i < features.RowCount; i++)
        {
            TensorPrimitives.MultiplyAdd<double>(features.Row(i), vector[i] * scale, product, product);
        }

        return product;
    }
}
