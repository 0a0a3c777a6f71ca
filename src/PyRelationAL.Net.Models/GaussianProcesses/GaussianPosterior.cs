using System.Buffers;
using System.Numerics.Tensors;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>
/// The posterior of a latent function given n training rows: covariance k** − (S k*)ᵀ (L Lᵀ)⁻¹ (S k*), where S is the identity for regression
/// (R&amp;W algorithm 2.1) and W^½ for the Laplace approximation (algorithm 3.2); mean (L⁻¹ k*)ᵀ w with w = L⁻¹ y for regression, k*ᵀ w with w = K⁻¹ f at the
/// mode f for the Laplace approximation.
/// </summary>
internal sealed class GaussianPosterior(TrainingInputs inputs, Kernel kernel, double[] weights, CholeskyFactor factor, double[]? rowScales)
{
    /// <summary>Rows that are handed to a thread at a time.</summary>
    public const int BlockRows = 512;

    /// <summary>Rows for which the [n × rows] block of covariances is built at a time: for a few hundred training rows it stays in the cache.</summary>
    public const int ChunkRows = 64;

    public Kernel Kernel { get; } = kernel;

    /// <summary>w.</summary>
    public double[] Weights { get; } = weights;

    public CholeskyFactor Factor { get; } = factor;

    public int FeatureCount => inputs.FeatureCount;

    /// <summary>The number of training rows.</summary>
    public int RowCount => inputs.Count;

    public CrossInputs Cross(FeatureMatrix rows) => new(inputs, rows);

    /// <summary>Means and variances of a block of rows.</summary>
    public void Predict(CrossInputs cross, Span<double> mean, Span<double> variance)
    {
        int width = cross.Width;
        double[] rented = Rent(width);
        Span<double> means = stackalloc double[2 * ChunkRows], variances = means[ChunkRows..];
        means = means[..width];
        variances = variances[..width];
        Span<double> solved = Solved(cross, rented, means);
        variances.Fill(Kernel.PriorVariance);
        for (int k = 0; k < inputs.Count; k++)
        {
            VectorLoops.SubtractSquares(solved.Slice(k * width, width), variances);
        }

        means[..cross.Count].CopyTo(mean);
        TensorPrimitives.Max(variances[..cross.Count], 0, variance);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Means and the full covariance [N×N] of some rows.</summary>
    public void PredictJoint(FeatureMatrix rows, Span<double> mean, Span<double> covariance, CancellationToken cancellationToken)
    {
        int count = rows.RowCount;
        CrossInputs cross = Cross(rows);
        int width = cross.Width;
        double[] rented = Rent(width);
        var means = new double[width];
        Span<double> solved = Solved(cross, rented, means);
        means.AsSpan(0, count).CopyTo(mean);
        Kernel.CrossMatrix(rows, rows).CopyTo(covariance);
        for (int k = 0; k < inputs.Count; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> row = solved.Slice(k * width, count);
            for (int i = 0; i < count; i++)
            {
                VectorLoops.SubtractScaled(row[..(i + 1)], row[i], covariance.Slice(i * count, i + 1));
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        for (int i = 0; i < count; i++)
        {
            covariance[(i * count) + i] = Math.Max(0, covariance[(i * count) + i]);
            for (int j = 0; j < i; j++)
            {
                covariance[(j * count) + i] = covariance[(i * count) + j];
            }
        }
    }

    public TrainingInputs OneInput(int row) => inputs.Row(row);

    /// <summary>Memory for <see cref="Solved"/>.</summary>
    public double[] Rent(int width) => ArrayPool<double>.Shared.Rent(checked(Factor.PaddedSize * width));

    /// <summary>L⁻¹ S k* for each row of a block, [n × width]; writes the means on the way, if there is a place for them.</summary>
    public Span<double> Solved(CrossInputs cross, double[] rented, Span<double> mean)
    {
        int width = cross.Width;
        Span<double> block = rented.AsSpan(0, Factor.PaddedSize * width);
        Kernel.EvaluateCross(cross, block[..(inputs.Count * width)]);
        block[(inputs.Count * width)..].Clear();
        if (rowScales is null)
        {
            Factor.SolveLower(block, width);
            AddWeighted(block, mean);
            return block;
        }

        AddWeighted(block, mean);
        for (int k = 0; k < inputs.Count; k++)
        {
            Span<double> row = block.Slice(k * width, width);
            TensorPrimitives.Multiply(row, rowScales[k], row);
        }

        Factor.SolveLower(block, width);
        return block;
    }

    private void AddWeighted(ReadOnlySpan<double> block, Span<double> mean)
    {
        mean.Clear();
        for (int k = 0; k < inputs.Count && !mean.IsEmpty; k++)
        {
            VectorLoops.SubtractScaled(block.Slice(k * mean.Length, mean.Length), -Weights[k], mean);
        }
    }
}
