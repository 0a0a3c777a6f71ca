using PyRelationAL.Models.Covariance;
using PyRelationAL.Models.Optimisation;
using PyRelationAL.Numerics;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>Fits a kernel's free hyperparameters by maximising a log marginal likelihood over their logarithms.</summary>
internal static class HyperparameterSearch
{
    /// <summary>
    /// The log marginal likelihood of a kernel, and its gradient for the free hyperparameters; NaN where the covariance is not positive definite.
    /// </summary>
    public delegate double LogLikelihood(Kernel kernel, Span<double> gradient);

    /// <summary>
    /// The best kernel over one run from the given kernel and further runs from log-uniform draws within the bounds; or, where the hyperparameters of a smaller
    /// problem are given, over a run from them and, where that is due, these runs too.
    /// </summary>
    /// <returns>The kernel, the run that found it and the curvature it learned; no run where nothing is free.</returns>
    public static (Kernel Kernel, OptimisationResult? Result, CurvatureMemory? Curvature) Maximise(
        Kernel start, WarmStart warm, LogLikelihood logLikelihood, int restarts, RandomStream random, CancellationToken cancellationToken)
    {
        if (start.FreeCount == 0)
        {
            return (start, null, null);
        }

        var options = new LimitedMemoryBfgsOptions();
        double[] lower = start.LogLowerBounds(), upper = start.LogUpperBounds();
        OptimisationResult? best = null;
        CurvatureMemory? curvature = null;
        if (warm.LogValues is not null)
        {
            Run(warm.LogValues, warm.Curvature);
        }

        if (best is null || warm.FreshStartDue)
        {
            Run(start.FreeLogValues(), null);
            for (int restart = 0; restart < restarts; restart++)
            {
                RandomStream stream = random.Child(restart);
                var point = new double[lower.Length];
                for (int i = 0; i < point.Length; i++)
                {
                    point[i] = lower[i] + (stream.NextDouble() * (upper[i] - lower[i]));
                }

                Run(point, null);
            }
        }

        return (start.WithFreeLogValues([.. best!.Point]), best, curvature);

        void Run(double[] from, CurvatureMemory? known)
        {
            known ??= new CurvatureMemory(options.Memory);
            OptimisationResult run = LimitedMemoryBfgs.Minimise(Objective, from, lower, upper, options, known, cancellationToken);
            int evaluations = run.Evaluations + (best?.Evaluations ?? 0);
            bool better = best is null
                || (run.Stop != OptimisationStop.StartNotFinite && (best.Stop == OptimisationStop.StartNotFinite || run.Value < best.Value));
            (best, curvature) = better ? (run, known) : (best, curvature);
            best = best! with { Evaluations = evaluations };
        }

        double Objective(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = logLikelihood(start.WithFreeLogValues(point), gradient);
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] = -gradient[i];
            }

            return -value;
        }
    }
}
