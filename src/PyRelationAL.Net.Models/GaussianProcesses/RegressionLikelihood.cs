using System.Numerics.Tensors;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>The log marginal likelihood of Gaussian process regression and its gradient: R&amp;W 2006, algorithm 2.1 and eq. 5.9.</summary>
internal sealed class RegressionLikelihood(TrainingInputs inputs, double[] targets, double jitter)
{
    private const double LargestJitterShare = 1e-3;

    /// <summary>
    /// The likelihood and its gradient; NaN where the covariance is not positive definite. One O(n³) inverse, then O(n²) for each hyperparameter.
    /// </summary>
    public double Evaluate(Kernel kernel, Span<double> gradient)
    {
        KernelEvaluation evaluation = kernel.Evaluate(inputs);
        CholeskyFactor? factor = Factor(evaluation, jitter);
        if (factor is null)
        {
            return double.NaN;
        }

        double[] alpha = Solve(factor);
        PackedMatrix weights = factor.Inverse();
        for (int i = 0; i < inputs.Count; i++)
        {
            // ½(α αᵀ − K⁻¹), each pair counted once: twice the entry off the diagonal.
            Span<double> row = weights.Row(i);
            TensorPrimitives.Negate(row, row);
            TensorPrimitives.MultiplyAdd(alpha.AsSpan(0, i + 1), alpha[i], row, row);
            row[i] /= 2;
        }

        kernel.FreeGradient(evaluation, weights.Values, gradient);
        return Value(factor, alpha);
    }

    /// <summary>The posterior and its likelihood; the jitter is raised as far as the factorisation needs it.</summary>
    public (GaussianPosterior Posterior, double LogLikelihood) Fit(Kernel kernel)
    {
        KernelEvaluation evaluation = kernel.Evaluate(inputs);
        double scale = evaluation.Values.Trace() / inputs.Count;
        double largest = LargestJitterShare * scale;
        for (double added = jitter; ; added = Math.Max(10 * added, 1e-12 * scale))
        {
            if (Factor(evaluation, added) is { } factor)
            {
                double[] alpha = Solve(factor);
                return (new GaussianPosterior(inputs, kernel, alpha, factor, null), Value(factor, alpha));
            }

            if (!(added < largest))
            {
                string what = Guard.Text($"The covariance matrix of {inputs.Count} labelled rows is not positive definite under the kernel {kernel}");
                string tried = Guard.Text($"even with {added} added to its diagonal");
                throw new ModelTrainingException($"{what}, {tried}. Add a WhiteNoiseKernel, raise Jitter, or bound the length scales from above.");
            }
        }
    }

    private static CholeskyFactor? Factor(KernelEvaluation evaluation, double added)
    {
        var covariance = new PackedMatrix(evaluation.Values.Size);
        evaluation.Values.Values.CopyTo(covariance.Values);
        covariance.AddToDiagonal(added);
        return CholeskyFactor.TryFactor(covariance);
    }

    private double[] Solve(CholeskyFactor factor)
    {
        var alpha = (double[])targets.Clone();
        factor.Solve(alpha);
        return alpha;
    }

    private double Value(CholeskyFactor factor, double[] alpha) =>
        (-0.5 * TensorPrimitives.Dot<double>(targets, alpha)) - factor.HalfLogDeterminant - (0.5 * targets.Length * Math.Log(2 * Math.PI));
}
