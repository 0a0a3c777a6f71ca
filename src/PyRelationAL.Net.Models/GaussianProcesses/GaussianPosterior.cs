using System.Numerics.Tensors;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>
/// The posterior of a latent function given n training rows: mean k*ᵀ w and covariance k** − (S k*)ᵀ (L Lᵀ)⁻¹ (S k*), where S is the identity for regression
/// (R&amp;W algorithm 2.1) and W^½ for the Laplace approximation (algorithm 3.2).
/// </summary>
internal sealed class GaussianPosterior(TrainingInputs inputs, Kernel kernel, double[] weights, CholeskyFactor factor, double[]? rowScales)
{
    /// <summary>Rows for which the [n × rows] block of covariances is built at a time.</summary>
    public const int BlockRows = 512;

    public Kernel Kernel { get; } = kernel;

    public int FeatureCount => inputs.FeatureCount;

    public CrossInputs Cross(FeatureMatrix rows) => new(inputs, rows);

    /// <summary>Means and variances of a block of rows.</summary>
    public void Predict(CrossInputs cross, Span<double> mean, Span<double> variance)
    {
        double[] solved = Solved(cross, mean);
        variance.Fill(Kernel.PriorVariance);
        for (int k = 0; k < inputs.Count; k++)
        {
            Span<double> row = solved.AsSpan(k * cross.Count, cross.Count);
            TensorPrimitives.Multiply(row, row, row);
            TensorPrimitives.Subtract(variance, row, variance);
        }

        TensorPrimitives.Max(variance, 0, variance);
    }

    /// <summary>Means and the full covariance [N×N] of some rows.</summary>
    public void PredictJoint(FeatureMatrix rows, Span<double> mean, Span<double> covariance, CancellationToken cancellationToken)
    {
        int count = rows.RowCount;
        double[] solved = Solved(Cross(rows), mean);
        Kernel.EvaluateCross(new CrossInputs(new TrainingInputs(rows), rows), covariance);
        for (int k = 0; k < inputs.Count; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> row = solved.AsSpan(k * count, count);
            for (int i = 0; i < count; i++)
            {
                Span<double> target = covariance.Slice(i * count, i + 1);
                TensorPrimitives.MultiplyAdd(row[..(i + 1)], -row[i], target, target);
            }
        }

        for (int i = 0; i < count; i++)
        {
            covariance[(i * count) + i] = Math.Max(0, covariance[(i * count) + i]);
            for (int j = 0; j < i; j++)
            {
                covariance[(j * count) + i] = covariance[(i * count) + j];
            }
        }
    }

    /// <summary>L⁻¹ S k* for each row of a block, [n × block]; writes the means on the way.</summary>
    private double[] Solved(CrossInputs cross, Span<double> mean)
    {
        int count = cross.Count;
        var block = new double[checked(inputs.Count * count)];
        Kernel.EvaluateCross(cross, block);
        mean.Clear();
        for (int k = 0; k < inputs.Count; k++)
        {
            Span<double> row = block.AsSpan(k * count, count);
            TensorPrimitives.MultiplyAdd(row, weights[k], mean, mean);
            if (rowScales is not null)
            {
                TensorPrimitives.Multiply(row, rowScales[k], row);
            }
        }

        factor.SolveLower(block, count);
        return block;
    }
}
