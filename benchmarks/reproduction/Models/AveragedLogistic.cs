using MathNet.Numerics;

namespace PyRelationAL.Reproduction.Models;

/// <summary>
/// The logistic function averaged over a Gaussian as scikit-learn has it, by five error functions (Williams and Barber, IEEE PAMI 20(12), 1998), in its order
/// of operations: which items tie is decided by its last bit.
/// </summary>
internal static class AveragedLogistic
{
    private static readonly double[] Slopes = [0.41, 0.4, 0.37, 0.44, 0.39];

    private static readonly double[] Shares = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654];

    private static readonly double Offset = 0.5 * Shares.Sum();

    /// <summary>E[σ(f)] for f ~ N(mean, variance).</summary>
    public static double Of(double mean, double variance)
    {
        double alpha = 1 / (2 * variance), sum = 0;
        for (int i = 0; i < Slopes.Length; i++)
        {
            double squared = Slopes[i] * Slopes[i];
            double inner = SpecialFunctions.Erf(Slopes[i] * mean * Math.Sqrt(alpha / (alpha + squared)));
            sum += Shares[i] * (Math.Sqrt(Math.PI / alpha) * inner / (2 * Math.Sqrt(variance * 2 * Math.PI)));
        }

        return sum + Offset;
    }
}
