using System.Numerics.Tensors;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>The log marginal likelihood of Gaussian process regression and its gradient: R&amp;W 2006, algorithm 2.1 and eq. 5.9.</summary>
/// <remarks>Evaluations share their memory. Not safe for concurrent use.</remarks>
internal sealed class RegressionLikelihood(TrainingInputs inputs, double[] targets, double jitter)
{
    private const double LargestJitterShare = 1e-3;

    private readonly MatrixPool _pool = new(inputs.Count);
    private readonly CholeskyFactor _factor = new(inputs.Count);
    private readonly double[] _alpha = new double[inputs.Count];

    /// <summary>Whether <see cref="Fit(Kernel)"/> had to add more to the diagonal than it was told to.</summary>
    public bool JitterRaised { get; private set; }

    /// <summary>
    /// The likelihood and its gradient; NaN where the covariance is not positive definite. One O(n³) inverse, then O(n²) for each hyperparameter.
    /// </summary>
    public double Evaluate(Kernel kernel, Span<double> gradient)
    {
        _pool.Restart();
        KernelEvaluation evaluation = kernel.Evaluate(inputs, _pool);
        if (!_factor.TryFactor(evaluation.Values, jitter))
        {
            return double.NaN;
        }

        targets.CopyTo(_alpha, 0);
        _factor.Solve(_alpha);
        PackedMatrix weights = _pool.Next();
        _factor.WriteNegatedInverse(weights);
        for (int i = 0; i < inputs.Count; i++)
        {
            // ½(α αᵀ − K⁻¹), each pair counted once: twice the entry off the diagonal.
            Span<double> row = weights.Row(i);
            VectorLoops.SubtractScaled(_alpha.AsSpan(i), -_alpha[i], row);
            row[0] /= 2;
        }

        kernel.FreeGradient(evaluation, weights.Values, gradient);
        return Value(_factor, TensorPrimitives.Dot<double>(targets, _alpha));
    }

    /// <summary>
    /// The posterior and its likelihood; the jitter is raised as far as the factorisation needs it. The posterior takes over this object's memory: nothing
    /// may be evaluated after it.
    /// </summary>
    public (GaussianPosterior Posterior, double LogLikelihood) Fit(Kernel kernel)
    {
        _pool.Restart();
        PackedMatrix covariance = kernel.Evaluate(inputs, _pool).Values;
        double scale = covariance.Trace() / inputs.Count;
        double largest = LargestJitterShare * scale;
        for (double added = jitter; ; added = Math.Max(10 * added, 1e-12 * scale))
        {
            if (_factor.TryFactor(covariance, added))
            {
                JitterRaised = added > jitter;
                return Fit(kernel, _factor);
            }

            if (!(added < largest))
            {
                string what = Guard.Text($"The covariance matrix of {inputs.Count} labelled rows is not positive definite under the kernel {kernel}");
                string tried = Guard.Text($"even with {added} added to its diagonal");
                throw new ModelTrainingException($"{what}, {tried}. Add a WhiteNoiseKernel, raise Jitter, or bound the length scales from above.");
            }
        }
    }

    /// <summary>The posterior and its likelihood for a factor of the covariance that is there already.</summary>
    public (GaussianPosterior Posterior, double LogLikelihood) Fit(Kernel kernel, CholeskyFactor factor)
    {
        var weights = (double[])targets.Clone();
        factor.SolveLower(weights);
        return (new GaussianPosterior(inputs, kernel, weights, factor, null), Value(factor, TensorPrimitives.Dot<double>(weights, weights)));
    }

    private double Value(CholeskyFactor factor, double fit) =>
        (-0.5 * fit) - factor.HalfLogDeterminant - (0.5 * targets.Length * Math.Log(2 * Math.PI));
}
