namespace PyRelationAL.Numerics;

/// <summary>The standard normal distribution, to double precision.</summary>
internal static class Normal
{
    private const double InverseSqrtTwoPi = 0.398942280401432677939946;

    public static double Density(double z) => InverseSqrtTwoPi * Math.Exp(-0.5 * z * z);

    /// <summary>
    /// Φ(z). The power series of Φ(z) − ½ near 0 and the continued fraction of Mills' ratio in the tails (Abramowitz and Stegun 26.2.11, 26.2.14).
    /// </summary>
    public static double Cumulative(double z)
    {
        if (Math.Abs(z) >= 3)
        {
            double tail = Density(z) * MillsRatio(Math.Abs(z));
            return z < 0 ? tail : 1 - tail;
        }

        double term = z, sum = z;
        for (int k = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); k += 2)
        {
            term *= z * z / k;
            sum += term;
        }

        return 0.5 + (Density(z) * sum);
    }

    /// <summary>
    /// E[max(Z + z, 0)] = φ(z) + z Φ(z) for a standard normal Z: expected improvement in units of σ. In the lower tail by Mills' ratio, where the plain form
    /// cancels.
    /// </summary>
    public static double ExpectedExcess(double z) => z < -3
        ? Density(z) * Math.Max(0, 1 + (z * MillsRatio(-z)))
        : Math.Max(0, Density(z) + (z * Cumulative(z)));

    /// <summary>(1 − Φ(x)) / φ(x) for x ≥ 3, by its continued fraction 1/(x + 1/(x + 2/(x + 3/(x + …)))) evaluated backwards.</summary>
    private static double MillsRatio(double x)
    {
        double fraction = x;
        for (int k = 60; k >= 1; k--)
        {
            fraction = x + (k / fraction);
        }

        return 1 / fraction;
    }
}
