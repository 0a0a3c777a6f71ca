using MathNet.Numerics;

namespace PyRelationAL.Models.GaussianProcesses;

/// <summary>The logistic function's average over a Gaussian.</summary>
internal static class AveragedLogistic
{
    // From Williams and Barber 1998 by least squares at x = 0, 0.6, 2, 3.5, 4.5, ∞; the constants that scikit-learn uses.
    private static readonly double[] Slopes = [0.41, 0.4, 0.37, 0.44, 0.39];
    private static readonly double[] Shares = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654];

    public static double Average(double mean, double variance, LogisticIntegral method) =>
        method == LogisticIntegral.ErrorFunctions ? ByErrorFunctions(mean, variance) : ByQuadrature(mean, variance);

    private static double ByErrorFunctions(double mean, double variance)
    {
        double sum = 0;
        for (int i = 0; i < Slopes.Length; i++)
        {
            double slope = Slopes[i];
            sum += 0.5 * Shares[i] * (SpecialFunctions.Erf(slope * mean / Math.Sqrt(1 + (2 * slope * slope * variance))) + 1);
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static double ByQuadrature(double mean, double variance)
    {
        double deviation = Math.Sqrt(variance);
        // σ(μ + s z) has poles at a distance π/s from the real axis; the rule's error falls as exp(−2π·distance/step).
        double step = Math.Min(0.25, 0.8 / deviation);
        int reach = (int)Math.Ceiling(8.5 / step);
        double sum = 0, norm = 0;
        for (int k = -reach; k <= reach; k++)
        {
            double z = k * step;
            double weight = Math.Exp(-0.5 * z * z);
            sum += weight * LogisticFunction.Sigmoid(mean + (deviation * z));
            norm += weight;
        }

        return sum / norm;
    }
}
