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
/// unique, so where the iteration starts decides only how long it takes.
/// </remarks>
internal sealed class LaplaceLikelihood
{
    private const int NewtonLimit = 100;

    // The step that gained this little ends where the next would gain about its square: below what double can tell.
    private const double SettledGain = 1e-11;

    private readonly TrainingInputs _inputs;
    private readonly double[] _labels;
    private double[] _warmStart;

    /// <param name="inputs">The training rows.</param>
    /// <param name="labels">1 for the positive class, 0 for the other.</param>
    public LaplaceLikelihood(TrainingInputs inputs, double[] labels)
    {
        _inputs = inputs;
        _labels = labels;
        _warmStart = new double[labels.Length];
    }

    /// <summary>
    /// The approximate log marginal likelihood and its gradient; NaN where no mode is found. O(n³) for each Newton step, O(n²) for each
    /// hyperparameter.
    /// </summary>
    public double Evaluate(Kernel kernel, Span<double> gradient)
    {
        KernelEvaluation evaluation = kernel.Evaluate(_inputs);
        if (FindMode(evaluation.Values) is not { } mode)
        {
            return double.NaN;
        }

        int n = _inputs.Count;
        PackedMatrix k = evaluation.Values;
        PackedMatrix weights = mode.Factor.Inverse();
        var shift = new double[n];
        for (int i = 0; i < n; i++)
        {
            // ½ diag((K⁻¹ + W)⁻¹) ∂³ ln p: the diagonal is (1 − (B⁻¹)ᵢᵢ)/Wᵢ and the third derivative −Wᵢ(1 − 2πᵢ), so W cancels.
            shift[i] = -0.5 * (1 - weights.Row(i)[i]) * (1 - (2 * mode.Probabilities[i]));
        }

        // weights: B⁻¹ → R = W^½ B⁻¹ W^½.
        for (int i = 0; i < n; i++)
        {
            Span<double> row = weights.Row(i);
            TensorPrimitives.Multiply(row, mode.RootCurvature.AsSpan(0, i + 1), row);
            TensorPrimitives.Multiply(row, mode.RootCurvature[i], row);
        }

        // shift → (I − R K) shift: algorithm 5.1's lines 12 to 15, transposed so that no product with each derivative of K is needed.
        var product = new double[n];
        var correction = new double[n];
        k.MultiplySymmetric(shift, product);
        weights.MultiplySymmetric(product, correction);
        TensorPrimitives.Subtract<double>(shift, correction, shift);

        double[] a = mode.Residuals;
        for (int i = 0; i < n; i++)
        {
            // ½(a aᵀ − R) + ½(u gᵀ + g uᵀ) with u = shift and g = a at the mode, each pair counted once.
            Span<double> row = weights.Row(i);
            ReadOnlySpan<double> before = a.AsSpan(0, i + 1);
            TensorPrimitives.Negate(row, row);
            TensorPrimitives.MultiplyAdd(before, a[i] + shift[i], row, row);
            TensorPrimitives.MultiplyAdd(shift.AsSpan(0, i + 1), a[i], row, row);
            row[i] /= 2;
        }

        kernel.FreeGradient(evaluation, weights.Values, gradient);
        return mode.LogLikelihood;
    }

    /// <summary>The posterior of the latent function, and its approximate log marginal likelihood.</summary>
    public (GaussianPosterior Posterior, double LogLikelihood) Fit(Kernel kernel)
    {
        Mode mode = FindMode(kernel.Evaluate(_inputs).Values) ?? throw new ModelTrainingException(
            Guard.Text($"The Laplace approximation found no mode for {_inputs.Count} rows under the kernel {kernel}: covariances too large or not finite. ")
            + "Bound it more tightly.");
        return (new GaussianPosterior(_inputs, kernel, mode.Residuals, mode.Factor, mode.RootCurvature), mode.LogLikelihood);
    }

