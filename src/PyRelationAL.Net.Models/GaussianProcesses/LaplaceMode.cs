using System.Numerics.Tensors;
using PyRelationAL.Models.LinearAlgebra;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>
/// The mode f = K a of the latent values under logistic labels, by Newton's method (R&amp;W 2006, algorithm 3.1), with what the likelihood, its gradient and
/// predictions need there.
/// </summary>
internal sealed class LaplaceMode
{
    private const int NewtonLimit = 100;

    // The step that gained this little ends where the next would gain about its square: below what double can tell.
    private const double SettledGain = 1e-11;

    private readonly double[] _signs;
    private readonly double[] _exponentials;
    private readonly double[][] _scratch;
    private double[] _a, _latent, _target, _targetLatent;
    private double _objective;

    /// <param name="labels">1 for the positive class, 0 for the other.</param>
    /// <param name="start">Where the first search begins, for the first rows; 0 for the others, and without it.</param>
    public LaplaceMode(double[] labels, double[]? start = null)
    {
        int n = labels.Length;
        _signs = [.. labels.Select(y => y > 0 ? 1.0 : -1.0)];
        _exponentials = new double[n];
        _scratch = [new double[n], new double[n], new double[n]];
        (_a, _latent, _target, _targetLatent) = (new double[n], new double[n], new double[n], new double[n]);
        (Probabilities, Residuals, RootCurvature) = (new double[n], new double[n], new double[n]);
        start?.CopyTo(_a, 0);
        Factor = new CholeskyFactor(n);
    }

    /// <summary>That of B = I + W^½ K W^½.</summary>
    public CholeskyFactor Factor { get; }

    /// <summary>π = σ(f).</summary>
    public double[] Probabilities { get; }

    /// <summary>∇ ln p(y | f), which is a at the mode.</summary>
    public double[] Residuals { get; }

    /// <summary>W^½ = (π(1 − π))^½.</summary>
    public double[] RootCurvature { get; }

    /// <summary>The approximate log marginal likelihood.</summary>
    public double LogLikelihood { get; private set; }

    /// <summary>Memory [n] for who uses the mode.</summary>
    public Span<double> Scratch(int number) => _scratch[number];

    /// <summary>Finds the mode, beginning with the one found last.</summary>
    /// <returns>False where there is none to be found: covariances too large or not finite.</returns>
    public bool TryFind(PackedMatrix covariance)
    {
        int n = _a.Length;
        covariance.MultiplySymmetric(_a, _latent);
        _objective = Objective(_a, _latent);
        double atZero = -n * Math.Log(2);
        if (!(_objective > atZero))
        {
            // The old mode is worse than no knowledge: the kernel has changed too much for it to help.
            Array.Clear(_a);
            Array.Clear(_latent);
            Array.Fill(_exponentials, 1);
            _objective = atZero;
        }

        bool settled = false;
        for (int iteration = 0; ; iteration++)
        {
            WriteDerivatives();
            if (!TryFactor(covariance))
            {
                return false;
            }

            double before = _objective;
            if (!settled && iteration < NewtonLimit && Step(covariance))
            {
                settled = _objective - before <= SettledGain * Math.Max(1, Math.Abs(_objective));
                continue;
            }

            LogLikelihood = _objective - Factor.HalfLogDeterminant;
            return double.IsFinite(LogLikelihood);
        }
    }

    /// <summary>Probabilities, residuals and curvature at the latent values whose e^−|f| is known.</summary>
    private void WriteDerivatives()
    {
        for (int i = 0; i < _latent.Length; i++)
        {
            // Each class's probability is written on its own, so that a confident row's residual keeps its digits.
            double e = _exponentials[i], larger = 1 / (1 + e), smaller = e * larger;
            bool positive = _latent[i] >= 0;
            Probabilities[i] = positive ? larger : smaller;
            Residuals[i] = _signs[i] * (positive == _signs[i] > 0 ? smaller : larger);
            RootCurvature[i] = Math.Sqrt(larger * smaller);
        }
    }

    private bool TryFactor(PackedMatrix covariance)
    {
        for (int i = 0; i < RootCurvature.Length; i++)
        {
            Span<double> row = Factor.Row(i);
            TensorPrimitives.Multiply(covariance.Row(i), RootCurvature.AsSpan(i), row);
            TensorPrimitives.Multiply(row, RootCurvature[i], row);
            row[0] += 1;
        }

        return Factor.TryFactor();
    }

    /// <summary>Moves to the Newton point, or part of the way there where all of it would lower the objective; false where nothing can be gained.</summary>
    private bool Step(PackedMatrix covariance)
    {
        int n = _a.Length;
        double[] work = _scratch[0];
        for (int i = 0; i < n; i++)
        {
            _target[i] = (RootCurvature[i] * RootCurvature[i] * _latent[i]) + Residuals[i];
        }

        covariance.MultiplySymmetric(_target, work);
        TensorPrimitives.Multiply<double>(RootCurvature, work, work);
        Factor.Solve(work);
        TensorPrimitives.Multiply<double>(RootCurvature, work, work);
        TensorPrimitives.Subtract<double>(_target, work, _target);
        covariance.MultiplySymmetric(_target, _targetLatent);

        double value = Objective(_target, _targetLatent);
        for (int halving = 0; !(value >= _objective) && halving < 30; halving++)
        {
            TensorPrimitives.Add<double>(_target, _a, _target);
            TensorPrimitives.Multiply<double>(_target, 0.5, _target);
            TensorPrimitives.Add<double>(_targetLatent, _latent, _targetLatent);
            TensorPrimitives.Multiply<double>(_targetLatent, 0.5, _targetLatent);
            value = Objective(_target, _targetLatent);
        }

        if (!(value >= _objective))
        {
            WriteExponentials(_latent);
            return false;
        }

        (_a, _target, _latent, _targetLatent) = (_target, _a, _targetLatent, _latent);
        _objective = value;
        return true;
    }

    /// <summary>−½ aᵀf + Σ ln σ(±f); leaves e^−|f| behind.</summary>
    private double Objective(double[] a, double[] latent)
    {
        WriteExponentials(latent);
        double[] logs = _scratch[1];
        TensorPrimitives.LogP1<double>(_exponentials, logs);
        double sum = -0.5 * VectorLoops.Dot(a, latent);
        for (int i = 0; i < latent.Length; i++)
        {
            sum += Math.Min(0, _signs[i] * latent[i]) - logs[i];
        }

        return sum;
    }

    private void WriteExponentials(double[] latent)
    {
        TensorPrimitives.Abs<double>(latent, _exponentials);
        TensorPrimitives.Negate<double>(_exponentials, _exponentials);
        ReproducibleExp.Write(_exponentials, _exponentials);
    }
}
