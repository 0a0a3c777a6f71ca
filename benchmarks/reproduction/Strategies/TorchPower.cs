namespace PyRelationAL.Reproduction.Strategies;

/// <summary>
/// <c>math.e ** x</c> in single precision as PyTorch has it on processors with AVX2, by the method of SLEEF (Shibata and Petrogalli, IEEE TPDS 31(6), 2020):
/// one result in fifty differs in its last bit from the correctly rounded one. Among nearly equal entropies that bit decides.
/// </summary>
internal static class TorchPower
{
    // ln 2 as the sum of two single-precision numbers.
    private const double LnTwo = 0.693145751953125f + (double)1.428606765330187045e-06f;

    private const float PerLnTwo = 1.442695040888963407f;

    // Of (eˢ − 1 − s) / s² on ±½ ln 2, the highest power first.
    private static readonly float[] Coefficients =
        [0.00136324646882712841f, 0.00836596917361021041f, 0.0416710823774337768f, 0.166665524244308471f, 0.499999850988388062f];

    private static readonly double LnBase = Math.Log((float)Math.E);

    /// <summary>e to the power of x.</summary>
    /// <param name="x">From 0 to 1.</param>
    public static float Of(float x)
    {
        double exponent = x * LnBase;
        int halvings = (int)MathF.Round((float)exponent * PerLnTwo);
        double s = exponent - (halvings * LnTwo);
        float series = Coefficients[0];
        foreach (float coefficient in Coefficients.AsSpan(1))
        {
            series = MathF.FusedMultiplyAdd(series, (float)s, coefficient);
        }

        // What SLEEF keeps in pairs of single-precision numbers fits into a double.
        return (float)(Math.ScaleB(1, halvings) * (1 + s + (s * s * series)));
    }
}