    private Mode? FindMode(PackedMatrix covariance)
    {
        int n = _inputs.Count;
        double[] a = _warmStart, latent = new double[n], probabilities = new double[n], residuals = new double[n], root = new double[n];
        covariance.MultiplySymmetric(a, latent);
        double objective = Objective(a, latent);
        double atZero = -n * Math.Log(2);
        if (!(objective > atZero))
        {
            // The old mode is worse than no knowledge: the kernel has changed too much for it to help.
            a = new double[n];
            Array.Clear(latent);
            objective = atZero;
        }

        bool settled = false;
        for (int iteration = 0; ; iteration++)
        {
            for (int i = 0; i < n; i++)
            {
                probabilities[i] = LogisticFunction.Sigmoid(latent[i]);
                // Written for each class on its own, so that a confident row's residual keeps its digits.
                residuals[i] = _labels[i] > 0 ? LogisticFunction.Sigmoid(-latent[i]) : -probabilities[i];
                root[i] = Math.Sqrt(probabilities[i] * LogisticFunction.Sigmoid(-latent[i]));
            }

            if (FactorOf(covariance, root) is not { } factor)
            {
                return null;
            }

            double before = objective;
            if (!settled && iteration < NewtonLimit && NewtonStep(covariance, factor, root, residuals, ref a, ref latent, ref objective))
            {
                settled = objective - before <= SettledGain * Math.Max(1, Math.Abs(objective));
                continue;
            }

            _warmStart = a;
            double logLikelihood = objective - factor.HalfLogDeterminant;
            return double.IsFinite(logLikelihood) ? new Mode(factor, probabilities, residuals, root, logLikelihood) : null;
        }
    }

    /// <summary>Moves to the Newton point, or part of the way there where all of it would lower the objective; false where nothing can be gained.</summary>
    private bool NewtonStep(
        PackedMatrix covariance, CholeskyFactor factor, double[] root, double[] residuals, ref double[] a, ref double[] latent, ref double objective)
    {
        int n = a.Length;
        double[] target = new double[n], work = new double[n], targetLatent = new double[n];
        for (int i = 0; i < n; i++)
        {
            target[i] = (root[i] * root[i] * latent[i]) + residuals[i];
        }

        covariance.MultiplySymmetric(target, work);
        TensorPrimitives.Multiply<double>(root, work, work);
        factor.Solve(work);
        TensorPrimitives.Multiply<double>(root, work, work);
        TensorPrimitives.Subtract<double>(target, work, target);
        covariance.MultiplySymmetric(target, targetLatent);

        double value = Objective(target, targetLatent);
        for (int halving = 0; !(value >= objective) && halving < 30; halving++)
        {
            TensorPrimitives.Add<double>(target, a, target);
            TensorPrimitives.Multiply<double>(target, 0.5, target);
            TensorPrimitives.Add<double>(targetLatent, latent, targetLatent);
            TensorPrimitives.Multiply<double>(targetLatent, 0.5, targetLatent);
            value = Objective(target, targetLatent);
        }

        if (!(value >= objective))
        {
            return false;
        }

        (a, latent, objective) = (target, targetLatent, value);
        return true;
    }

    private static CholeskyFactor? FactorOf(PackedMatrix covariance, double[] root)
    {
        var b = new PackedMatrix(covariance.Size);
        for (int i = 0; i < root.Length; i++)
        {
            Span<double> row = b.Row(i);
            TensorPrimitives.Multiply(covariance.Row(i), root.AsSpan(0, i + 1), row);
            TensorPrimitives.Multiply(row, root[i], row);
        }

        b.AddToDiagonal(1);
        return CholeskyFactor.TryFactor(b);
    }

    /// <summary>−½ aᵀf + Σ ln σ(±f).</summary>
    private double Objective(double[] a, double[] latent)
    {
        double sum = -0.5 * TensorPrimitives.Dot<double>(a, latent);
        for (int i = 0; i < latent.Length; i++)
        {
            sum += LogisticFunction.LogSigmoid(_labels[i] > 0 ? latent[i] : -latent[i]);
        }

        return sum;
    }

    private sealed record Mode(CholeskyFactor Factor, double[] Probabilities, double[] Residuals, double[] RootCurvature, double LogLikelihood);
}
