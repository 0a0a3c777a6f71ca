using System.Numerics.Tensors;
using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.LinearAlgebra;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>
/// The Laplace approximation of binary Gaussian process classification with the logistic link: R&amp;W 2006, algorithms 3.1 and 5.1.
/// </summary>
/// <remarks>
/// Keeps the mode of the last evaluation and starts the next Newton iteration there: neighbouring hyperparameters have neighbouring modes. The mode is
/// unique, so where the iteration starts decides only how long it takes. Evaluations share their memory. Not safe for concurrent use.
/// </remarks>
internal sealed class LaplaceLikelihood
{
    private readonly TrainingInputs _inputs;
    private readonly MatrixPool _pool;
    private readonly LaplaceMode _mode;

    /// <param name="inputs">The training rows.</param>
    /// <param name="labels">1 for the positive class, 0 for the other.</param>
    /// <param name="start">K⁻¹ f at the mode for the first rows under a similar kernel, where the first search begins; null for none.</param>
    public LaplaceLikelihood(TrainingInputs inputs, double[] labels, double[]? start = null)
    {
        _inputs = inputs;
        _pool = new MatrixPool(inputs.Count);
        _mode = new LaplaceMode(labels, start);
    }

    /// <summary>
    /// The approximate log marginal likelihood and its gradient; NaN where no mode is found. O(n³) for each Newton step, O(n²) for each
    /// hyperparameter.
    /// </summary>
    public double Evaluate(Kernel kernel, Span<double> gradient)
    {
        _pool.Restart();
        KernelEvaluation evaluation = kernel.Evaluate(_inputs, _pool);
        PackedMatrix k = evaluation.Values;
        if (!_mode.TryFind(k))
        {
            return double.NaN;
        }

        int n = _inputs.Count;
        PackedMatrix weights = _pool.Next();
        _mode.Factor.WriteNegatedInverse(weights);
        Span<double> shift = _mode.Scratch(0), product = _mode.Scratch(1), correction = _mode.Scratch(2);
        ReadOnlySpan<double> root = _mode.RootCurvature, a = _mode.Residuals, probabilities = _mode.Probabilities;
        for (int i = 0; i < n; i++)
        {
            // ½ diag((K⁻¹ + W)⁻¹) ∂³ ln p: the diagonal is (1 − (B⁻¹)ᵢᵢ)/Wᵢ and the third derivative −Wᵢ(1 − 2πᵢ), so W cancels.
            Span<double> row = weights.Row(i);
            shift[i] = -0.5 * (1 + row[0]) * (1 - (2 * probabilities[i]));

            // weights: −B⁻¹ → −R = −W^½ B⁻¹ W^½.
            TensorPrimitives.Multiply(row, root[i..], row);
            TensorPrimitives.Multiply(row, root[i], row);
        }

        // shift → (I − R K) shift: algorithm 5.1's lines 12 to 15, transposed so that no product with each derivative of K is needed.
        k.MultiplySymmetric(shift, product);
        weights.MultiplySymmetric(product, correction);
        TensorPrimitives.Add(shift, correction, shift);

        for (int i = 0; i < n; i++)
        {
            // ½(a aᵀ − R) + ½(u gᵀ + g uᵀ) with u = shift and g = a at the mode, each pair counted once.
            Span<double> row = weights.Row(i);
            VectorLoops.SubtractScaled(a[i..], -(a[i] + shift[i]), row);
            VectorLoops.SubtractScaled(shift[i..], -a[i], row);
            row[0] /= 2;
        }

        kernel.FreeGradient(evaluation, weights.Values, gradient);
        return _mode.LogLikelihood;
    }

    /// <summary>
    /// The posterior of the latent function, and its approximate log marginal likelihood. The posterior takes over this object's memory: nothing may be
    /// evaluated after it.
    /// </summary>
    public (GaussianPosterior Posterior, double LogLikelihood) Fit(Kernel kernel)
    {
        _pool.Restart();
        if (!_mode.TryFind(kernel.Evaluate(_inputs, _pool).Values))
        {
            throw new ModelTrainingException(
                Guard.Text($"The Laplace approximation found no mode for {_inputs.Count} rows under the kernel {kernel}: covariances too large or not finite. ")
                + "Bound it more tightly.");
        }

        return (new GaussianPosterior(_inputs, kernel, _mode.Residuals, _mode.Factor, _mode.RootCurvature), _mode.LogLikelihood);
    }
}
