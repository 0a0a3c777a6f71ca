namespace PyRelationAL.Models;

/// <summary>The logistic function.</summary>
internal static class LogisticFunction
{
    /// <summary>1/(1 + e⁻ˣ), with full relative precision in both tails.</summary>
    public static double Sigmoid(double x)
    {
        // exp of a non-positive number on either branch, so that nothing overflows.
        double e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>ln(1/(1 + e⁻ˣ)), which does not overflow and does not round to −∞.</summary>
    public static double LogSigmoid(double x) => Math.Min(0, x) - double.LogP1(Math.Exp(-Math.Abs(x)));
}
