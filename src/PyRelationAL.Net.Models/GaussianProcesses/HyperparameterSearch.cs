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

    /// <summary>The best kernel over one run from the given kernel and further runs from log-uniform draws within the bounds.</summary>
    /// <returns>The kernel and the run that found it; no run where nothing is free.</returns>
    public static (Kernel Kernel, OptimisationResult? Result) Maximise(
        Kernel start, LogLikelihood logLikelihood, int restarts, RandomStream random, CancellationToken cancellationToken)
    {
        if (start.FreeCount == 0)
        {
            return (start, null);
        }

        double[] lower = start.LogLowerBounds(), upper = start.LogUpperBounds();
        OptimisationResult best = Run(start.FreeLogValues());
        for (int restart = 0; restart < restarts; restart++)
        {
            RandomStream stream = random.Child(restart);
            var point = new double[lower.Length];
            for (int i = 0; i < point.Length; i++)
            {
                point[i] = lower[i] + (stream.NextDouble() * (upper[i] - lower[i]));
            }

            OptimisationResult run = Run(point);
            if (run.Stop != OptimisationStop.StartNotFinite && (best.Stop == OptimisationStop.StartNotFinite || run.Value < best.Value))
            {
                best = run;
            }
        }

        return (start.WithFreeLogValues([.. best.Point]), best);

        OptimisationResult Run(double[] from) => LimitedMemoryBfgs.Minimise(
            (point, gradient) =>
            {
                double value = logLikelihood(start.WithFreeLogValues(point), gradient);
                for (int i = 0; i < gradient.Length; i++)
                {
                    gradient[i] = -gradient[i];
                }

                return -value;
            },
            from,
            lower,
            upper,
            cancellationToken: cancellationToken);
    }
}
