namespace PyRelationAL.Reproduction.Models;

/// <summary>What both ways of finding the mode share.</summary>
internal static class LaplaceNewton
{
    private const int MostSteps = 100;

    // The step that gained this little ends where the next would gain about its square.
    private const double Settled = 1e-11;

    /// <summary>Newton steps until the objective stands still.</summary>
    /// <param name="latent">f at the start; each step writes it anew.</param>
    /// <param name="targets">1 or 0 for each labelled item.</param>
    /// <param name="step">Gets curvatures W and residuals t − π at the latent values, writes the next ones, and gives −½ fᵀK⁻¹f there.</param>
    public static void Iterate(double[] latent, double[] targets, Func<double[], double[], double> step)
    {
        double[] curvatures = new double[latent.Length], residuals = new double[latent.Length];
        double objective = double.NegativeInfinity;
        for (int i = 0; i < MostSteps; i++)
        {
            Derivatives(latent, targets, curvatures, residuals);
            double next = step(curvatures, residuals) + LogLikelihood(latent, targets);
            if (Math.Abs(next - objective) <= Settled * Math.Max(1, Math.Abs(next)))
            {
                return;
            }

            objective = next;
        }

        throw new ArithmeticException("The Laplace approximation found no mode.");
    }

    /// <summary>W = π(1 − π) and t − π, each with all its digits.</summary>
    public static void Derivatives(double[] latent, double[] targets, double[] curvatures, double[] residuals)
    {
        for (int i = 0; i < latent.Length; i++)
        {
            double one = 1 / (1 + Math.Exp(-latent[i])), zero = 1 / (1 + Math.Exp(latent[i]));
            curvatures[i] = one * zero;
            residuals[i] = targets[i] > 0 ? zero : -one;
        }
    }

    private static double LogLikelihood(double[] latent, double[] targets)
    {
        double sum = 0;
        for (int i = 0; i < latent.Length; i++)
        {
            double f = targets[i] > 0 ? latent[i] : -latent[i];
            sum += Math.Min(f, 0) - Math.Log(1 + Math.Exp(-Math.Abs(f)));
        }

        return sum;
    }
}
