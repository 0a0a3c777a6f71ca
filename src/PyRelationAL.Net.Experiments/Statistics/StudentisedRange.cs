using MathNet.Numerics.RootFinding;
using PyRelationAL.Numerics;
using Normal = MathNet.Numerics.Distributions.Normal;

namespace PyRelationAL.Experiments;

/// <summary>
/// The distribution of the range of k independent standard normal values: the studentised range with infinitely many degrees of freedom, as rank tests need it
/// (Tukey, 1949, Biometrics 5).
/// </summary>
/// <remarks>
/// P(Q ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))ᵏ⁻¹ dz, by the trapezoidal rule on the whole line, whose error falls exponentially for such an integrand: about
/// 1e-14 here.
/// </remarks>
public static class StudentisedRange
{
    private const double Step = 1.0 / 32, Reach = 9;

    /// <summary>P(Q ≤ q).</summary>
    /// <param name="q">The range.</param>
    /// <param name="k">The number of values; at least 2.</param>
    /// <returns>In [0, 1]; 0 for q ≤ 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 2, or <paramref name="q"/> is NaN.</exception>
    public static double Cumulative(double q, int k)
    {
        CheckCount(k);
        if (double.IsNaN(q))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "q is NaN; it must be a number.");
        }

        if (q <= 0)
        {
            return 0;
        }

        double sum = 0;
        int steps = (int)(Reach / Step);
        for (int i = -steps; i <= steps; i++)
        {
            double z = i * Step;
            sum += Normal.PDF(0, 1, z) * Math.Pow(Normal.CDF(0, 1, z) - Normal.CDF(0, 1, z - q), k - 1);
        }

        return Math.Clamp(k * Step * sum, 0, 1);
    }

    /// <summary>The q with P(Q ≤ q) = p.</summary>
    /// <param name="p">The probability, in (0, 1).</param>
    /// <param name="k">The number of values; at least 2.</param>
    /// <returns>The quantile, to about 1e-10.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double Quantile(double p, int k)
    {
        CheckCount(k);
        if (p is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, Guard.Text($"p is {p}; it must lie in (0, 1)."));
        }

        return Brent.FindRoot(q => Cumulative(q, k) - p, 0, 20 + Math.Sqrt(8 * Math.Log(k)), 1e-12, 200);
    }

    private static void CheckCount(int k)
    {
        if (k < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, Guard.Text($"k is {k}; a range needs at least 2 values."));
        }
    }
}
